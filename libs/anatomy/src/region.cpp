#include "neurovasc/anatomy/region.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "neurovasc/anatomy/ears.h"
#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {

namespace {

/// Without any ear the region is the central part of the series.
constexpr Vec3 kCentralHalfMm = {55, 40, 30};

void requireWithin(double value, double low, double high, const char* option) {
  if (value >= low && value <= high) return;
  throw Error(ErrorCode::usage, std::string("region option ") + option + " must lie between " +
                                    std::to_string(low) + " and " + std::to_string(high) + " mm");
}

Point3 centerOf(const GridGeometry& grid) {
  return grid.toLps(
      Vec3{0.5 * (grid.size[0] - 1), 0.5 * (grid.size[1] - 1), 0.5 * (grid.size[2] - 1)});
}

/// The voxels around points of the head frame, inside the series and never empty.
IndexBox boxAround(const GridGeometry& grid, const HeadFrame& frame, const Box& head_mm) {
  const RigidTransform lps_from_head = frame.head_from_lps.inverse();
  IndexBox box{grid.size, {0, 0, 0}};
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 p = {corner & 1 ? head_mm.upper.x : head_mm.lower.x,
                    corner & 2 ? head_mm.upper.y : head_mm.lower.y,
                    corner & 4 ? head_mm.upper.z : head_mm.lower.z};
    const Vec3 index = grid.toIndex(lps_from_head(p));
    for (int a = 0; a < 3; ++a) {
      const auto axis = static_cast<std::size_t>(a);
      const int n = grid.size[axis];
      const int low = std::clamp(static_cast<int>(std::floor(index[a])), 0, n - 1);
      const int high = std::clamp(static_cast<int>(std::ceil(index[a])) + 1, 1, n);
      box.lower[axis] = std::min(box.lower[axis], low);
      box.upper[axis] = std::max(box.upper[axis], high);
    }
  }
  return box;
}

/// Around both angles, whether both ears were found or one.
Box angles(const std::vector<Ear>& ears, const HeadFrame& frame, const RegionOptions& options) {
  double lateral = 0;
  for (const Ear& ear : ears) {
    lateral = std::max(lateral, std::abs(frame.head_from_lps(ear.labyrinth_mm).x));
  }
  lateral += options.margin_lateral_mm;
  return {{-lateral, -options.margin_anterior_mm, -options.margin_caudal_mm},
          {lateral, options.margin_posterior_mm, options.margin_cranial_mm}};
}

}  // namespace

void validate(const RegionOptions& options) {
  requireWithin(options.margin_lateral_mm, 0, 40, "margin_lateral_mm");
  requireWithin(options.margin_anterior_mm, 5, 60, "margin_anterior_mm");
  requireWithin(options.margin_posterior_mm, 5, 60, "margin_posterior_mm");
  requireWithin(options.margin_caudal_mm, 5, 60, "margin_caudal_mm");
  requireWithin(options.margin_cranial_mm, 5, 60, "margin_cranial_mm");
}

StudyRegion locateRegion(const SeriesImage& t2, const RegionOptions& options,
                         const Progress& progress) {
  validate(options);
  progress.report("region", 0, "looking for the ears");
  StudyRegion region;
  region.levels = measureT2(t2.image, options.threads);
  progress.report("region", 0.3, "looking for the ears");
  region.ears = findEars(t2.image, region.levels, options.threads, progress);
  const GridGeometry& grid = t2.image.geometry();
  const HeadFrame frame = headFrame(region.ears, centerOf(grid));
  region.box = boxAround(grid, frame,
                         region.ears.empty() ? Box{-kCentralHalfMm, kCentralHalfMm}
                                             : angles(region.ears, frame, options));
  progress.report("region", 1);
  return region;
}

}  // namespace neurovasc::anatomy
