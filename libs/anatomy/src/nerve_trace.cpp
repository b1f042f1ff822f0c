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

/// Attached segment: from the sulcus to where the free part begins.
std::vector<Point3> attachedPart(const SideView& view, const ImageF& cost, const Point3& start,
                                 const SulcusLevel& sulcus, const Progress& progress) {
  const double start_z = view.sideOf(start).z;
  const double z = std::min(sulcus.z_mm, start_z - 1.5);
  const Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    return std::abs(p.z - z) < 0.4 && p.x > kRootMedialMm && p.x < 16 && p.y < 12 &&
           std::abs(view.brain_mm[at] + 0.2) < 0.3;
  });
  auto path = minimalPath(cost, {voxelAt(cost.geometry(), start)}, target, progress).points_mm;
  std::reverse(path.begin(), path.end());
  return path;
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

void append(Tube& tube, const Tube& more) {
  for (std::size_t i = 0; i < more.size(); ++i) {
    if (!tube.empty() && distance(tube.points_mm.back(), more.points_mm[i]) < 0.05) continue;
    tube.points_mm.push_back(more.points_mm[i]);
    tube.radius_mm.push_back(more.radius_mm[i]);
    tube.confidence.push_back(more.confidence[i]);
  }
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

  const ImageF filled = brainFilledWithCsf(view, threads, progress);
  tube_options.radii_mm = {0.35, 0.5, 0.75};
  const ImageF ridges = imaging::tubularness(filled, tube_options, progress).response;
  const SulcusLevel sulcus = findSulcus(view);
  const ImageF ridge_cost = costOf(view, ridges);
  const auto attached = attachedPart(view, ridge_cost, line.front(), sulcus, progress);
  Tube whole;
  if (attached.size() > 2) {
    std::vector<Point3> bound = attached;
    append(bound, line);
    whole = fitTube(filled, weight, attached, fitOptions(view), progress);
  }
  append(whole, free);
  traced.facial.tube = whole;
  const double porus_s = project(whole.points_mm, canal.porus_mm).arclength_mm;
  const double detachment_s = detachmentArcLength(view, whole.points_mm, porus_s);
  traced.facial.landmarks.porus = landmark(pointAt(whole.points_mm, porus_s), canal.porus_sd_mm);
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
