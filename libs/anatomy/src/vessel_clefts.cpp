#include "vessel_clefts.h"

#include <algorithm>
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
/// The axis of a thin artery comes out of the wide one by its own calibre.
constexpr double kBeyondWall_mm = 1.2;
constexpr double kSamePlace_mm = 0.5;
/// T2 shows no outline of its own: what a disc explains there is the wide artery.
constexpr double kNoOutline = 0.5;

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

/// How a stretch passes a wide artery: arc lengths on that one's axis and directions from it.
struct Passage {
  double from_mm, to_mm;
  Vec3 from, to;
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
  return Passage{first.arclength_mm, last.arclength_mm, *from, *to};
}

void layOn(const FittedLine& trunk, const Passage& passage, double radius_mm, FittedLine& line) {
  const double steps = static_cast<double>(line.size() - 1);
  for (std::size_t n = 0; n < line.size(); ++n) {
    const double share = static_cast<double>(n) / steps;
    const double s = passage.from_mm + share * (passage.to_mm - passage.from_mm);
    const Vec3 out = normalized(passage.from + share * (passage.to - passage.from));
    const double apart = valueAt(trunk.points_mm, trunk.radius_mm, s) + radius_mm;
    line.points_mm[n] = pointAt(trunk.points_mm, s) + out * apart;
  }
  std::fill(line.radius_mm.begin(), line.radius_mm.end(), radius_mm);
  std::fill(line.explained.begin(), line.explained.end(), kNoOutline);
}

}  // namespace

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
