#include "neurovasc/imaging/bias.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

const GridGeometry kGrid = test::obliqueGrid({80, 70, 44}, {0.6, 0.6, 0.7});
constexpr double kNoise = 20;

bool isFluid(const Point3& p) {
  return std::sin(0.3 * p.x) + std::sin(0.25 * p.y + 0.2 * p.z) > 0.5;
}

/// A falling off to one side with a bright centre, +-20 %.
double shading(const Point3& p) {
  const Vec3 q = (p - test::centreOf(kGrid)) / 25;
  return std::exp(0.12 * q.x - 0.08 * q.z - 0.1 * dot(q, q));
}

ImageF head(bool shaded) {
  std::mt19937 random(11);
  std::normal_distribution<double> noise(0, kNoise);
  return test::sampled(kGrid, [&](const Point3& p) {
    return (isFluid(p) ? 1000 : 330) * (shaded ? shading(p) : 1) + noise(random);
  });
}

/// Median of one tissue in each octant: largest over smallest.
double unevenness(const ImageF& image) {
  std::array<std::vector<float>, 8> fluid;
  const Point3 centre = test::centreOf(kGrid);
  for (int k = 0; k < kGrid.size[2]; ++k) {
    for (int j = 0; j < kGrid.size[1]; ++j) {
      for (int i = 0; i < kGrid.size[0]; ++i) {
        const Point3 p = kGrid.toLps(i, j, k);
        if (isFluid(p)) {
          const int octant = (p.x > centre.x) + 2 * (p.y > centre.y) + 4 * (p.z > centre.z);
          fluid[static_cast<std::size_t>(octant)].push_back(image(i, j, k));
        }
      }
    }
  }
  std::vector<float> medians;
  for (auto& values : fluid) {
    std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
    medians.push_back(values[values.size() / 2]);
  }
  const auto [low, high] = std::minmax_element(medians.begin(), medians.end());
  return static_cast<double>(*high / *low);
}

TEST(Bias, OfASmoothShadingIsRemovedAndPlateausStay) {
  ImageF image = head(true);
  EXPECT_GT(unevenness(image), 1.12);
  const BiasField field = estimateBias(image, kNoise);
  removeBias(image, field);
  EXPECT_LT(unevenness(image), 1.02);
  std::vector<float> values(image.begin(), image.end());
  std::nth_element(values.begin(), values.begin() + values.size() / 10, values.end());
  EXPECT_NEAR(values[values.size() / 10], 330, 45);
}

TEST(Bias, OfAnEvenImageIsLeftAlone) { EXPECT_TRUE(estimateBias(head(false), kNoise).flat()); }

TEST(Bias, IsFlatWhereNothingIsHomogeneous) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> anything(0, 1000);
  const ImageF image = test::sampled(kGrid, [&](const Point3&) { return anything(random); });
  EXPECT_TRUE(estimateBias(image, kNoise).flat());
  EXPECT_EQ(BiasField{}.at({1, 2, 3}), 1);
}

TEST(Bias, IsTheSameAtOneAndFourThreads) {
  ImageF one = head(true);
  ImageF four = one;
  BiasOptions options;
  options.threads = 1;
  removeBias(one, estimateBias(one, kNoise, options), 1);
  options.threads = 4;
  removeBias(four, estimateBias(four, kNoise, options), 4);
  EXPECT_TRUE(std::equal(one.begin(), one.end(), four.begin()));
}

TEST(BiasOptions, AreRefusedOutOfRange) {
  BiasOptions options;
  options.degree = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.minimum_gain = 1;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::imaging
