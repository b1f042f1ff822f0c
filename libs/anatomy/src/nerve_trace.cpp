#include "nerve_trace.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "brainstem.h"
#include "neurovasc/anatomy/minimal_path.h"
#include "neurovasc/anatomy/tube_fit.h"
#include "neurovasc/imaging/tubularness.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

/// Contrast of a strand that is certainly there, of 1 (CSF). The cost falls with the square of the
/// answer and is never clipped: where it saturates a path cuts the bends.
constexpr double kSureTubularness = 0.4;
constexpr double kCostFloor = 0.03;
/// TOF over white matter from which on a dark strand is an artery and not a nerve.
constexpr double kArteryTof = 1.25;
/// How near the brain's surface the free part ends.
constexpr double kCollarMm = 0.3;
/// The nerve's root region in side coordinates: exit 9.5 to 14.5 mm from the midline, detachment
/// up to 20, heights and depths within reach of any pitch of the head.
constexpr double kRootMedialMm = 8;
constexpr double kRootLateralMm = 22;
/// From the detachment point the centre leaves the surface at a slope of about one.
constexpr double kDetachmentInsetMm = 0.25;
constexpr double kDetachmentSdMm = 0.6;
constexpr double kRootSdMm = 1.2;
/// Cisternal VII has a diameter of 1.16 +- 0.31 mm.
constexpr double kUsualRadiusMm = 0.58;
/// Limits of the step from the ridge to the axis; a vessel on the nerve looks like more ridge.
constexpr double kMaxRidgeMm = 1.0;
constexpr double kMaxOutwardMm = 0.15;
/// The free part's first millimetre, where brain fills half of the window, is taken from the ridge.
constexpr double kJoinMm = 0.8;
constexpr double kSmoothingMm = 0.8;
/// The attached nerve bridges the corner between pons and medulla at most this far off the surface.
constexpr double kMaxOffSurfaceMm = 2.5;
/// Radius of VIII where VII must not run.
constexpr double kOtherStrandMm = 0.9;
constexpr double kStepMm = 0.4;
/// One side of the attached nerve is hidden.
constexpr double kAttachedConfidence = 0.7;

ImageF costOf(const SideView& view, const ImageF& tubularness) {
  ImageF cost(tubularness.geometry());
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    const double t = tubularness[i] / kSureTubularness;
    double c = 1 / (kCostFloor + t * t);
    if (view.tof) c *= 1 + 4 * std::max(0.0, (*view.tof)[i] - kArteryTof);
    cost[i] = static_cast<float>(c);
  }
  return cost;
}

std::size_t voxelAt(const GridGeometry& grid, const Point3& p) {
  const Vec3 index = grid.toIndex(p);
  const auto at = [&](int a) {
    return std::clamp(static_cast<int>(std::lround(index[a])), 0,
                      grid.size[static_cast<std::size_t>(a)] - 1);
  };
  return grid.offset(at(0), at(1), at(2));
}

/// Voxels for which @p inside(side coordinates, offset) holds.
template <typename Predicate>
Mask maskWhere(const SideView& view, Predicate inside) {
  Mask mask(view.t2.geometry());
  const Size3& n = mask.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const std::size_t at = mask.geometry().offset(i, j, k);
        mask[at] = inside(view.sideOf(mask.geometry().toLps(i, j, k)), at) ? 1 : 0;
      }
    }
  }
  return mask;
}

Mask brainCollar(const SideView& view, double medial_mm, double lateral_mm) {
  return maskWhere(view, [&](const Vec3& p, std::size_t at) {
    return std::abs(view.brain_mm[at]) <= kCollarMm && p.x > medial_mm && p.x < lateral_mm;
  });
}

/// Free part: from the brainstem to the seed at the porus.
std::vector<Point3> freePart(const SideView& view, const ImageF& cost, const Point3& seed,
                             const Progress& progress) {
  auto path = minimalPath(cost, {voxelAt(cost.geometry(), seed)},
                          brainCollar(view, kRootMedialMm, kRootLateralMm), progress)
                  .points_mm;
  std::reverse(path.begin(), path.end());
  return path;
}

/// VII in the canal: nearly straight from the porus to the anterosuperior quadrant of the fundus.
std::vector<Point3> canalPart(const SideView& view, const Canal& canal, const Point3& seed) {
  const Point3 end = canal.fundus_mm + canal.medial * 2.0 + view.lpsDirection({0, -0.5, 0.7});
  std::vector<Point3> line;
  const int n = std::max(1, static_cast<int>(distance(seed, end) / 0.4));
  for (int i = 0; i <= n; ++i) line.push_back(seed + (end - seed) * (1.0 * i / n));
  return line;
}

/// A wall round a strand that is another's.
void wallAround(ImageF& cost, const std::vector<Point3>& line, double radius_mm) {
  const GridGeometry& grid = cost.geometry();
  Mask mask(grid);
  for (const Point3& p : smoothedLine(line, 0.3, 0.2)) mask[voxelAt(grid, p)] = 1;
  const Mask wall = dilated(mask, radius_mm, 1);
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    if (wall[i]) cost[i] = 0;
  }
}

/// Attached segment: from the sulcus to where the free part begins. It keeps to the surface and to
/// the way down, so that no path runs back along the free nerve and in along another.
std::vector<Point3> attachedPart(const SideView& view, ImageF cost, const Point3& start,
                                 const std::vector<Point3>& eighth, const SulcusLevel& sulcus,
                                 const Progress& progress) {
  const Vec3 from = view.sideOf(start);
  const double z = std::min(sulcus.z_mm, from.z - 1.5);
  if (!eighth.empty()) wallAround(cost, eighth, kOtherStrandMm);
  const Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const bool beside = view.brain_mm[at] < kMaxOffSurfaceMm && p.z < from.z + 1 &&
                        p.x < from.x + 1 && p.x > kRootMedialMm;
    if (!beside) cost[at] = 0;
    return beside && std::abs(p.z - z) < 0.4 && p.x < 16 && std::abs(view.brain_mm[at] + 0.2) < 0.3;
  });
  cost[voxelAt(cost.geometry(), start)] = 1;
  auto path = minimalPath(cost, {voxelAt(cost.geometry(), start)}, target, progress).points_mm;
  std::reverse(path.begin(), path.end());
  return path;
}

/// Median radius of the free nerve's first millimetres, which the attached part goes on with.
double rootRadius(const Tube& free) {
  std::vector<double> radii;
  const std::vector<double> s = arcLengths(free.points_mm);
  for (std::size_t i = 0; i < free.size(); ++i) {
    if (s[i] > 1 && s[i] < 5) radii.push_back(free.radius_mm[i]);
  }
  if (radii.empty()) return kUsualRadiusMm;
  const auto middle = radii.begin() + static_cast<std::ptrdiff_t>(radii.size() / 2);
  std::nth_element(radii.begin(), middle, radii.end());
  return *middle;
}

/// Of the attached nerve only the ridge is seen: its axis lies a radius below the place where
/// nerve turns into CSF, straight out of the brain.
Point3 underItsSurface(const SideView& view, const ImageF& brain_distance_mm, const Point3& p,
                       double radius_mm) {
  constexpr double kFineMm = 0.05;
  const Vec3 out = normalized(gradient(brain_distance_mm, p, 1.0));
  const double half = 0.5 * (view.brain + 1);
  double t = 0;
  const double direction = interpolate(view.t2, p) < half ? kFineMm : -kFineMm;
  while (std::abs(t) < kMaxRidgeMm) {
    const bool dark = interpolate(view.t2, p + out * (t + direction)) < half;
    if (dark != (direction > 0)) break;
    t += direction;
  }
  return p + out * std::clamp(t - radius_mm, -kMaxRidgeMm, kMaxOutwardMm);
}

/// The line goes on into the brain until its axis is a radius deep: there the root exits.
void extendToRoot(std::vector<Point3>& line, const SideView& view, const ImageF& brain_distance_mm,
                  double radius_mm) {
  constexpr double kShortMm = 0.2;
  const Vec3 along = normalized(line.front() - pointAt(line, 1.5));
  for (int i = 0; i < 8 && interpolate(view.brain_mm, line.front()) > -radius_mm; ++i) {
    const Vec3 in = -normalized(gradient(brain_distance_mm, line.front(), 1.0));
    line.insert(line.begin(), line.front() + normalized(along + in) * kShortMm);
  }
}

/// How far each voxel may speak of a nerve: less where TOF shows flowing blood.
ImageF weightOf(const SideView& view) {
  if (!view.tof) return {};
  ImageF weight(view.t2.geometry());
  for (std::size_t i = 0; i < weight.voxelCount(); ++i) {
    weight[i] = static_cast<float>(std::clamp((1.6 - (*view.tof)[i]) / 0.4, 0.0, 1.0));
  }
  return weight;
}

TubeFitOptions fitOptions(const SideView& view) {
  TubeFitOptions options;
  options.psf_sigma_mm = view.psf_sigma_mm;
  options.core = view.brain;
  return options;
}

/// Arc length at which the line leaves the brain's surface for good, seen from its first point.
double detachmentArcLength(const SideView& view, const std::vector<Point3>& line,
                           double porus_s_mm) {
  const std::vector<double> s = arcLengths(line);
  double last_inside = 0;
  for (std::size_t i = 0; i < line.size() && s[i] < porus_s_mm; ++i) {
    const double d = interpolate(view.brain_mm, line[i]);
    if (d > 0) continue;
    last_inside = s[i];
    if (i + 1 < line.size()) {
      const double next = interpolate(view.brain_mm, line[i + 1]);
      if (next > 0) last_inside = s[i] + (s[i + 1] - s[i]) * (-d) / (next - d);
    }
  }
  return std::max(0.0, last_inside - kDetachmentInsetMm);
}

Landmark landmark(const Point3& p, double sd_mm) {
  Landmark mark;
  mark.lps_mm = p;
  mark.sd_mm = sd_mm;
  return mark;
}

void append(std::vector<Point3>& line, const std::vector<Point3>& more) {
  for (const Point3& p : more) {
    if (line.empty() || distance(line.back(), p) > 1e-3) line.push_back(p);
  }
}

/// The attached line and the free tube as one, smooth over the join.
Tube joinedTube(const std::vector<Point3>& root, const Tube& free, double radius_mm) {
  std::vector<Point3> line = root;
  const std::vector<double> s = arcLengths(free.points_mm);
  const double root_length = lengthOf(root);
  for (std::size_t i = 0; i < free.size(); ++i) {
    if (s[i] >= kJoinMm) line.push_back(free.points_mm[i]);
  }
  Tube tube;
  tube.points_mm = smoothedLine(line, kSmoothingMm, kStepMm);
  for (const Point3& p : tube.points_mm) {
    const double at = project(free.points_mm, p).arclength_mm;
    const bool attached = project(line, p).arclength_mm < root_length;
    tube.radius_mm.push_back(attached ? radius_mm : valueAt(free.points_mm, free.radius_mm, at));
    const double confidence = valueAt(free.points_mm, free.confidence, at);
    tube.confidence.push_back(attached ? kAttachedConfidence * confidence : confidence);
  }
  return tube;
}

}  // namespace

TracedNerves traceNerves(const SideView& view, const Canal& canal, const NerveLandmarks& manual,
                         int threads, const Progress& progress) {
  TracedNerves traced;
  traced.facial.side = view.side;
  traced.vestibulocochlear.side = view.side;
  traced.vestibulocochlear.name = NerveName::vestibulocochlear;
  imaging::TubularnessOptions tube_options;
  tube_options.threads = threads;
  const ImageF tubes = imaging::tubularness(view.t2, tube_options, progress).response;
  const NerveSeeds seeds = findSeeds(view, tubes, canal, threads, progress);
  (void)manual;
  if (!seeds.facial || !seeds.vestibulocochlear) {
    traced.facial.reason = "no pair of strands at the porus";
    traced.vestibulocochlear.reason = traced.facial.reason;
    return traced;
  }
  const ImageF cost = costOf(view, tubes);
  const auto eighth = freePart(view, cost, seeds.vestibulocochlear->lps_mm, progress);
  ImageF facial_cost = cost;
  auto line = freePart(view, facial_cost, seeds.facial->lps_mm, progress);
  if (line.empty()) {
    traced.facial.reason = "no strand from the porus to the brainstem";
    return traced;
  }
  std::vector<Point3> joined = line;
  append(joined, canalPart(view, canal, seeds.facial->lps_mm));
  const ImageF weight = weightOf(view);
  Tube free = fitTube(view.t2, weight, joined, fitOptions(view), progress);

  const FilledBrain filled = brainFilledWithCsf(view, threads, progress);
  tube_options.radii_mm = {0.35, 0.5, 0.75};
  const ImageF ridges = imaging::tubularness(filled.t2, tube_options, progress).response;
  const SulcusLevel sulcus = findSulcus(view);
  const auto attached =
      attachedPart(view, costOf(view, ridges), line.front(), eighth, sulcus, progress);
  Tube whole = free;
  if (attached.size() > 2) {
    const double radius_mm = rootRadius(free);
    std::vector<Point3> root =
        fitTube(filled.t2, weight, attached, fitOptions(view), progress).points_mm;
    for (Point3& p : root) p = underItsSurface(view, filled.distance_mm, p, radius_mm);
    extendToRoot(root, view, filled.distance_mm, radius_mm);
    whole = joinedTube(root, free, radius_mm);
  }
  traced.facial.tube = whole;
  const double porus_s = project(whole.points_mm, canal.porus_mm).arclength_mm;
  const double detachment_s = detachmentArcLength(view, whole.points_mm, porus_s);
  traced.facial.landmarks.porus = landmark(canal.porus_mm, canal.porus_sd_mm);
  traced.facial.landmarks.detachment_point =
      landmark(pointAt(whole.points_mm, detachment_s), kDetachmentSdMm);
  if (attached.size() > 2) {
    traced.facial.landmarks.root_exit_point = landmark(whole.points_mm.front(), kRootSdMm);
  }
  traced.facial.status = attached.size() > 2 ? NerveStatus::segmented : NerveStatus::partial;
  if (!eighth.empty()) {
    traced.vestibulocochlear.tube = fitTube(view.t2, weight, eighth, fitOptions(view), progress);
    traced.vestibulocochlear.status = NerveStatus::segmented;
  }
  return traced;
}

}  // namespace neurovasc::anatomy
