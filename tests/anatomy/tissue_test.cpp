#include "neurovasc/anatomy/tissue.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <functional>

#include "support/geometry.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kBrain = 0.33;
constexpr double kCsf = 1;
constexpr double kDark = 0.08;
constexpr double kRadiusMm = 11;

GridGeometry obliqueGrid() {
  GridGeometry grid;
  grid.size = {64, 64, 64};
  grid.spacing_mm = {0.5, 0.5, 0.5};
  grid.direction = testing::obliqueDirection();
  grid.origin_mm = {4, -7, 11};
  return grid;
}

Point3 middle() { return obliqueGrid().toLps(Vec3{31.3, 32.1, 31.8}); }

/// The level on T2 at a point given from the middle.
using Drawing = std::function<double(const Vec3&)>;

double ball(const Vec3& p) { return norm(p) < kRadiusMm ? kBrain : kCsf; }

constexpr double kVoxelMm = 0.8;

/// The same for all of an acquired voxel: a sum of uniform numbers, of standard deviation 1.
double noiseAt(const Vec3& p) {
  const auto cell = [](double x) {
    return static_cast<std::uint32_t>(std::lround(x / kVoxelMm) + 500);
  };
  std::uint32_t state = cell(p.x) * 73856093U ^ cell(p.y) * 19349663U ^ cell(p.z) * 83492791U;
  double sum = -6;
  for (int i = 0; i < 13; ++i) {
    state = state * 1664525U + 1013904223U;
    sum += i > 0 ? static_cast<double>(state >> 8) / (1U << 24) : 0;
  }
  return sum;
}

/// Signed distance in mm to the brain of @p drawing at @p from_middle.
double brainDistance(const Drawing& drawing, const Vec3& from_middle, double noise_sd = 0) {
  FusedImage series;
  series.acquired_voxel_mm = {kVoxelMm, kVoxelMm, kVoxelMm};
  series.noise_sd = noise_sd;
  series.fine = ImageF(obliqueGrid());
  ImageF& t2 = series.fine;
  const Size3& n = t2.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const Vec3 p = t2.geometry().toLps(i, j, k) - middle();
        t2(i, j, k) = static_cast<float>(drawing(p) + noise_sd * noiseAt(p));
      }
    }
  }
  TissueLevels levels;
  levels.t2_brain = kBrain;
  levels.t2_csf = kCsf;
  levels.t2_dark = 0.01;
  HeadFrame frame;
  frame.head_from_lps.translation = -1.0 * middle();
  const TissueMaps maps = mapTissue(series, levels, frame, 2, {});
  return interpolate(maps.brain_distance_mm, middle() + from_middle);
}

TEST(MapTissue, MeasuresTheDepthInTheBrain) {
  EXPECT_NEAR(brainDistance(ball, {1, 0, 0}), 1 - kRadiusMm, 0.3);
  EXPECT_NEAR(brainDistance(ball, {0, kRadiusMm + 2, 0}), 2, 0.3);
}

TEST(MapTissue, FindsTheBrainUnderNoiseThatMakesHolesInIt) {
  EXPECT_LT(brainDistance(ball, {1, 0, 0}, 0.13), -8.5);  // 1 - kRadiusMm without noise
  EXPECT_LT(brainDistance(ball, {4, 4, 4}, 0.13), -2);
}

/// Dim by two fifths between -0.8 and 0.8 mm of a plane through the brain, in grains of 1 mm as
/// dark as bone.
double banded(const Vec3& p) {
  if (std::abs(p.x - 2) > 0.8 || norm(p) > kRadiusMm) return ball(p);
  const bool grain = (std::lround(p.x) + std::lround(p.y) + std::lround(p.z)) % 3 == 0;
  return grain ? kDark : 0.6 * kBrain;
}

TEST(MapTissue, FindsNoSurfaceAtTheGrainsOfADarkBandThroughTheBrain) {
  for (const Vec3& p : {Vec3{2, 0, 0}, Vec3{2, 3, -2}, Vec3{2.4, -4, 3}}) {
    EXPECT_LT(brainDistance(banded, p), -2.5) << "without the band " << norm(p) - kRadiusMm;
  }
}

TEST(MapTissue, TakesNoVoidInAFissureForBrain) {
  const Drawing vessel = [](const Vec3& p) {
    const bool fissure = std::abs(p.x) < 1.2;
    return std::hypot(p.x, p.y) < 0.6 ? kDark : fissure ? kCsf : ball(p);
  };
  EXPECT_GT(brainDistance(vessel, {0, 0, 0}), 0.5);
}

TEST(MapTissue, TakesNoVoidBeddedInTheBrainForBrain) {
  constexpr double kAxisMm = kRadiusMm - 0.8;
  const Drawing vessel = [](const Vec3& p) {
    return std::hypot(p.x, p.y - kAxisMm) < 0.8 ? kDark : ball(p);
  };
  EXPECT_GT(brainDistance(vessel, {0, kAxisMm, 0}), 0.1);
}

}  // namespace
}  // namespace neurovasc::anatomy
