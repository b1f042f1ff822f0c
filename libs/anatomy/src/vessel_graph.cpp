#include "vessel_graph.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "neurovasc/core/tube.h"
#include "vessel_clefts.h"

namespace neurovasc::anatomy {
namespace {

/// Farthest ends that are joined, mm: like with like, and an artery with a tube that TOF does not
/// show (a slow stretch of it), which must go on more straightly.
constexpr double kGap_mm = 4.0;
constexpr double kSlowGap_mm = 2.0;
constexpr double kStraight = 0.77;      // cosine of 40 degrees
constexpr double kVeryStraight = 0.90;  // 25 degrees
/// Where like ends lie no farther apart than one and a half calibres, pressed against brain and
/// nerve, say, the vessel may bend between them by 53 degrees.
constexpr double kBent = 0.6;
constexpr double kBentGapRadii = 3;
/// Ends this near need no agreement with the line between them.
constexpr double kTouching_mm = 0.8;
/// Largest ratio of radii of one vessel across a gap.
constexpr double kTaper = 1.9;
/// Tangents are taken over this length, mm.
constexpr double kTangent_mm = 2.0;
/// An end meets another vessel within this distance of its surface, mm.
constexpr double kMeet_mm = 1.6;
/// Radii from which an artery may be a vertebral or basilar one, and the least length of either,
/// mm.
constexpr double kTrunk_mm = 1.0;
constexpr double kThinTrunk_mm = 0.75;
constexpr double kTrunkEnd_mm = 5.0;
/// Ratio of calibres 4 mm apart that no single vessel has.
constexpr double kJump = 1.7;

/// One end of a piece.
struct End {
  Point3 point_mm;
  Vec3 outward;
  double radius_mm = 0;
};

End endOf(const std::vector<Point3>& points, const std::vector<double>& radii, bool last) {
  const double length = lengthOf(points);
  const double inner = std::min(kTangent_mm, length);
  End end;
  end.point_mm = last ? points.back() : points.front();
  end.outward = normalized(end.point_mm - pointAt(points, last ? length - inner : inner));
  end.radius_mm = valueAt(points, radii, last ? length - inner / 2 : inner / 2);
  return end;
}

struct Link {
  std::size_t a = 0;
  std::size_t b = 0;
  bool a_last = false;
  bool b_last = false;
  double gap_mm = 0;
};

std::optional<double> gapBetween(const Piece& a, bool a_last, const Piece& b, bool b_last) {
  const End ea = endOf(a.line.points_mm, a.line.radius_mm, a_last);
  const End eb = endOf(b.line.points_mm, b.line.radius_mm, b_last);
  const double gap = distance(ea.point_mm, eb.point_mm);
  const bool alike = a.kind == b.kind;
  const bool short_gap = gap < kBentGapRadii * std::min(ea.radius_mm, eb.radius_mm);
  const double straight = !alike ? kVeryStraight : short_gap ? kBent : kStraight;
  const double ratio = ea.radius_mm / eb.radius_mm;
  if (gap > (alike ? kGap_mm : kSlowGap_mm) || ratio > kTaper || ratio < 1 / kTaper ||
      -dot(ea.outward, eb.outward) < straight) {
    return std::nullopt;
  }
  const Vec3 across = normalized(eb.point_mm - ea.point_mm);
  const bool facing = dot(ea.outward, across) >= straight && -dot(eb.outward, across) >= straight;
  return gap <= kTouching_mm || facing ? std::optional<double>(gap) : std::nullopt;
}

std::optional<Link> nearestLink(const std::vector<Piece>& pieces) {
  std::optional<Link> best;
  for (std::size_t a = 0; a < pieces.size(); ++a) {
    for (std::size_t b = a + 1; b < pieces.size(); ++b) {
      for (int n = 0; n < 4; ++n) {
        const bool a_last = (n & 1) != 0;
        const bool b_last = (n & 2) != 0;
        const auto gap = gapBetween(pieces[a], a_last, pieces[b], b_last);
        if (gap && (!best || *gap < best->gap_mm)) {
          best = Link{a, b, a_last, b_last, *gap};
        }
      }
    }
  }
  return best;
}

template <typename T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

std::vector<std::vector<double>*> seriesOf(FittedLine& line) {
  return {&line.radius_mm, &line.t2_level, &line.tof_level, &line.ce_t1_level,
          &line.explained, &line.open,     &line.blocked,   &line.brain_mm};
}

void reverse(FittedLine& line) {
  std::reverse(line.points_mm.begin(), line.points_mm.end());
  for (std::vector<double>* values : seriesOf(line)) {
    std::reverse(values->begin(), values->end());
  }
}

/// One line through both, the gap filled by points on the straight between with linear values.
FittedLine concatenated(FittedLine a, FittedLine b) {
  const double gap = distance(a.points_mm.back(), b.points_mm.front());
  const int between = std::max(0, static_cast<int>(std::floor(gap / 0.5)) - 1);
  FittedLine out = a;
  const auto from = seriesOf(a);
  const auto to = seriesOf(b);
  const auto joined = seriesOf(out);
  for (int n = 1; n <= between; ++n) {
    const double f = static_cast<double>(n) / (between + 1);
    out.points_mm.push_back((1 - f) * a.points_mm.back() + f * b.points_mm.front());
    for (std::size_t m = 0; m < joined.size(); ++m) {
      if (!from[m]->empty()) {
        joined[m]->push_back((1 - f) * from[m]->back() + f * to[m]->front());
      }
    }
  }
  append(out.points_mm, b.points_mm);
  for (std::size_t m = 0; m < joined.size(); ++m) {
    append(*joined[m], *to[m]);
  }
  return out;
}

Piece joined(Piece a, Piece b, const Link& link) {
  if (!link.a_last) {
    reverse(a.line);
  }
  if (link.b_last) {
    reverse(b.line);
  }
  const double length_a = lengthOf(a.line.points_mm);
  const double length_b = lengthOf(b.line.points_mm);
  const Piece& ruling = a.kind == b.kind               ? (length_a >= length_b ? a : b)
                        : a.kind == VesselKind::artery ? a
                        : b.kind == VesselKind::artery ? b
                        : a.kind == VesselKind::vein   ? a
                                                       : b;
  Piece out = ruling;
  const double share =
      (ruling.kind == a.kind ? length_a : 0) + (ruling.kind == b.kind ? length_b : 0);
  out.kind_confidence = ruling.kind_confidence * share / (length_a + length_b);
  out.line = concatenated(a.line, b.line);
  out.line.lumen_t2 = ruling.line.lumen_t2;
  return out;
}

bool isWide(const Piece& piece, double radius_mm) {
  return piece.kind == VesselKind::artery && medianOf(piece.line.radius_mm) >= radius_mm;
}

/// Cuts @p piece short at a point and returns what follows.
Piece dividedAt(Piece& piece, std::size_t place) {
  Piece rest = piece;
  rest.line = sliced(piece.line, place, piece.line.size());
  piece.line = sliced(piece.line, 0, place + 1);
  return rest;
}

/// Where the calibre of an artery changes most between the stretches before and behind, if by more
/// than a vessel tapers.
std::optional<std::size_t> calibreJump(const Piece& piece) {
  constexpr std::size_t kStretch = 8;  // points, 4 mm
  const std::vector<double>& radius = piece.line.radius_mm;
  std::optional<std::size_t> place;
  double greatest = kJump;
  if (piece.kind != VesselKind::artery) {
    return place;
  }
  for (std::size_t n = kStretch; n + kStretch < radius.size(); ++n) {
    const auto at = radius.begin() + static_cast<std::ptrdiff_t>(n);
    const double before = medianOf({at - kStretch, at});
    const double behind = medianOf({at, at + kStretch});
    const double ratio = std::max(before, behind) / std::min(before, behind);
    if (ratio > greatest && std::max(before, behind) > kThinTrunk_mm) {
      greatest = ratio;
      place = n;
    }
  }
  return place;
}

/// The point of @p trunk, well inside it, on which an end of @p line lies; nothing if none does.
std::optional<std::size_t> endingOn(const FittedLine& line, const FittedLine& trunk) {
  const double length = lengthOf(trunk.points_mm);
  for (const Point3& end : {line.points_mm.front(), line.points_mm.back()}) {
    const Projection at = project(trunk.points_mm, end);
    const double gap = at.distance_mm - valueAt(trunk.points_mm, trunk.radius_mm, at.arclength_mm);
    if (gap < kMeet_mm && at.arclength_mm > kTrunkEnd_mm &&
        at.arclength_mm < length - kTrunkEnd_mm) {
      return at.segment;
    }
  }
  return std::nullopt;
}

}  // namespace

std::vector<Piece> linked(std::vector<Piece> pieces) {
  while (const auto link = nearestLink(pieces)) {
    Piece one = joined(pieces[link->a], pieces[link->b], *link);
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(link->b));
    pieces[link->a] = std::move(one);
  }
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    const bool a_artery = a.kind == VesselKind::artery;
    const bool b_artery = b.kind == VesselKind::artery;
    return a_artery != b_artery ? a_artery
                                : lengthOf(a.line.points_mm) > lengthOf(b.line.points_mm);
  });
  return pieces;
}

std::vector<Piece> withTrunksDivided(std::vector<Piece> pieces) {
  // The rest goes to the end of the list and is looked at in its turn.
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    if (const auto place = calibreJump(pieces[n])) {
      pieces.push_back(dividedAt(pieces[n], *place));
    }
  }
  layInClefts(pieces);
  for (std::size_t a = 0; a < pieces.size(); ++a) {
    for (std::size_t b = 0; b < pieces.size(); ++b) {
      if (a == b || !isWide(pieces[a], kThinTrunk_mm) || !isWide(pieces[b], kTrunk_mm)) {
        continue;
      }
      if (const auto place = endingOn(pieces[a].line, pieces[b].line)) {
        pieces.push_back(dividedAt(pieces[b], *place));
        return pieces;
      }
    }
  }
  return pieces;
}

std::vector<VesselJunction> junctionsOf(const std::vector<Vessel>& vessels) {
  std::vector<VesselJunction> junctions;
  for (std::size_t n = 0; n < vessels.size(); ++n) {
    for (const bool last : {false, true}) {
      const End end = endOf(vessels[n].tube.points_mm, vessels[n].tube.radius_mm, last);
      std::size_t nearest = n;
      double best = kMeet_mm;
      Point3 place;
      for (std::size_t m = 0; m < vessels.size(); ++m) {
        if (m == n) {
          continue;
        }
        const Tube& other = vessels[m].tube;
        const Projection at = project(other.points_mm, end.point_mm);
        const double gap =
            at.distance_mm - valueAt(other.points_mm, other.radius_mm, at.arclength_mm);
        const Vec3 towards = at.point_mm - end.point_mm;
        if (gap < best && dot(end.outward, normalized(towards)) > 0.3) {
          nearest = m;
          best = gap;
          place = at.point_mm;
        }
      }
      if (nearest != n) {
        junctions.push_back({place, {n, nearest}});
      }
    }
  }
  return junctions;
}

}  // namespace neurovasc::anatomy
