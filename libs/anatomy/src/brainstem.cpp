#include "brainstem.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "neurovasc/imaging/morphology.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

constexpr double kStepMm = 0.25;
constexpr double kBehindSurfaceMm = 9;
constexpr double kWiderThanMedulla = 1.25;
/// The sulcus lies 2 to 11 mm below the detachment point (attached segments are 6 to 11 mm long).
constexpr double kUsualBelowMm = 6.5;
constexpr double kUnusualMm = 2.5;
constexpr double kLeastBelowMm = 2;
constexpr double kMostBelowMm = 11;
/// The medulla tapers downward: it is measured over this range below a level, at least 2 mm of it.
constexpr double kMedullaFromMm = 10;
constexpr double kMedullaToMm = 5.5;
constexpr std::size_t kLeastMedullaSteps = 8;
constexpr double kLowestMm = -26;
constexpr double kLeastMedullaHalfWidthMm = 6;
constexpr double kMostMedullaHalfWidthMm = 13;
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
  for (double y = -16; y < 28; y += kStepMm) {
    run = isBrain(view, {2, y, z}) ? run + kStepMm : 0;
    if (run >= 6) return y - 6;
  }
  return std::nullopt;
}

std::optional<double> halfWidth(const SideView& view, double z) {
  const auto front = anteriorSurface(view, z);
  if (!front) return std::nullopt;
  const double y = *front + kBehindSurfaceMm;
  double x = 2;
  while (x < 30 && isBrain(view, {x, y, z})) x += kStepMm;
  return x < 4 ? std::nullopt : std::optional<double>(x);
}

/// Median half-width of the medulla below @p level_mm, if enough of it is in view.
std::optional<double> medullaBelow(const std::vector<double>& z, const std::vector<double>& width,
                                   double level_mm) {
  std::vector<double> below;
  for (std::size_t i = 0; i < z.size(); ++i) {
    if (z[i] >= level_mm - kMedullaFromMm && z[i] <= level_mm - kMedullaToMm) {
      below.push_back(width[i]);
    }
  }
  if (below.size() < kLeastMedullaSteps) return std::nullopt;
  const auto middle = below.begin() + static_cast<std::ptrdiff_t>(below.size() / 2);
  std::nth_element(below.begin(), middle, below.end());
  if (*middle < kLeastMedullaHalfWidthMm || *middle > kMostMedullaHalfWidthMm) return std::nullopt;
  return *middle;
}

}  // namespace

SulcusLevel findSulcus(const SideView& view, double detachment_z_mm) {
  SulcusLevel level;
  level.z_mm = detachment_z_mm - kUsualBelowMm;
  std::vector<double> z;
  std::vector<double> width;
  for (double at = kLowestMm; at <= detachment_z_mm - kLeastBelowMm; at += kStepMm) {
    if (const auto w = halfWidth(view, at)) {
      z.push_back(at);
      width.push_back(*w);
    }
  }
  for (std::size_t i = 0; i + 2 < width.size(); ++i) {
    if (z[i] < detachment_z_mm - kMostBelowMm) continue;
    const auto medulla = medullaBelow(z, width, z[i]);
    const double least = std::min({width[i], width[i + 1], width[i + 2]});
    if (!medulla || least < kWiderThanMedulla * *medulla) continue;
    // A widening far from the usual height may be the flocculus' or an olive's: meet half-way.
    const bool unusual = std::abs(z[i] - level.z_mm) > kUnusualMm;
    level.z_mm = unusual ? 0.5 * (z[i] + level.z_mm) : z[i];
    level.sd_mm = unusual ? kUnusualMm : kSulcusSdMm;
    level.measured = true;
    break;
  }
  return level;
}

FilledBrain brainFilledWithCsf(const SideView& view, int threads, const Progress& progress) {
  const Mask core = between(view.brain_mm, -1e6, -kRidgeOpeningMm);
  FilledBrain filled{view.t2, imaging::distanceTo(core, threads)};
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
