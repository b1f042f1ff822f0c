#include "strand_paths.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "neurovasc/anatomy/minimal_path.h"
#include "neurovasc/anatomy/tube_fit.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/imaging/morphology.h"

namespace neurovasc::anatomy {

namespace {

/// Contrast of a strand that is certainly there. The cost is never clipped: where it saturates a
/// path cuts the bends.
constexpr double kSureTubularness = 0.4;
constexpr double kCostFloor = 0.03;
/// Of what shows neither a strand nor blood, with a tenth to spare.
constexpr double kBloodlessCost = 1.1 / kCostFloor;
/// Mean contrast over two millimetres below which no strand is seen; noise answers with 0.05.
constexpr double kLostTubularness = 0.06;
constexpr double kLostOverMm = 2.0;
/// TOF over white matter of arteries. At the lower end it is blur from an artery beside the nerve.
constexpr double kArteryTof = 1.25;
constexpr double kArteryTofStep = 0.8;
/// A nerve is as dark as brain in T2; what is much darker is blood, felt or bone.
constexpr double kVoidShare = 0.6;
constexpr double kVoidStep = 0.45;
constexpr double kBloodFactor = 4;
/// A line on which TOF has this on average, and more than anywhere around it, follows an artery,
/// however slow: a free nerve has 0.85, an attached one has brain or an artery beside it.
constexpr double kSlowArteryTof = 1.15;
constexpr double kArteryRunMm = 1.0;
constexpr double kArteryCoreMm = 0.8;
constexpr float kArteryFactor = 12;
/// The axis of the thinnest VII has half of fluid's level under the blur of 0.6 mm voxels. What is
/// brighter shows a gap between dark things, not a strand, however much it looks like one.
constexpr double kGapT2 = 0.65;
constexpr double kGapStep = 0.2;
constexpr double kGapFactor = 4;
/// Blood is dearer than fluid: a nerve hidden by an artery goes on beside it, not along it.
constexpr double kBloodOverFluid = 2;
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
/// VIII runs within this of VII all the way; farther off it is a rootlet of IX or a vessel.
constexpr double kCompanionMm = 4.0;
constexpr double kStraysMm = 1.0;
/// The axes of VII and VIII are never nearer than their radii together, 0.43 and 0.82 mm in the
/// thinnest. At the brain the room that VIII takes is closed to VII; in the cistern, where a line
/// may still be off by a little, it is only made dear.
constexpr double kOtherStrandMm = 1.1;
constexpr double kOtherCoreMm = 0.9;
constexpr float kOtherFactor = 12;
/// No wall: where VIII's way to its root is wrong, VII would have to go round it on a vessel.
constexpr float kOtherRootFactor = 6;
/// Response at VIII's radius over that at VII's: 0.45 on a strand of 0.5 mm, 1 from 0.9 mm on.
constexpr double kThinRatio = 0.7;
constexpr double kThickRatio = 0.8;
constexpr double kWrongCalibre = 4;
/// Where an artery hides VIII the next strand is VII's. It must be dearer to VIII than what hides
/// it, which is no dearer than fluid: VIII is too thick to go round.
constexpr double kThinStrand = 0.2;
constexpr double kTooThin = 40;
/// Two strands that share more than this cannot both be right.
constexpr double kMostSharedMm = 1.0;
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
/// VIII enters the brain up to so far above VII.
constexpr double kEighthAboveMm = 0.5;
constexpr double kEighthHighestMm = 0.4;
constexpr double kEighthSeenMm = 2.0;
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

std::size_t voxelAt(const GridGeometry& grid, const Point3& p) {
  const Vec3 index = grid.toIndex(p);
  const auto at = [&](int a) {
    return std::clamp(static_cast<int>(std::lround(index[a])), 0,
                      grid.size[static_cast<std::size_t>(a)] - 1);
  };
  return grid.offset(at(0), at(1), at(2));
}

/// 0 to 1, how surely a voxel is blood and no nerve.
double bloodAt(const SideView& view, std::size_t at) {
  double blood = (kVoidShare - view.overNerve(view.t2[at])) / kVoidStep;
  if (view.tof) blood = std::max(blood, ((*view.tof)[at] - kArteryTof) / kArteryTofStep);
  return std::clamp(blood, 0.0, 1.0);
}

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

/// Makes what lies within @p radius_mm of @p points @p factor times as dear, or a wall with 0.
void avoidAround(ImageF& cost, const std::vector<Point3>& points, double radius_mm, float factor) {
  Mask mask(cost.geometry());
  for (const Point3& p : points) mask[voxelAt(cost.geometry(), p)] = 1;
  const Mask near = imaging::dilated(mask, radius_mm, 1);
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    if (near[i]) cost[i] *= factor;
  }
}

/// The same for a strand that is another's.
void avoid(ImageF& cost, const std::vector<Point3>& line, double radius_mm, float factor) {
  avoidAround(cost, smoothedLine(line, 0.3, 0.2), radius_mm, factor);
}

/// Mean of @p values within @p run_mm of each along a line with the arc lengths @p s.
std::vector<double> runningMean(const std::vector<double>& values, const std::vector<double>& s,
                                double run_mm) {
  std::vector<double> means;
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = 0;
    int count = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
      if (std::abs(s[j] - s[i]) > run_mm) continue;
      sum += values[j];
      ++count;
    }
    means.push_back(sum / count);
  }
  return means;
}

/// The highest value of @p image on a circle around @p p across @p along.
double brightestAround(const ImageF& image, const Point3& p, const Vec3& along) {
  constexpr int kDirections = 8;
  const Vec3 u = perpendicularTo(along);
  const Vec3 v = cross(along, u);
  double brightest = -1e9;
  for (int d = 0; d < kDirections; ++d) {
    const double angle = 2 * M_PI * d / kDirections;
    const Point3 q = p + (u * std::cos(angle) + v * std::sin(angle)) * kArteryCoreMm;
    brightest = std::max(brightest, interpolate(image, q));
  }
  return brightest;
}

/// Makes what lies off VII's path @p facial dear to VIII, as far as that path goes: it ends where
/// it meets the brain, and VIII goes on.
void keepBeside(const std::vector<Point3>& facial, ImageF& cost) {
  if (facial.size() < 2) return;
  const GridGeometry& grid = cost.geometry();
  Mask mask(grid);
  for (const Point3& p : facial) mask[voxelAt(grid, p)] = 1;
  const ImageF off_mm = imaging::distanceTo(mask, 1);
  const Vec3 inward = facial.front() - facial.back();
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const double beyond = (off_mm(i, j, k) - kCompanionMm) / kStraysMm;
        if (beyond <= 0 || dot(grid.toLps(i, j, k) - facial.front(), inward) > 0) continue;
        cost(i, j, k) *= static_cast<float>(1 + beyond * beyond);
      }
    }
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
               [&](const Point3& p) { return interpolate(view.brain_mm, p) >= kMaxOffSurfaceMm; });
  return part;
}

/// Short of the deepest fluid, which belongs to the fundus and the vestibule.
Point3 endInCanal(const SideView& view, const Canal& canal, const Vec3& quadrant, double short_mm) {
  return canal.fundus_mm + canal.medial * short_mm + view.lpsDirection(quadrant);
}

/// y of VIII's root; if @p other ends above the sulcus at @p z, it was not followed so far.
double rootDepth(const SideView& view, const std::vector<Point3>& other, double z) {
  if (other.empty()) return 1e9;
  const Vec3 root = view.sideOf(other.front());
  return root.z < z + kEighthSeenMm ? root.y : 1e9;
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

}  // namespace

ImageF strandCost(const SideView& view, const ImageF& tubularness) {
  ImageF cost(tubularness.geometry());
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    const double t = tubularness[i] / kSureTubularness;
    const double gap = std::clamp((view.t2[i] - kGapT2) / kGapStep, 0.0, 1.0);
    const double strand = std::min((1 + kGapFactor * gap) / (kCostFloor + t * t), 1 / kCostFloor);
    const double blood = bloodAt(view, i);
    cost[i] = static_cast<float>(
        std::max(strand * (1 + kBloodFactor * blood), kBloodOverFluid * blood / kCostFloor));
  }
  return cost;
}

bool showsBrainstem(const SideView& view) { return any(brainCollar(view)); }

std::vector<Point3> freeStrand(const SideView& view, ImageF cost, const Point3& seed,
                               const std::vector<Point3>& other, const std::optional<Point3>& end,
                               const Progress& progress) {
  if (!other.empty()) avoid(cost, other, kOtherCoreMm, kOtherFactor);
  if (end) return pathFrom(ballAt(view, *end), cost, seed, progress);
  const Mask collar = brainCollar(view);
  return pathFrom(any(collar) ? collar : medialBorder(view), cost, seed, progress);
}

StrandCosts strandCosts(const SideView& view, const ImageF& thin, const ImageF& thick) {
  StrandCosts costs{strandCost(view, thin), strandCost(view, thick)};
  for (std::size_t i = 0; i < thin.voxelCount(); ++i) {
    const double ratio = thick[i] / std::max(thin[i], 1e-3F);
    costs.thin[i] *=
        static_cast<float>(1 + kWrongCalibre * std::clamp(ratio - kThinRatio, 0.0, 1.0));
    const double strand = std::clamp(thin[i] / kThinStrand, 0.0, 1.0);
    costs.thick[i] =
        static_cast<float>(std::min<double>(costs.thick[i], 1 / kCostFloor) *
                           (1 + kTooThin * strand * std::max(0.0, kThickRatio - ratio)));
  }
  return costs;
}

std::vector<double> meanAlong(const ImageF& image, const std::vector<Point3>& line, double run_mm) {
  std::vector<double> values;
  values.reserve(line.size());
  for (const Point3& p : line) values.push_back(interpolate(image, p));
  return runningMean(values, arcLengths(line), run_mm);
}

std::vector<bool> onArtery(const SideView& view, const std::vector<Point3>& line) {
  std::vector<bool> on(line.size());
  if (!view.tof || line.size() < 3) return on;
  const std::vector<double> s = arcLengths(line);
  std::vector<double> around(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    around[i] = brightestAround(*view.tof, line[i], tangentAt(line, s[i]));
  }
  const std::vector<double> axis = meanAlong(*view.tof, line, kArteryRunMm);
  const std::vector<double> ring = runningMean(around, s, kArteryRunMm);
  for (std::size_t i = 0; i < line.size(); ++i) {
    on[i] = axis[i] > std::max(kSlowArteryTof, ring[i]);
  }
  return on;
}

bool avoidArteries(const SideView& view, const std::vector<Point3>& line, ImageF& cost) {
  const std::vector<bool> on = onArtery(view, line);
  std::vector<Point3> arterial;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (on[i]) arterial.push_back(line[i]);
  }
  if (!arterial.empty()) avoidAround(cost, arterial, kArteryCoreMm, kArteryFactor);
  return !arterial.empty();
}

StrandPair strandPair(const SideView& view, const StrandCosts& costs, const Point3& facial,
                      const Point3& eighth, const std::optional<Point3>& facial_end,
                      const Progress& progress) {
  const auto facialOff = [&](const std::vector<Point3>& other) {
    return freeStrand(view, costs.thin, facial, other, facial_end, progress);
  };
  const std::vector<Point3> facial_alone = facialOff({});
  ImageF thick = costs.thick;
  keepBeside(facial_alone, thick);
  const auto eighthOff = [&](const std::vector<Point3>& other) {
    return freeStrand(view, thick, eighth, other, {}, progress);
  };
  const StrandPair alone{facial_alone, eighthOff({})};
  if (sharedLength(alone.eighth, alone.facial) < kMostSharedMm) return alone;
  const StrandPair eighth_first{facialOff(alone.eighth), alone.eighth};
  const StrandPair facial_first{alone.facial, eighthOff(alone.facial)};
  const auto together = [&](const StrandPair& pair) {
    return costOf(thick, pair.eighth) + costOf(costs.thin, pair.facial);
  };
  return together(facial_first) < together(eighth_first) ? facial_first : eighth_first;
}

std::vector<Point3> eighthFromRoot(const SideView& view, const StrandCosts& costs,
                                   const ImageF& brain_distance_mm, const Point3& seed,
                                   const std::vector<Point3>& facial, const SulcusLevel& sulcus,
                                   const Progress& progress) {
  ImageF cost = costs.thick;
  keepBeside(facial, cost);
  const std::vector<Point3> free = partOffBrain(view, facial);
  if (!free.empty()) avoid(cost, free, kOtherCoreMm, kOtherFactor);
  const Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const double d = brain_distance_mm[at];
    if (d < 0) cost[at] = 0;
    return d > 0 && d < kEighthHighestMm && p.z < sulcus.z_mm + kEighthAboveMm &&
           p.z > sulcus.z_mm - kBelowSulcusMm && p.x > kRootMedialMm && p.x < kRootExitLateralMm;
  });
  return pathFrom(target, cost, seed, progress);
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
                        const SulcusLevel& sulcus, const Progress& progress) {
  const Vec3 from = view.sideOf(start);
  const double z = std::min(sulcus.z_mm, from.z - 1.5);
  const double behind = rootDepth(view, other, z) - kBeforeOtherMm;
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
