#include "neurovasc/imaging/tubularness.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

using test::centreOf;
using test::distanceToLine;
using test::obliqueGrid;

/// How much of a voxel-sized neighbourhood lies within @p radius_mm of a line, for a sharp edge
/// without aliasing.
double soft(double distance_mm, double radius_mm) {
  constexpr double kEdge_mm = 0.2;
  return std::clamp((radius_mm - distance_mm) / kEdge_mm + 0.5, 0.0, 1.0);
}

/// A tube of signal @p inside in surroundings of 1000.
ImageF tubeImage(const GridGeometry& grid, const Vec3& axis, double radius_mm, double inside) {
  const Point3 centre = centreOf(grid);
  return test::sampled(grid, [&](const Point3& p) {
    return 1000 + (inside - 1000) * soft(distanceToLine(p, centre, axis), radius_mm);
  });
}

float atCentre(const ImageF& image) {
  return image(image.size()[0] / 2, image.size()[1] / 2, image.size()[2] / 2);
}

const GridGeometry kGrid = obliqueGrid({41, 35, 31}, {0.2, 0.22, 0.25});

TEST(Tubularness, AnswersTheContrastOnTheAxisOfAnIdealDarkTube) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.8, 300);
  for (const TubeFilter filter : {TubeFilter::hessian, TubeFilter::optimally_oriented_flux}) {
    TubularnessOptions options;
    options.radii_mm = {0.8};
    options.filter = filter;
    EXPECT_NEAR(atCentre(tubularness(image, options).response), 700, 35);
  }
}

TEST(Tubularness, AnswersAnotherRadiusByTheFormulaOfTheHeader) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.8, 300);
  TubularnessOptions options;
  options.radii_mm = {0.6};
  const double x = (0.8 / 0.6) * (0.8 / 0.6);
  EXPECT_NEAR(atCentre(tubularness(image, options).response), 700 * x * std::exp(1 - x), 35);
}

TEST(Tubularness, SeesABrightTubeOnlyWhenAskedForBright) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.8, 1500);
  TubularnessOptions options;
  options.radii_mm = {0.8};
  EXPECT_LT(atCentre(tubularness(image, options).response), 20);
  options.polarity = TubePolarity::bright;
  EXPECT_NEAR(atCentre(tubularness(image, options).response), 500, 25);
}

TEST(Tubularness, IsBlindToAWall) {
  const Point3 centre = centreOf(kGrid);
  const Vec3 normal = normalized({0.2, 0.9, 0.4});
  const ImageF wall = test::sampled(kGrid, [&](const Point3& p) {
    return 1000 - 700 * soft(std::abs(dot(p - centre, normal)), 0.5);
  });
  TubularnessOptions options;
  options.radii_mm = {0.5, 0.8};
  EXPECT_LT(atCentre(tubularness(wall, options).response), 35);
}

TEST(Tubularness, ChoosesTheScaleOfTheTube) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.75, 0);
  const TubularnessMap map = tubularness(image, TubularnessOptions{});
  EXPECT_EQ(map.scale(kGrid.size[0] / 2, kGrid.size[1] / 2, kGrid.size[2] / 2), 2);
}

TEST(Tubularness, GivesTheDirectionInLpsOnAnObliqueGrid) {
  const Vec3 axis = normalized({0.6, 0.3, -0.7});
  TubularnessOptions options;
  options.radii_mm = {0.8};
  options.directions = true;
  const TubularnessMap map = tubularness(tubeImage(kGrid, axis, 0.8, 300), options);
  const Vec3 found =
      unpackDirection(map.direction(kGrid.size[0] / 2, kGrid.size[1] / 2, kGrid.size[2] / 2));
  EXPECT_GT(std::abs(dot(found, axis)), std::cos(3 * 3.1416 / 180));
}

TEST(Tubularness, PacksEveryDirectionToWithinADegree) {
  for (int n = 0; n < 500; ++n) {
    const double z = 1 - 2 * (n + 0.5) / 500;
    const double r = std::sqrt(1 - z * z);
    const Vec3 d = {r * std::cos(2.4 * n), r * std::sin(2.4 * n), z};
    EXPECT_GT(std::abs(dot(d, unpackDirection(packDirection(d)))), std::cos(3.1416 / 180));
  }
}

TEST(Tubularness, GivesTheSameBytesAtOneAndFourThreads) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.5, 300);
  TubularnessOptions options;
  options.filter = TubeFilter::optimally_oriented_flux;
  options.threads = 1;
  const TubularnessMap one = tubularness(image, options);
  options.threads = 4;
  const TubularnessMap four = tubularness(image, options);
  EXPECT_TRUE(std::equal(one.response.begin(), one.response.end(), four.response.begin()));
  EXPECT_TRUE(std::equal(one.scale.begin(), one.scale.end(), four.scale.begin()));
}

TEST(Tubularness, AnswersTheSameInsideAMaskAndNothingOutside) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.5, 300);
  const TubularnessOptions options;
  Mask where(kGrid);
  for (std::size_t n = 0; n < where.voxelCount(); ++n) {
    where[n] = n % 3 == 0 && n > where.voxelCount() / 4 ? 1 : 0;
  }
  const TubularnessMap all = tubularness(image, options);
  const TubularnessMap some = tubularness(image, where, options);
  float most = 0;
  for (std::size_t n = 0; n < where.voxelCount(); ++n) {
    ASSERT_EQ(some.response[n], where[n] != 0 ? all.response[n] : 0.F) << "voxel " << n;
    most = std::max(most, some.response[n]);
  }
  EXPECT_GT(most, 0);
}

TEST(Tubularness, RefusesAMaskOfAnotherGrid) {
  const ImageF image = tubeImage(kGrid, {0.6, 0.3, 0.7}, 0.5, 300);
  EXPECT_THROW(tubularness(image, Mask(obliqueGrid({3, 3, 3}, {1, 1, 1})), {}), Error);
}

TEST(Tubularness, StopsWhenAsked) {
  StopToken stop;
  stop.requestStop();
  const Progress progress({}, {}, stop);
  EXPECT_THROW(tubularness(ImageF(kGrid), TubularnessOptions{}, progress), Error);
}

TEST(TubularnessOptions, AreRefusedWithTheNameOfTheOption) {
  const auto messageOf = [](const TubularnessOptions& options) -> std::string {
    try {
      validate(options);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::usage);
      return error.message();
    }
    return "accepted";
  };
  TubularnessOptions options;
  EXPECT_EQ(messageOf(options), "accepted");
  options.radii_mm = {0.5, 0.4};
  EXPECT_NE(messageOf(options).find("radii_mm"), std::string::npos);
  options = {};
  options.flux_sigma_mm = 0;
  EXPECT_NE(messageOf(options).find("flux_sigma_mm"), std::string::npos);
  options = {};
  options.threads = -1;
  EXPECT_NE(messageOf(options).find("threads"), std::string::npos);
}

}  // namespace
}  // namespace neurovasc::imaging
