#include "neurovasc/imaging/noise.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/resample.h"

namespace neurovasc::imaging {
namespace {

const GridGeometry kGrid = test::obliqueGrid({64, 60, 40}, {0.5, 0.5, 0.7});

/// A brain with folds, a cistern with strands in it, and air, no two neighbours equally bright.
double anatomy(const Point3& p) {
  const double fold = std::sin(2.2 * p.x + 1.3 * std::sin(p.y));
  const bool air = p.x + p.z < 24;
  const bool cistern = p.y + 0.3 * p.x > 25;
  const double shading = 1 + 0.01 * p.x;
  return air ? 0
             : (cistern ? (fold > 0.93 ? 250 : 1000) : 330 + (p.z > 60 ? 80 * fold : 0)) * shading;
}

/// The magnitude of the signal in complex noise.
ImageF rician(const GridGeometry& grid, double noise_sd, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, noise_sd);
  return test::sampled(grid, [&](const Point3& p) {
    const double real = anatomy(p) + noise(random);
    return std::hypot(real, noise(random));
  });
}

TEST(Noise, IsFoundAmongStructureAndShadingAtAnyLevel) {
  for (const double sd : {10.0, 25.0, 50.0}) {
    EXPECT_NEAR(estimateNoise(rician(kGrid, sd, 7)).sd, sd, 0.06 * sd) << "true " << sd;
  }
}

TEST(Noise, OfAirIsCorrectedForTheMagnitude) {
  const NoiseEstimate estimate = estimateNoise(rician(kGrid, 30, 3));
  EXPECT_NEAR(estimate.background_sd, 30, 1.5);
  EXPECT_GT(estimate.background_blocks, 100U);
}

TEST(Noise, OfAnInterpolatedImageIsThatOfTheMeasuredVoxels) {
  const GridGeometry acquired = test::obliqueGrid({48, 44, 36}, {0.6, 0.6, 0.6});
  GridGeometry twice = fineGrid(acquired, 0.3);
  // Zero filling keeps the noise at the measured places; here the fine grid passes through them.
  twice.origin_mm = acquired.origin_mm;
  const ImageF image = resample(rician(acquired, 30, 5), twice);
  EXPECT_NEAR(estimateNoise(image).sd, 30, 8);
}

TEST(Noise, OfAnImageWithoutNoiseIsZero) { EXPECT_EQ(estimateNoise(ImageF(kGrid, 500.0F)).sd, 0); }

TEST(Noise, IsTheSameAtOneAndFourThreads) {
  const ImageF image = rician(kGrid, 20, 1);
  NoiseOptions options;
  options.threads = 1;
  const double one = estimateNoise(image, options).sd;
  options.threads = 4;
  EXPECT_EQ(one, estimateNoise(image, options).sd);
}

TEST(NoiseOptions, AreRefusedOutOfRange) {
  NoiseOptions options;
  options.block_mm = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.minimum_snr = 1;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::imaging
