#include "vessel_clefts.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {
namespace {

/// Vertebral and basilar arteries have a radius of 1 to 2.5 mm, and are seen for longer than this.
constexpr double kWide_mm = 1.2;
constexpr double kTrunkLength_mm = 15;
/// A thin artery passes a wide one of 4 mm within some of its calibres.
constexpr double kLongest_mm = 10;
/// The thin artery's calibre, as a share of what seems to be that of the stretch.
constexpr double kThinner = 0.7;
/// An end at this share of the wide artery's radius from its axis, or farther, comes out of it
/// there. A branch that was followed into its trunk ends on the axis, and so does the trunk itself,
/// traced once more.
constexpr double kOut = 0.6;
/// Around which side it passes cannot be told where it leaves opposite to where it entered.
constexpr double kOppositeCosine = -0.85;
constexpr double kNearlyOppositeCosine = -0.5;
/// The axis of a thin artery comes out of the wide one by its own calibre.
constexpr double kBeyondWall_mm = 1.2;
constexpr double kSamePlace_mm = 0.5;
/// T2 shows no outline of its own: what a disc explains there is the wide artery.
constexpr double kNoOutline = 0.5;
/// An artery that is lost beside a wide one is seen again within this, mm.
constexpr double kLost_mm = 8;
/// Its two parts are of one calibre, but for what the fit takes in of the wide one.
constexpr double kTaper = 1.9;
constexpr double kStep_mm = 0.5;
/// Blood is darker on T2 than this (1 CSF).
constexpr double kDarkT2 = 0.5;
constexpr double kBloodShare = 0.75;
constexpr double kBridgeConfidence = 0.8;

/// The radius at the end of @p other from which @p piece goes on, if it does.
std::optional<double> radiusWhereMet(const FittedLine& piece, const FittedLine& other) {
  constexpr std::size_t kStretch = 8;  // points, 4 mm
  for (const Point3& end : {piece.points_mm.front(), piece.points_mm.back()}) {
    const std::size_t n = std::min(kStretch, other.size());
    const auto first = other.radius_mm.begin();
    const auto last = other.radius_mm.end();
    const auto count = static_cast<std::ptrdiff_t>(n);
    if (distance(end, other.points_mm.front()) < kSamePlace_mm) {
      return medianOf({first, first + count});
    }
    if (distance(end, other.points_mm.back()) < kSamePlace_mm) {
      return medianOf({last - count, last});
    }
  }
  return std::nullopt;
}

/// The calibre of the thinnest piece in which @p pieces[n] goes on; infinite if it does in none.
double thinnestNeighbour(const std::vector<Piece>& pieces, std::size_t n) {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t m = 0; m < pieces.size(); ++m) {
    if (m == n) continue;
    if (const auto r = radiusWhereMet(pieces[n].line, pieces[m].line)) least = std::min(least, *r);
  }
  return least;
}

bool isTrunk(const Piece& piece) {
  return piece.kind == VesselKind::artery && medianOf(piece.line.radius_mm) > kWide_mm &&
         lengthOf(piece.line.points_mm) > kTrunkLength_mm;
}

/// How a stretch passes a wide artery: arc lengths on that one's axis and directions from it, in
/// the middle that of via if it has one.
struct Passage {
  double from_mm, to_mm;
  Vec3 from, to;
  std::optional<Vec3> via;

  Vec3 direction(double share) const {
    if (!via) return normalized(from + share * (to - from));
    return normalized(share < 0.5 ? from + 2 * share * (*via - from)
                                  : *via + (2 * share - 1) * (to - *via));
  }
};

/// The passage of @p line through @p trunk, if it goes into that one's wall and out again near by.
std::optional<Passage> passageOf(const FittedLine& line, const FittedLine& trunk) {
  bool inside = false;
  for (const Point3& p : line.points_mm) {
    const Projection at = project(trunk.points_mm, p);
    const double r = valueAt(trunk.points_mm, trunk.radius_mm, at.arclength_mm);
    if (at.distance_mm > r + kBeyondWall_mm) return std::nullopt;
    inside = inside || at.distance_mm < r;
  }
  if (!inside) return std::nullopt;
  const auto direction = [&](const Point3& end, const Projection& at) -> std::optional<Vec3> {
    const double r = valueAt(trunk.points_mm, trunk.radius_mm, at.arclength_mm);
    if (at.distance_mm < kOut * r) return std::nullopt;
    return normalized(end - at.point_mm);
  };
  const Projection first = project(trunk.points_mm, line.points_mm.front());
  const Projection last = project(trunk.points_mm, line.points_mm.back());
  const auto from = direction(line.points_mm.front(), first);
  const auto to = direction(line.points_mm.back(), last);
  if (!from || !to || dot(*from, *to) < kOppositeCosine) return std::nullopt;
  return Passage{first.arclength_mm, last.arclength_mm, *from, *to, std::nullopt};
}

void layOn(const FittedLine& trunk, const Passage& passage, double radius_mm, FittedLine& line) {
  const double steps = static_cast<double>(line.size() - 1);
  for (std::size_t n = 0; n < line.size(); ++n) {
    const double share = static_cast<double>(n) / steps;
    const double s = passage.from_mm + share * (passage.to_mm - passage.from_mm);
    const Vec3 out = passage.direction(share);
    const double apart = valueAt(trunk.points_mm, trunk.radius_mm, s) + radius_mm;
    line.points_mm[n] = pointAt(trunk.points_mm, s) + out * apart;
  }
  std::fill(line.radius_mm.begin(), line.radius_mm.end(), radius_mm);
  std::fill(line.explained.begin(), line.explained.end(), kNoOutline);
}

/// An end of a piece, with its calibre there.
struct ThinEnd {
  std::size_t piece = 0;
  Point3 point_mm;
  Vec3 outward;
  double radius_mm = 0;
};

/// The last point of @p line that is of its own calibre, not of what it took in of a wide artery,
/// and the calibre of the 4 mm before it; nothing if there is none within 4 mm of the end.
std::optional<ThinEnd> thinEnd(const FittedLine& line, std::size_t piece, bool last) {
  constexpr double kStretch_mm = 4;
  constexpr double kTakenIn = 1.3;
  const double length = lengthOf(line.points_mm);
  const double own_mm = kTakenIn * medianOf(line.radius_mm);
  const auto arc = [&](double mm) { return last ? length - mm : mm; };
  const auto radius = [&](double mm) { return valueAt(line.points_mm, line.radius_mm, arc(mm)); };
  double from_mm = 0;
  for (double mm = 0; mm < std::min(kStretch_mm, length); mm += kStep_mm) {
    if (radius(mm) > own_mm) from_mm = mm + kStep_mm;
  }
  const double to_mm = std::min(from_mm + kStretch_mm, length);
  if (to_mm - from_mm < kStep_mm) return std::nullopt;
  std::vector<double> radii;
  for (double mm = from_mm; mm <= to_mm; mm += kStep_mm) radii.push_back(radius(mm));
  const Point3 point = pointAt(line.points_mm, arc(from_mm));
  const Vec3 outward = normalized(point - pointAt(line.points_mm, arc(to_mm)));
  return ThinEnd{piece, point, outward, medianOf(std::move(radii))};
}

/// Whether another piece goes on where @p end is.
bool goesOn(const ThinEnd& end, const std::vector<Piece>& pieces) {
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    if (n == end.piece) continue;
    const std::vector<Point3>& points = pieces[n].line.points_mm;
    if (distance(end.point_mm, points.front()) < kSamePlace_mm) return true;
    if (distance(end.point_mm, points.back()) < kSamePlace_mm) return true;
  }
  return false;
}

/// The ends at which a thin piece is lost.
std::vector<ThinEnd> looseEnds(const std::vector<Piece>& pieces) {
  std::vector<ThinEnd> ends;
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    if (pieces[n].kind == VesselKind::vein || pieces[n].line.size() < 2) continue;
    for (const bool last : {false, true}) {
      const auto end = thinEnd(pieces[n].line, n, last);
      if (end && !goesOn(*end, pieces)) ends.push_back(*end);
    }
  }
  return ends;
}

/// Where on the wall of @p trunk an end lies, if it does and is thinner than that.
std::optional<Projection> onWall(const ThinEnd& end, const FittedLine& trunk) {
  const Projection at = project(trunk.points_mm, end.point_mm);
  const double r = valueAt(trunk.points_mm, trunk.radius_mm, at.arclength_mm);
  const bool beside = at.distance_mm > kOut * r && at.distance_mm < r + kBeyondWall_mm;
  return beside && end.radius_mm < kThinner * r ? std::optional<Projection>(at) : std::nullopt;
}

/// Whether @p a and @p b may be ends of one artery that is lost between them.
bool face(const ThinEnd& a, const ThinEnd& b) {
  const Vec3 across = b.point_mm - a.point_mm;
  const double ratio = a.radius_mm / b.radius_mm;
  return norm(across) < kLost_mm && std::max(ratio, 1 / ratio) < kTaper &&
         dot(a.outward, across) > 0 && dot(b.outward, across) < 0;
}

/// The ways along the wall of @p trunk from @p a to @p b: the nearer one, or both where it is no
/// nearer than the other.
std::vector<Passage> passagesBetween(const ThinEnd& a, const ThinEnd& b, const FittedLine& trunk) {
  const auto from = onWall(a, trunk);
  const auto to = onWall(b, trunk);
  if (!from || !to) return {};
  Passage passage{from->arclength_mm, to->arclength_mm, normalized(a.point_mm - from->point_mm),
                  normalized(b.point_mm - to->point_mm), std::nullopt};
  if (dot(passage.from, passage.to) > kNearlyOppositeCosine) return {passage};
  const double middle_mm = (passage.from_mm + passage.to_mm) / 2;
  const Vec3 side = normalized(cross(tangentAt(trunk.points_mm, middle_mm), passage.from));
  passage.via = side;
  Passage other = passage;
  other.via = -1.0 * side;
  return {passage, other};
}

/// A piece along @p passage, with what the images show there.
Piece bridge(const FittedLine& trunk, const Passage& passage, double length_mm, double radius_mm,
             const BloodImages& images) {
  Piece piece;
  piece.kind = VesselKind::artery;
  piece.kind_confidence = kBridgeConfidence;
  FittedLine& line = piece.line;
  const auto size = static_cast<std::size_t>(std::max(3.0, length_mm / kStep_mm + 1));
  line.points_mm.resize(size);
  line.radius_mm.resize(size);
  line.explained.resize(size);
  layOn(trunk, passage, radius_mm, line);
  line.open.assign(size, 0);
  line.blocked.assign(size, 0);
  line.brain_mm.assign(size, std::numeric_limits<double>::infinity());
  for (const Point3& p : line.points_mm) {
    line.t2_level.push_back(interpolate(images.t2, p) / images.t2_csf);
    if (!images.tof.empty()) line.tof_level.push_back(interpolate(images.tof, p));
  }
  return piece;
}

/// Whether most of @p line lies in blood: the ends of what was traced stray by a radius.
bool showsBlood(const FittedLine& line, const BloodImages& images) {
  std::size_t blood = 0;
  for (std::size_t n = 0; n < line.size(); ++n) {
    const bool flows = line.tof_level.empty() || !images.tof_coverage.contains(line.points_mm[n]) ||
                       line.tof_level[n] > kStillTof;
    blood += line.t2_level[n] < kDarkT2 && flows ? 1 : 0;
  }
  return static_cast<double>(blood) >= kBloodShare * static_cast<double>(line.size());
}

/// Whether a piece as thin as @p line has been traced in the middle of it already.
bool isTraced(const FittedLine& line, const std::vector<Piece>& pieces) {
  const Point3& middle = line.points_mm[line.size() / 2];
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& other) {
    if (isTrunk(other)) return false;
    const Projection at = project(other.line.points_mm, middle);
    const double r = valueAt(other.line.points_mm, other.line.radius_mm, at.arclength_mm);
    return at.distance_mm < r + kSamePlace_mm;
  });
}

/// The bridges from @p a to @p b along the wall of @p trunk that lie in blood.
std::vector<Piece> bridgesAlong(const FittedLine& trunk, const ThinEnd& a, const ThinEnd& b,
                                const BloodImages& images) {
  const double radius_mm = std::min(a.radius_mm, b.radius_mm);
  std::vector<Piece> found;
  for (const Passage& passage : passagesBetween(a, b, trunk)) {
    Piece piece = bridge(trunk, passage, distance(a.point_mm, b.point_mm), radius_mm, images);
    if (showsBlood(piece.line, images)) found.push_back(std::move(piece));
  }
  return found;
}

/// The one bridge from @p a to @p b along whichever wide artery both lie on.
std::optional<Piece> bridgeBetween(const ThinEnd& a, const ThinEnd& b,
                                   const std::vector<Piece>& pieces, const BloodImages& images) {
  const bool artery =
      pieces[a.piece].kind == VesselKind::artery || pieces[b.piece].kind == VesselKind::artery;
  if (a.piece == b.piece || !artery || !face(a, b)) return std::nullopt;
  for (const Piece& trunk : pieces) {
    if (!isTrunk(trunk)) continue;
    std::vector<Piece> found = bridgesAlong(trunk.line, a, b, images);
    if (found.size() == 1 && !isTraced(found.front().line, pieces)) return found.front();
  }
  return std::nullopt;
}

}  // namespace

void bridgeClefts(const BloodImages& images, std::vector<Piece>& pieces) {
  const std::vector<ThinEnd> ends = looseEnds(pieces);
  std::vector<Piece> bridges;
  for (std::size_t a = 0; a < ends.size(); ++a) {
    for (std::size_t b = a + 1; b < ends.size(); ++b) {
      if (auto piece = bridgeBetween(ends[a], ends[b], pieces, images)) {
        bridges.push_back(std::move(*piece));
      }
    }
  }
  std::move(bridges.begin(), bridges.end(), std::back_inserter(pieces));
}

void layInClefts(std::vector<Piece>& pieces) {
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    FittedLine& line = pieces[n].line;
    if (pieces[n].kind != VesselKind::artery || lengthOf(line.points_mm) > kLongest_mm) continue;
    const double thin = thinnestNeighbour(pieces, n);
    if (thin > kThinner * medianOf(line.radius_mm)) continue;
    for (const Piece& other : pieces) {
      const auto passage = isTrunk(other) ? passageOf(line, other.line) : std::nullopt;
      if (!passage) continue;
      layOn(other.line, *passage, thin, line);
      break;
    }
  }
}

}  // namespace neurovasc::anatomy
