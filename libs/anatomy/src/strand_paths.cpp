#include "strand_paths.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "neurovasc/anatomy/minimal_path.h"
#include "neurovasc/anatomy/tube_fit.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/imaging/morphology.h"

namespace neurovasc::anatomy {

namespace {

/// Of what shows neither a strand nor blood, with a tenth to spare.
constexpr double kBloodlessCost = 1.1 * kFluidCost;
/// Mean contrast over two millimetres below which no strand is seen; noise answers with 0.05.
constexpr double kLostTubularness = 0.06;
constexpr double kLostOverMm = 2.0;
/// How near the brain's surface the free part ends.
constexpr double kCollarMm = 0.3;
/// The nerve's root region in side coordinates: exit 9.5 to 14.5 mm from the midline, detachment
/// up to 20, heights and depths within reach of any pitch of the head.
constexpr double kRootMedialMm = 8;
constexpr double kRootLateralMm = 22;
/// With one ear the midline is known to about this.
constexpr double kMidlineDoubtMm = 3;
constexpr double kRootExitLateralMm = 16;
/// The attached nerve bridges the corner between pons and medulla at most this far off the surface.
constexpr double kMaxOffSurfaceMm = 2.5;
/// Nearer to the brain VII's path may end on VIII's ridge.
constexpr double kClearOfBrainMm = 1.0;
/// VII and VIII run within this of each other all the way; farther off it is a rootlet of IX or a
/// vessel.
constexpr double kCompanionMm = 4.0;
constexpr double kStraysMm = 1.0;
/// From where it meets the brain VII runs about this way (side coordinates) to its root. Heads nod
/// by up to 25 degrees, so that VIII may be this far off it.
constexpr Vec3 kToRoot = {-0.55, 0.4, -0.75};
constexpr double kToRootMm = 9.0;
constexpr double kBesideWayMm = 5.5;
/// The axes of VII and VIII are never nearer than their radii together, 0.43 and 0.82 mm in the
/// thinnest. At the brain the room that VIII takes is closed to VII; in the cistern, where a line
/// may still be off by a little, it is only made dear.
constexpr double kOtherStrandMm = 1.1;
constexpr double kOtherCoreMm = 0.9;
constexpr float kOtherFactor = 12;
/// Dearer than fluid and blood: what hides VIII, or what lies beside VII, is rather gone through.
constexpr float kTakenCost = 3 * kFluidCost;
/// No wall: where VIII's way to its root is wrong, VII would have to go round it on a vessel.
constexpr float kOtherRootFactor = 6;
/// Two strands that share more than this cannot both be right.
constexpr double kMostSharedMm = 1.0;
/// Costs of two ways for both nerves that differ by less do not tell.
constexpr double kClearlyCheaper = 0.87;
/// Cost of a millimetre of VIII where it shows as a strand all along (1 to 2; two hidden
/// millimetres make that 4 and more), and by how much another way may then be dearer.
constexpr double kSeenAllAlong = 2.6;
constexpr double kAsGood = 1.2;
/// On the brain's surface a nerve may not rise at all: no ridge is no proof against it.
constexpr double kSurfaceMm = 0.5;
constexpr double kDeepestMm = 0.6;
constexpr float kMostSurfaceCost = 16;
constexpr float kSurfaceShare = 0.7;
constexpr double kLeavesAtMm = 0.5;
constexpr double kLeavesForMm = 1.0;
/// So far from its root a nerve may bridge the furrow between pons and medulla.
constexpr double kFurrowMm = 4.0;
/// The path ends on the surface at the sulcus' level or so far below it: from the pons it comes to
/// the upper end first; where it hangs below the level it has to come up again.
constexpr double kBelowSulcusMm = 2.0;
/// Axes of attached nerves lie within 0.3 mm of the brain's smooth surface.
constexpr double kRootDeepestMm = -0.1;
constexpr double kRootHighestMm = 0.4;
/// VIII enters the brain lateral of VII, 12.8 mm from the midline on average and 10.9 and more on
/// 150 simulated sides; ends of its path nearer by lay on VII's root or on the medulla.
constexpr double kEighthMedialMm = 10;
/// VIII enters the brain up to so far above VII; how well the level is known comes to that. A
/// target below VIII's root is reached along VII's.
constexpr double kEighthAboveMm = 0.5;
constexpr double kEighthHighestMm = 0.4;
constexpr double kEighthSeenMm = 2.0;
/// From where VII meets the brain to the roots of both: attached segments are 6 to 11 mm long.
constexpr double kMostAttachedMm = 13.0;
constexpr double kUnseenRoot = 1e9;
/// It goes on like this over the last millimetres of its way into the brain.
constexpr double kRootDirectionMm = 3.5;
constexpr double kRootAheadMm = 3.0;
/// VII leaves the brain in front of VIII and medial of it (Rhoton), their axes a radius of each
/// apart.
constexpr double kBeforeOtherMm = 0.5;
constexpr double kManualTargetMm = 0.4;
/// Nerves end so far short of the deepest fluid; a path that is seen ends within a ball.
constexpr double kFromFundusMm = 2.0;
constexpr double kSeenFromFundusMm = 1.0;
/// Nerves run on from the seed into the canal, and end within this of where they do mostly.
constexpr double kBackMm = 0.5;
constexpr double kQuadrantMm = 0.8;

/// Voxels for which @p inside(side coordinates, offset) holds.
template <typename Predicate>
Mask maskWhere(const SideView& view, Predicate inside) {
  const GridGeometry& grid = view.t2.geometry();
  Mask mask(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const std::size_t at = grid.offset(i, j, k);
        mask[at] = inside(view.sideOf(grid.toLps(i, j, k)), at) ? 1 : 0;
      }
    }
  }
  return mask;
}

Mask ballAt(const SideView& view, const Point3& center) {
  Mask mask(view.t2.geometry());
  mask[voxelAt(mask.geometry(), center)] = 1;
  return imaging::dilated(mask, kManualTargetMm, 1);
}

Mask brainCollar(const SideView& view) {
  return maskWhere(view, [&](const Vec3& p, std::size_t at) {
    return std::abs(view.brain_mm[at]) <= kCollarMm && p.x > kRootMedialMm && p.x < kRootLateralMm;
  });
}

/// The border of the view on the way to the brainstem that it does not hold.
Mask medialBorder(const SideView& view) {
  const GridGeometry& grid = view.t2.geometry();
  const Vec3 medial = view.lpsDirection({-1, 0, 0});
  int axis = 0;
  double along = 0;
  for (int a = 0; a < 3; ++a) {
    const double d = dot(grid.direction.column(a), medial);
    if (std::abs(d) <= std::abs(along)) continue;
    axis = a;
    along = d;
  }
  const int last = grid.size[static_cast<std::size_t>(axis)] - 1;
  return maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const double index = grid.toIndex(view.lpsOf(p))[axis];
    const bool border = along > 0 ? index > last - 0.5 : index < 0.5;
    return border && view.overNerve(view.t2[at]) > 0.5;
  });
}

/// Makes a strand that is another's @p factor times as dear, or a wall with 0.
void avoid(ImageF& cost, const std::vector<Point3>& line, double radius_mm, float factor) {
  avoidAround(cost, smoothedLine(line, 0.3, 0.2), radius_mm, factor);
}

/// Closes VII's path @p line to VIII: however good a strand, VIII would rather go through what
/// hides it.
void leaveToFacial(const std::vector<Point3>& line, ImageF& cost) {
  Mask mask(cost.geometry());
  for (const Point3& p : smoothedLine(line, 0.3, 0.2)) mask[voxelAt(cost.geometry(), p)] = 1;
  const Mask near = imaging::dilated(mask, kOtherStrandMm, 1);
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    if (near[i]) cost[i] = std::max(kOtherFactor * cost[i], kTakenCost);
  }
}

/// Distance of each voxel to the voxels of a line.
ImageF distanceOff(const std::vector<Point3>& line, const GridGeometry& grid) {
  Mask mask(grid);
  for (const Point3& p : line) mask[voxelAt(grid, p)] = 1;
  return imaging::distanceTo(mask, 1);
}

/// The way that VII's path @p facial takes to the sulcus from where it meets the brain, roughly.
std::vector<Point3> wayToRoot(const SideView& view, const std::vector<Point3>& facial) {
  const Vec3 inward = normalized(view.lpsDirection(kToRoot));
  std::vector<Point3> way;
  for (double mm = 0; mm < kToRootMm; mm += 0.5) way.push_back(facial.front() + inward * mm);
  return way;
}

/// The factor by which a strand's way is dearer @p mm beyond where it runs.
float dearerBeyond(double mm) {
  return mm > 0 ? static_cast<float>(1 + mm * mm / (kStraysMm * kStraysMm)) : 1;
}

/// Makes what lies off VII's path @p facial, and off its way to the root, dear to VIII.
void keepBeside(const SideView& view, const std::vector<Point3>& facial, ImageF& cost) {
  if (facial.size() < 2) return;
  const GridGeometry& grid = cost.geometry();
  const ImageF off_mm = distanceOff(facial, grid);
  const ImageF off_way_mm = distanceOff(wayToRoot(view, facial), grid);
  const Vec3 inward = facial.front() - facial.back();
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const bool attached = dot(grid.toLps(i, j, k) - facial.front(), inward) > 0;
        const double beyond =
            attached ? off_way_mm(i, j, k) - kBesideWayMm : off_mm(i, j, k) - kCompanionMm;
        cost(i, j, k) *= dearerBeyond(beyond);
      }
    }
  }
}

/// Makes dear for VII what lies farther from VIII's free strand than its companion does: off VIII,
/// where the two are one under the blur, its path would go round by a vessel.
void keepNear(const std::vector<Point3>& eighth, ImageF& cost) {
  const ImageF off_mm = distanceOff(eighth, cost.geometry());
  for (std::size_t n = 0; n < cost.voxelCount(); ++n) {
    cost[n] *= dearerBeyond(off_mm[n] - kCompanionMm);
  }
}

bool any(const Mask& mask) {
  return std::any_of(mask.begin(), mask.end(), [](std::uint8_t v) { return v != 0; });
}

/// Length over which @p line runs on the core of @p other.
double sharedLength(const std::vector<Point3>& line, const std::vector<Point3>& other) {
  if (line.size() < 2 || other.size() < 2) return 0;
  double length_mm = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const bool on = project(other, line[i]).distance_mm < kOtherCoreMm;
    if (on) length_mm += distance(line[i - 1], line[i]);
  }
  return length_mm;
}

/// Integral of @p cost along a line; where there is none, more than any.
double costOf(const ImageF& cost, const std::vector<Point3>& line) {
  if (line.size() < 2) return 1e9;
  double sum = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    sum += 0.5 * distance(line[i - 1], line[i]) *
           (interpolate(cost, line[i - 1]) + interpolate(cost, line[i]));
  }
  return sum;
}

/// The path from @p from to the targets, turned round to begin at the target.
std::vector<Point3> pathFrom(const Mask& targets, const ImageF& cost, const Point3& from,
                             const Progress& progress) {
  auto path = minimalPath(cost, {voxelAt(cost.geometry(), from)}, targets, progress).points_mm;
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<Point3> partNearBrain(const SideView& view, const std::vector<Point3>& line) {
  std::vector<Point3> part;
  std::copy_if(line.begin(), line.end(), std::back_inserter(part),
               [&](const Point3& p) { return interpolate(view.brain_mm, p) < kMaxOffSurfaceMm; });
  return part;
}

std::vector<Point3> partOffBrain(const SideView& view, const std::vector<Point3>& line) {
  std::vector<Point3> part;
  std::copy_if(line.begin(), line.end(), std::back_inserter(part),
               [&](const Point3& p) { return interpolate(view.brain_mm, p) >= kClearOfBrainMm; });
  return part;
}

/// Short of the deepest fluid, which belongs to the fundus and the vestibule.
Point3 endInCanal(const SideView& view, const Canal& canal, const Vec3& quadrant, double short_mm) {
  return canal.fundus_mm + canal.medial * short_mm + view.lpsDirection(quadrant);
}

/// y of VIII's root; if @p other ends above the sulcus at @p z, it was not followed so far.
double rootDepth(const SideView& view, const std::vector<Point3>& other, double z) {
  if (other.empty()) return kUnseenRoot;
  const Vec3 root = view.sideOf(other.front());
  return root.z < z + kEighthSeenMm ? root.y : kUnseenRoot;
}

/// Whether a point may be VII's root at the sulcus' level @p z: on the brain's smooth surface
/// @p brain_distance_mm away, since the surface as it is includes the nerve on its way there.
bool isAtRoot(const Vec3& p, double z, double brain_distance_mm) {
  return p.x > kRootMedialMm && p.x < kRootExitLateralMm && p.z < z && p.z > z - kBelowSulcusMm &&
         brain_distance_mm > kRootDeepestMm && brain_distance_mm < kRootHighestMm;
}

/// The attached part ends where the line leaves the brain's surface for more than a millimetre,
/// unless that is over the furrow beside the root.
SplitStrand splitAtBrain(const SideView& view, const std::vector<Point3>& line) {
  const std::vector<double> s = arcLengths(line);
  double off_mm = 0;
  std::size_t split = 0;
  for (std::size_t i = 1; i < line.size() && off_mm < kLeavesForMm; ++i) {
    const bool off = interpolate(view.brain_mm, line[i]) > kLeavesAtMm;
    if (!off) split = i;
    off_mm = off && s[i] > kFurrowMm ? off_mm + s[i] - s[i - 1] : 0;
  }
  SplitStrand both;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i <= split) both.attached.push_back(line[i]);
    if (i >= split) both.free.push_back(line[i]);
  }
  return both;
}

/// eighthFromRoot() with the room of @p closed left to VII.
std::vector<Point3> eighthClosedTo(const std::vector<Point3>& closed, const SideView& view,
                                   ImageF cost, const ImageF& brain_distance_mm, const Point3& seed,
                                   const std::vector<Point3>& facial, const SulcusLevel& sulcus,
                                   const Progress& progress) {
  keepBeside(view, facial, cost);
  const auto nearRoots = [&](const Vec3& p) {
    return facial.empty() || norm(p - view.sideOf(facial.front())) < kMostAttachedMm;
  };
  if (!closed.empty()) leaveToFacial(closed, cost);
  const double highest_mm = sulcus.z_mm + kEighthAboveMm + sulcus.sd_mm;
  const double medial_mm = view.frame.from_both_ears ? kEighthMedialMm : kRootMedialMm;
  const Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const double d = brain_distance_mm[at];
    if (d < 0) cost[at] = 0;
    return d > 0 && d < kEighthHighestMm && p.z < highest_mm &&
           p.z > sulcus.z_mm - kBelowSulcusMm && p.x > medial_mm && p.x < kRootExitLateralMm &&
           nearRoots(p);
  });
  return pathFrom(target, cost, seed, progress);
}

/// VII from its root to its seed, off VIII @p other, in @p cost.
std::vector<Point3> facialFromRoot(const RootScene& scene, const ImageF& cost,
                                   const std::vector<Point3>& other, const Progress& progress) {
  SplitStrand both = wholeStrand(scene.view, scene.filled, cost, scene.facial_seed,
                                 scene.facial.front(), other, {}, scene.sulcus, progress);
  if (both.free.size() > 1) {
    both.attached.insert(both.attached.end(), both.free.begin() + 1, both.free.end());
  }
  return both.attached;
}

}  // namespace

bool showsBrainstem(const SideView& view) { return any(brainCollar(view)); }

std::vector<Point3> freeStrand(const SideView& view, ImageF cost, const Point3& seed,
                               const std::vector<Point3>& other, const std::optional<Point3>& end,
                               const Progress& progress) {
  if (!other.empty()) avoid(cost, other, kOtherCoreMm, kOtherFactor);
  if (end) return pathFrom(ballAt(view, *end), cost, seed, progress);
  const Mask collar = brainCollar(view);
  return pathFrom(any(collar) ? collar : medialBorder(view), cost, seed, progress);
}

StrandPair strandPair(const SideView& view, const StrandCosts& costs, const Point3& facial,
                      const Point3& eighth, const std::optional<Point3>& facial_end,
                      const Progress& progress) {
  const auto facialOff = [&](const std::vector<Point3>& other) {
    ImageF cost = costs.thin;
    if (other.size() > 1) keepNear(other, cost);
    return freeStrand(view, std::move(cost), facial, other, facial_end, progress);
  };
  const std::vector<Point3> facial_alone = facialOff({});
  ImageF thick = costs.thick;
  keepBeside(view, facial_alone, thick);
  const auto eighthOff = [&](const std::vector<Point3>& other) {
    ImageF cost = thick;
    if (!other.empty()) leaveToFacial(other, cost);
    return freeStrand(view, std::move(cost), eighth, {}, {}, progress);
  };
  StrandPair alone{facial_alone, eighthOff({})};
  if (sharedLength(alone.eighth, alone.facial) < kMostSharedMm) return alone;
  const StrandPair eighth_first{facialOff(alone.eighth), alone.eighth};
  const StrandPair facial_first{alone.facial, eighthOff(alone.facial)};
  // Where VIII leans over to VII by the blur of the two, it gives way once VII is known.
  const StrandPair both_off{eighth_first.facial, eighthOff(eighth_first.facial)};
  const auto together = [&](const StrandPair& pair) {
    return costOf(thick, pair.eighth) + costOf(costs.thin, pair.facial) +
           kTakenCost * sharedLength(pair.eighth, pair.facial);
  };
  const std::array<const StrandPair*, 3> pairs = {&eighth_first, &facial_first, &both_off};
  return **std::min_element(
      pairs.begin(), pairs.end(),
      [&](const StrandPair* a, const StrandPair* b) { return together(*a) < together(*b); });
}

std::vector<Point3> eighthFromRoot(const SideView& view, const StrandCosts& costs,
                                   const ImageF& brain_distance_mm, const Point3& seed,
                                   const std::vector<Point3>& facial, const SulcusLevel& sulcus,
                                   const Progress& progress) {
  return eighthClosedTo(partOffBrain(view, facial), view, costs.thick, brain_distance_mm, seed,
                        facial, sulcus, progress);
}

std::vector<Point3> eighthOffFacial(const RootScene& scene, const std::vector<Point3>& eighth,
                                    const Progress& progress) {
  if (eighth.size() < 3 || scene.facial.size() < 3) return eighth;
  ImageF beside_free = scene.facial_cost;
  avoid(beside_free, partOffBrain(scene.view, eighth), kOtherCoreMm, kOtherFactor);
  const std::vector<Point3> on_ridge = facialFromRoot(scene, beside_free, {}, progress);
  if (sharedLength(eighth, on_ridge) < kMostSharedMm) return eighth;
  const std::vector<Point3> off_ridge = facialFromRoot(scene, scene.facial_cost, eighth, progress);
  std::vector<Point3> rival =
      eighthClosedTo(on_ridge, scene.view, scene.costs.thick, scene.filled.distance_mm,
                     scene.eighth_seed, scene.facial, scene.sulcus, progress);
  const double eighth_cost = costOf(scene.costs.thick, eighth);
  const double rival_cost = costOf(scene.costs.thick, rival);
  const bool seen = eighth_cost < kSeenAllAlong * lengthOf(eighth);
  if (seen && rival_cost > kAsGood * eighth_cost) return eighth;
  const double now = eighth_cost + costOf(scene.facial_cost, off_ridge) +
                     kTakenCost * sharedLength(eighth, off_ridge);
  const double then =
      rival_cost + costOf(scene.facial_cost, on_ridge) + kTakenCost * sharedLength(rival, on_ridge);
  return then < kClearlyCheaper * now ? rival : eighth;
}

bool cutWhereLost(std::vector<Point3>& line, const ImageF& tubularness, double unseen_mm) {
  const std::vector<double> s = arcLengths(line);
  for (std::size_t i = line.size(); i-- > 0;) {
    if (s[i] < unseen_mm) return false;
    double sum = 0;
    int count = 0;
    for (std::size_t j = i + 1; j-- > 0 && s[i] - s[j] < kLostOverMm;) {
      sum += interpolate(tubularness, line[j]);
      ++count;
    }
    if (s[i] < unseen_mm + kLostOverMm || sum / count >= kLostTubularness) continue;
    line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(i));
    return true;
  }
  return false;
}

std::vector<Point3> attachedStrand(const SideView& view, const FilledBrain& filled, ImageF cost,
                                   const Point3& start, const std::vector<Point3>& other,
                                   const SulcusLevel& sulcus, const std::optional<Point3>& root,
                                   const Progress& progress) {
  const Vec3 from = view.sideOf(start);
  const double z = std::min(sulcus.z_mm, from.z - 1.5);
  if (!other.empty()) avoid(cost, other, kOtherStrandMm, 0);
  Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const bool beside = view.brain_mm[at] < kMaxOffSurfaceMm && p.z < from.z + 1 &&
                        p.x < from.x + 1 && p.x > kRootMedialMm;
    if (!beside) cost[at] = 0;
    return beside && isAtRoot(p, z, filled.distance_mm[at]);
  });
  cost[voxelAt(cost.geometry(), start)] = 1;
  if (root) {
    target = ballAt(view, *root);
    for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
      if (target[i]) cost[i] = std::max(cost[i], 1.0F);
    }
  }
  return pathFrom(target, cost, start, progress);
}

std::vector<Point3> withRoot(const SideView& view, const std::vector<Point3>& line) {
  constexpr double kShortMm = 0.3;
  if (line.size() < 3) return line;
  const Vec3 inward = normalized(line.front() - pointAt(line, kRootDirectionMm));
  std::vector<Point3> whole = line;
  for (double mm = kShortMm; mm < kRootAheadMm; mm += kShortMm) {
    const Point3 p = line.front() + inward * mm;
    if (!view.brain_mm.geometry().contains(p)) break;
    whole.insert(whole.begin(), p);
  }
  return whole;
}

SplitStrand wholeStrand(const SideView& view, const FilledBrain& filled, ImageF cost,
                        const Point3& seed, const Point3& start, const std::vector<Point3>& other,
                        const std::vector<Point3>& stump, const SulcusLevel& sulcus,
                        const Progress& progress) {
  const Vec3 from = view.sideOf(start);
  const double z = std::min(sulcus.z_mm, from.z - 1.5);
  const double behind =
      std::min(rootDepth(view, other, z), rootDepth(view, stump, z)) - kBeforeOtherMm;
  // What runs nearer to the midline on its way is the abducent nerve or an artery of the medulla.
  const double medial = kRootMedialMm - (view.frame.from_both_ears ? 0 : kMidlineDoubtMm);
  const Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const double d = view.brain_mm[at];
    if (d < -kDeepestMm || p.x < medial) cost[at] = 0;
    if (std::abs(d) < kSurfaceMm && cost[at] < kBloodlessCost) {
      cost[at] = kSurfaceShare * std::min(cost[at], kMostSurfaceCost);
    }
    return p.y < behind && isAtRoot(p, z, filled.distance_mm[at]);
  });
  if (!other.empty()) avoid(cost, other, kOtherCoreMm, kOtherFactor);
  const std::vector<Point3> eighth = partNearBrain(view, withRoot(view, other));
  if (!eighth.empty()) avoid(cost, eighth, kOtherStrandMm, kOtherRootFactor);
  if (!stump.empty()) avoid(cost, stump, kOtherStrandMm, kOtherRootFactor);
  return splitAtBrain(view, pathFrom(target, cost, seed, progress));
}

std::vector<Point3> strandInCanal(const SideView& view, const Canal& canal, const Point3& seed,
                                  const Vec3& quadrant) {
  const Point3 end = endInCanal(view, canal, quadrant, kFromFundusMm);
  std::vector<Point3> line;
  const int n = std::max(1, static_cast<int>(distance(seed, end) / 0.4));
  for (int i = 0; i <= n; ++i) line.push_back(seed + (end - seed) * (1.0 * i / n));
  return line;
}

std::vector<Point3> seenInCanal(const SideView& view, const Canal& canal, ImageF cost,
                                const Point3& seed, const Vec3& quadrant,
                                const std::vector<Point3>& other, const Progress& progress) {
  if (!other.empty()) avoid(cost, other, kOtherCoreMm, kOtherFactor);
  const Point3 end = endInCanal(view, canal, quadrant, kSeenFromFundusMm);
  const Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const Point3 lps = view.lpsOf(p);
    if (dot(lps - seed, canal.medial) > kBackMm) cost[at] = 0;
    return distance(lps, end) < kQuadrantMm;
  });
  return minimalPath(cost, {voxelAt(cost.geometry(), seed)}, target, progress).points_mm;
}

}  // namespace neurovasc::anatomy
