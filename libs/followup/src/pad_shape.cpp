#include "pad_shape.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/resample.h"

namespace neurovasc::followup {
namespace {

/// The blur of T2 and of the coarser series carries a body's edge so far.
constexpr double kEdgeMm = 1.0;
/// The core's deficit: what nine of ten places of the body stay below. Less than this no pad has.
constexpr double kCoreQuantile = 0.9;
constexpr double kLeastDeficit = 0.6;
/// Where the edge against CSF may lie by noise and blur, 1 sd, a fifth of a voxel of 0.5 mm.
constexpr double kEdgeSdMm = 0.1;
constexpr double kPi = 3.141592653589793;
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

/// The deficit of the body's core; in thin bodies blur leaves less of it.
double coreDeficit(const PadSurroundings& around) {
  std::vector<double> deficits;
  forEachSet(around.body,
             [&](std::size_t at, const Point3&) { deficits.push_back(around.deficit[at]); });
  if (deficits.empty()) {
    return 1;
  }
  const auto place =
      static_cast<std::ptrdiff_t>(kCoreQuantile * static_cast<double>(deficits.size() - 1));
  std::nth_element(deficits.begin(), deficits.begin() + place, deficits.end());
  return std::clamp(deficits[static_cast<std::size_t>(place)], kLeastDeficit, 1.0);
}

/// The shell of @p thickness_mm around a ball of @p volume_mm3, as a share of the ball.
double shellShare(double volume_mm3, double thickness_mm) {
  const double radius_mm = std::cbrt(0.75 / kPi * volume_mm3);
  return radius_mm > thickness_mm ? 3 * thickness_mm / radius_mm : 1;
}

}  // namespace

PadShape shapeOf(const PadSurroundings& around) {
  PadShape shape;
  ImageF share(around.body.geometry());
  const double voxel_mm3 = voxelVolume(share.geometry());
  const Mask near = imaging::dilated(around.body, kEdgeMm, around.threads);
  const double core = coreDeficit(around);
  double missing = 0;
  forEachSet(near, [&](std::size_t at, const Point3& p) {
    const double deficit = around.deficit[at];
    const bool own = around.barred[at] == 0;
    if (own) {
      missing += deficit;  // also below zero: noise cancels out
      share[at] = static_cast<float>(std::clamp(deficit / core, 0.0, 1.0));
    }
    const bool seen = own && deficit > kSeenDeficit;
    const bool dark = around.darkness.t2At(p) < kDarkT2 && !inNerve(around.nerve, p) &&
                      static_cast<Label>(around.labels[at]) != Label::bone;
    shape.most_mm3 += seen || dark ? voxel_mm3 : 0;
  });
  const double missing_mm3 = std::max(0.0, missing) * voxel_mm3;
  const double edge = shellShare(missing_mm3, kEdgeSdMm);
  shape.volume_mm3 = missing_mm3 / core;
  shape.least_mm3 = missing_mm3 * (1 - edge);
  shape.most_mm3 = std::max(shape.most_mm3, shape.volume_mm3 * (1 + edge));
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
