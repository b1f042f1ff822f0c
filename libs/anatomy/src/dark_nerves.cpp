#include "dark_nerves.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/smoothing.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

/// Below this share of brain VIII itself would be taken for blood or bone.
constexpr double kDarkNerve = 0.6;
/// The level is taken over a millimetre.
constexpr int kLevelSteps = 2;
constexpr double kLevelStepMm = 0.25;
constexpr double kBoneVoxelMm = 0.5;
/// Larger than VII and VIII together.
constexpr double kBoneOpeningMm = 1.5;
/// The point spread leaves fluid grey so far from the bone.
constexpr double kEdgeReachMm = 0.35;
constexpr double kEdgeMm = 0.12;

}  // namespace

double darkerNerves(const SideView& view, const Point3& eighth_mm, const Vec3& along) {
  double sum = 0;
  for (int i = -kLevelSteps; i <= kLevelSteps; ++i) {
    sum += interpolate(view.t2, eighth_mm + along * (kLevelStepMm * i));
  }
  const double core = std::max(0.0, sum / (2 * kLevelSteps + 1));
  return core < kDarkNerve * view.brain ? view.brain - core : 0;
}

ImageF withoutBone(const SideView& view, int threads, const Progress& progress) {
  const ImageF rough =
      imaging::gaussianSmooth(coarse(view.t2, kBoneVoxelMm, threads), 0.35, threads);
  const Mask bone =
      imaging::opened(between(rough, -1e30, 0.5 * view.brain), kBoneOpeningMm, threads);
  const ImageF distance = imaging::signedDistance(bone, threads);
  progress.stop().throwIfStopped();
  ImageF t2 = view.t2;
  const Size3& n = t2.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const double d = interpolate(distance, t2.geometry().toLps(i, j, k));
        const double x = std::clamp((d - kEdgeReachMm) / kEdgeMm, -30.0, 30.0);
        const double share = 1 / (1 + std::exp(x));
        t2(i, j, k) = static_cast<float>(t2(i, j, k) * (1 - share) + share);
      }
    }
  }
  return t2;
}

}  // namespace neurovasc::anatomy
