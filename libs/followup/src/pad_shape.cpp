#include "pad_shape.h"

#include <algorithm>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/resample.h"

namespace neurovasc::followup {
namespace {

/// The blur of T2 and of the coarser series carries a body's edge so far.
constexpr double kEdgeMm = 1.0;
/// Felt keeps a tenth of CSF's signal: 0 to 0.15.
constexpr double kFullDeficit = 0.9;
constexpr double kDarkT2 = 0.5;  // of CSF
/// Deficits from here on are above the noise of usual studies.
constexpr double kSeenDeficit = 0.35;
/// An enhancing rim is about as thick as a voxel of CE-T1 or two.
constexpr double kRimMm = 1.5;
/// Granulation enhances beyond brain; CSF has a quarter of brain's signal, nerves nearly all of it.
constexpr double kEnhancing = 1.3;
constexpr double kRimShare = 0.5;
/// Vessels and brain blur into their surroundings on CE-T1.
constexpr double kRimMarginMm = 0.75;
constexpr double kLeastRimMm3 = 10;

double voxelVolume(const GridGeometry& grid) {
  return grid.spacing_mm.x * grid.spacing_mm.y * grid.spacing_mm.z;
}

bool inNerve(const Tube& nerve, const Point3& p) {
  const Projection foot = project(nerve.points_mm, p);
  return foot.distance_mm < valueAt(nerve.points_mm, nerve.radius_mm, foot.arclength_mm);
}

/// Voxel by voxel, in a fixed order: few of them are set.
template <typename Visit>
void forEachSet(const Mask& mask, const Visit& visit) {
  const Size3& n = mask.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (mask(i, j, k) != 0) {
          visit(mask.geometry().offset(i, j, k), mask.geometry().toLps(i, j, k));
        }
      }
    }
  }
}

/// @p image cut to where it is above zero and a voxel around.
ImageF trimmed(const ImageF& image) {
  IndexBox box;
  box.lower = image.size();
  const Size3& n = image.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (image(i, j, k) > 0) {
          const std::array<int, 3> at = {i, j, k};
          for (std::size_t a = 0; a < 3; ++a) {
            box.lower[a] = std::min(box.lower[a], std::max(0, at[a] - 1));
            box.upper[a] = std::max(box.upper[a], std::min(n[a], at[a] + 2));
          }
        }
      }
    }
  }
  return box.upper[0] > box.lower[0] ? imaging::crop(image, box) : ImageF{};
}

}  // namespace

PadShape shapeOf(const PadSurroundings& around) {
  PadShape shape;
  ImageF share(around.body.geometry());
  const double voxel_mm3 = voxelVolume(share.geometry());
  const Mask near = imaging::dilated(around.body, kEdgeMm, around.threads);
  double missing = 0;
  forEachSet(near, [&](std::size_t at, const Point3& p) {
    const double deficit = around.deficit[at];
    const bool own = around.barred[at] == 0;
    if (own) {
      missing += deficit;  // also below zero: noise cancels out
      share[at] = static_cast<float>(std::clamp(deficit / kFullDeficit, 0.0, 1.0));
    }
    const bool seen = own && deficit > kSeenDeficit;
    const bool dark = around.darkness.t2At(p) < kDarkT2 && !inNerve(around.nerve, p) &&
                      static_cast<Label>(around.labels[at]) != Label::bone;
    shape.most_mm3 += seen || dark ? voxel_mm3 : 0;
  });
  shape.least_mm3 = std::max(0.0, missing) * voxel_mm3;
  shape.most_mm3 = std::max(shape.most_mm3, shape.least_mm3);
  shape.share = trimmed(share);
  return shape;
}

std::optional<bool> rimEnhances(const PadSurroundings& around) {
  const Mask near = imaging::dilated(around.body, kRimMm, around.threads);
  const Mask others = imaging::dilated(around.barred, kRimMarginMm, around.threads);
  std::size_t seen = 0;
  std::size_t bright = 0;
  forEachSet(near, [&](std::size_t at, const Point3& p) {
    const auto level = around.darkness.ceT1OverBrain(p);
    if (around.body[at] == 0 && others[at] == 0 && level) {
      ++seen;
      bright += *level > kEnhancing ? 1 : 0;
    }
  });
  if (static_cast<double>(seen) * voxelVolume(near.geometry()) < kLeastRimMm3) {
    return std::nullopt;
  }
  return static_cast<double>(bright) >= kRimShare * static_cast<double>(seen);
}

}  // namespace neurovasc::followup
