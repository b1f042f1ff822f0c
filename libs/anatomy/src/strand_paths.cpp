#include "strand_paths.h"

#include <algorithm>
#include <cmath>

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
/// Mean contrast over two millimetres below which no strand is seen; noise answers with 0.05.
constexpr double kLostTubularness = 0.06;
constexpr double kLostOverMm = 2.0;
/// TOF over white matter from which on a dark strand is an artery and not a nerve.
constexpr double kArteryTof = 1.25;
/// How near the brain's surface the free part ends.
constexpr double kCollarMm = 0.3;
/// The nerve's root region in side coordinates: exit 9.5 to 14.5 mm from the midline, detachment
/// up to 20, heights and depths within reach of any pitch of the head.
constexpr double kRootMedialMm = 8;
constexpr double kRootLateralMm = 22;
constexpr double kRootExitLateralMm = 16;
/// The attached nerve bridges the corner between pons and medulla at most this far off the surface.
constexpr double kMaxOffSurfaceMm = 2.5;
/// Radius of VIII where VII must not run.
constexpr double kOtherStrandMm = 0.9;
/// In the cistern the two may touch: VIII's core is only made dear.
constexpr double kOtherCoreMm = 0.6;
constexpr float kOtherFactor = 12;
constexpr double kManualTargetMm = 0.4;

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

/// The last millimetre of the view on the way to the brainstem that it does not hold.
Mask medialBorder(const SideView& view) {
  double border = 1e6;
  maskWhere(view, [&](const Vec3& p, std::size_t) {
    border = std::min(border, p.x);
    return false;
  });
  return maskWhere(view, [&](const Vec3& p, std::size_t at) {
    return p.x < border + 1 && view.t2[at] > 0.5 * view.brain;
  });
}

/// Makes a strand that is another's @p factor times as dear, or a wall with 0.
void avoid(ImageF& cost, const std::vector<Point3>& line, double radius_mm, float factor) {
  Mask mask(cost.geometry());
  for (const Point3& p : smoothedLine(line, 0.3, 0.2)) mask[voxelAt(cost.geometry(), p)] = 1;
  const Mask near = imaging::dilated(mask, radius_mm, 1);
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    if (near[i]) cost[i] *= factor;
  }
}

bool any(const Mask& mask) {
  return std::any_of(mask.begin(), mask.end(), [](std::uint8_t v) { return v != 0; });
}

/// The path from @p from to the targets, turned round to begin at the target.
std::vector<Point3> pathFrom(const Mask& targets, const ImageF& cost, const Point3& from,
                             const Progress& progress) {
  auto path = minimalPath(cost, {voxelAt(cost.geometry(), from)}, targets, progress).points_mm;
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace

ImageF strandCost(const SideView& view, const ImageF& tubularness) {
  ImageF cost(tubularness.geometry());
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    const double t = tubularness[i] / kSureTubularness;
    double c = 1 / (kCostFloor + t * t);
    if (view.tof) c *= 1 + 4 * std::max(0.0, (*view.tof)[i] - kArteryTof);
    cost[i] = static_cast<float>(c);
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

std::vector<Point3> attachedStrand(const SideView& view, ImageF cost, const Point3& start,
                                   const std::vector<Point3>& other, const SulcusLevel& sulcus,
                                   const std::optional<Point3>& root, const Progress& progress) {
  const Vec3 from = view.sideOf(start);
  const double z = std::min(sulcus.z_mm, from.z - 1.5);
  if (!other.empty()) avoid(cost, other, kOtherStrandMm, 0);
  Mask target = maskWhere(view, [&](const Vec3& p, std::size_t at) {
    const bool beside = view.brain_mm[at] < kMaxOffSurfaceMm && p.z < from.z + 1 &&
                        p.x < from.x + 1 && p.x > kRootMedialMm;
    if (!beside) cost[at] = 0;
    return beside && std::abs(p.z - z) < 0.4 && p.x < kRootExitLateralMm &&
           std::abs(view.brain_mm[at] + 0.2) < 0.3;
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

std::vector<Point3> strandInCanal(const SideView& view, const Canal& canal, const Point3& seed) {
  // Two millimetres short of the deepest fluid, which belongs to the fundus and the vestibule.
  const Point3 end = canal.fundus_mm + canal.medial * 2.0 + view.lpsDirection({0, -0.5, 0.7});
  std::vector<Point3> line;
  const int n = std::max(1, static_cast<int>(distance(seed, end) / 0.4));
  for (int i = 0; i <= n; ++i) line.push_back(seed + (end - seed) * (1.0 * i / n));
  return line;
}

}  // namespace neurovasc::anatomy
