#include "brainstem.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

constexpr double kStepMm = 0.25;
constexpr double kBehindSurfaceMm = 9;
constexpr double kWiderThanMedulla = 1.25;
/// The medulla is looked for this far below the ears' level, the pons up to this far above.
constexpr double kMedullaTopMm = -9;
constexpr double kMedullaBottomMm = -15;
constexpr double kPonsMm = 6;
constexpr double kSulcusSdMm = 0.5;
/// Larger than the ridge of the nerve on the pons, smaller than the pons' own curvature.
constexpr double kRidgeOpeningMm = 4.0;
constexpr double kFillReachMm = 0.35;
constexpr double kFillEdgeMm = 0.12;

bool isBrain(const SideView& view, const Vec3& p) {
  const Point3 lps = view.lpsOf(p);
  return view.brain_mm.geometry().contains(lps) && interpolate(view.brain_mm, lps) < 0;
}

/// y of the brainstem's anterior surface beside the midline: the first of 6 mm of brain.
std::optional<double> anteriorSurface(const SideView& view, double z) {
  double run = 0;
  for (double y = -16; y < 15; y += kStepMm) {
    run = isBrain(view, {2, y, z}) ? run + kStepMm : 0;
    if (run >= 6) return y - 6;
  }
  return std::nullopt;
}

std::optional<double> halfWidth(const SideView& view, double z) {
  const auto front = anteriorSurface(view, z);
  if (!front) return std::nullopt;
  const double y = std::min(*front + kBehindSurfaceMm, 16.0);
  double x = 2;
  while (x < 30 && isBrain(view, {x, y, z})) x += kStepMm;
  return x < 4 ? std::nullopt : std::optional<double>(x);
}

}  // namespace

SulcusLevel findSulcus(const SideView& view) {
  SulcusLevel level;
  std::vector<double> medulla;
  for (double z = kMedullaBottomMm; z <= kMedullaTopMm; z += kStepMm) {
    if (const auto w = halfWidth(view, z)) medulla.push_back(*w);
  }
  if (medulla.size() < 6) return level;
  const auto middle = medulla.begin() + static_cast<std::ptrdiff_t>(medulla.size() / 2);
  std::nth_element(medulla.begin(), middle, medulla.end());
  int wide = 0;
  for (double z = kMedullaTopMm; z <= kPonsMm; z += kStepMm) {
    const auto w = halfWidth(view, z);
    wide = w && *w > kWiderThanMedulla * *middle ? wide + 1 : 0;
    if (wide < 3) continue;
    level.z_mm = z - 2 * kStepMm;
    level.sd_mm = kSulcusSdMm;
    level.measured = true;
    break;
  }
  return level;
}

FilledBrain brainFilledWithCsf(const SideView& view, int threads, const Progress& progress) {
  const Mask core = between(view.brain_mm, -1e6, -kRidgeOpeningMm);
  FilledBrain filled{view.t2, distanceTo(core, threads)};
  progress.stop().throwIfStopped();
  for (std::size_t i = 0; i < filled.t2.voxelCount(); ++i) {
    float& d = filled.distance_mm[i];
    d -= static_cast<float>(kRidgeOpeningMm);
    const double x = std::clamp((d - kFillReachMm) / kFillEdgeMm, -30.0, 30.0);
    const double s = 1 / (1 + std::exp(x));
    filled.t2[i] = static_cast<float>(filled.t2[i] * (1 - s) + s);
  }
  return filled;
}

}  // namespace neurovasc::anatomy
