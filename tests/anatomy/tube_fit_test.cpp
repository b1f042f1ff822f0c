#include "neurovasc/anatomy/tube_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neurovasc/anatomy/minimal_path.h"
#include "neurovasc/imaging/smoothing.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kCore = 0.3;
constexpr double kSigmaMm = 0.25;

GridGeometry obliqueGrid(double spacing_mm) {
  GridGeometry grid;
  grid.size = {static_cast<int>(12 / spacing_mm), static_cast<int>(12 / spacing_mm),
               static_cast<int>(16 / spacing_mm)};
  grid.spacing_mm = {spacing_mm, spacing_mm, spacing_mm};
  grid.origin_mm = {21, -44, 8};
  const double c = std::cos(0.35);
  const double s = std::sin(0.35);
  grid.direction = Matrix3::fromColumns({c, 0, s}, {0, 1, 0}, {-s, 0, c});
  return grid;
}

/// A gently bent line through the middle of the grid.
std::vector<Point3> bentLine(const GridGeometry& grid) {
  std::vector<Point3> line;
  for (double t = 3; t <= 13; t += 0.25) {
    const double bend = 0.8 * std::sin(t / 4);
    line.push_back(grid.toLps(Vec3{5.9 + bend, 6.1, t} / grid.spacing_mm.x));
  }
  return line;
}

/// A dark tube drawn on a fine grid and blurred by the point spread.
ImageF blurredTube(const GridGeometry& grid, const std::vector<Point3>& line, double radius_mm) {
  ImageF image(grid, 1.0F);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const double d = project(line, grid.toLps(i, j, k)).distance_mm - radius_mm;
        // Partial volume of a voxel, so that the disc is no staircase.
        const double inside = std::clamp(0.5 - d / grid.spacing_mm.x, 0.0, 1.0);
        image(i, j, k) = static_cast<float>(1 - (1 - kCore) * inside);
      }
    }
  }
  return imaging::gaussianSmooth(image, kSigmaMm);
}

TubeFitOptions optionsForTest() {
  TubeFitOptions options;
  options.psf_sigma_mm = kSigmaMm;
  options.core = kCore;
  return options;
}

class TubeFitOfRadius : public testing::TestWithParam<double> {};

TEST_P(TubeFitOfRadius, RecoversAxisAndRadiusUnderBlur) {
  const GridGeometry grid = obliqueGrid(0.2);
  const std::vector<Point3> truth = bentLine(grid);
  const ImageF image = blurredTube(grid, truth, GetParam());
  std::vector<Point3> start = truth;
  for (Point3& p : start) p += Vec3{0.35, -0.25, 0};
  const Tube tube = fitTube(image, {}, start, optionsForTest(), {});
  ASSERT_GT(tube.size(), 12U);
  for (std::size_t i = 4; i + 4 < tube.size(); ++i) {
    EXPECT_LT(project(truth, tube.points_mm[i]).distance_mm, 0.08);
    EXPECT_NEAR(tube.radius_mm[i], GetParam(), 0.05);
    EXPECT_GT(tube.confidence[i], 0.8);
  }
}

INSTANTIATE_TEST_SUITE_P(OfNerves, TubeFitOfRadius, testing::Values(0.45, 0.6, 0.8));

TEST(TubeFit, IsNotPulledByADarkerNeighbourThatIsWeightedOut) {
  const GridGeometry grid = obliqueGrid(0.2);
  const std::vector<Point3> truth = bentLine(grid);
  std::vector<Point3> vessel = truth;
  for (Point3& p : vessel) p += Vec3{0, 1.2, 0};
  ImageF image = blurredTube(grid, truth, 0.6);
  const ImageF other = blurredTube(grid, vessel, 0.5);
  ImageF weight(grid, 1.0F);
  for (std::size_t i = 0; i < image.voxelCount(); ++i) {
    image[i] = std::min(image[i], other[i] - 0.2F * (1 - other[i]));
    if (other[i] < 0.8F) weight[i] = 0;
  }
  const Tube tube = fitTube(image, weight, truth, optionsForTest(), {});
  ASSERT_GT(tube.size(), 12U);
  for (std::size_t i = 4; i + 4 < tube.size(); ++i) {
    EXPECT_LT(project(truth, tube.points_mm[i]).distance_mm, 0.2);
  }
}

TEST(TubeFit, HasNoConfidenceInATubeThatIsKnownToBeNoNerve) {
  const GridGeometry grid = obliqueGrid(0.2);
  const std::vector<Point3> truth = bentLine(grid);
  const ImageF image = blurredTube(grid, truth, 0.6);
  ImageF weight(grid, 1.0F);
  for (std::size_t i = 0; i < image.voxelCount(); ++i) {
    if (image[i] < 0.7F) weight[i] = 0.1F;
  }
  const Tube tube = fitTube(image, weight, truth, optionsForTest(), {});
  for (std::size_t i = 4; i + 4 < tube.size(); ++i) EXPECT_LT(tube.confidence[i], 0.3);
}

TEST(TubeFit, RefusesAWindowSmallerThanATube) {
  TubeFitOptions options;
  options.window_mm = 0.1;
  EXPECT_ANY_THROW(validate(options));
}

TEST(MinimalPath, FollowsTheCheapChannelRoundACorner) {
  GridGeometry grid;
  grid.size = {20, 18, 9};
  grid.spacing_mm = {0.5, 0.7, 1.1};
  grid.origin_mm = {3, -8, 40};
  ImageF cost(grid, 10.0F);
  for (int i = 2; i < 17; ++i) cost(i, 3, 4) = 0.1F;
  for (int j = 3; j < 15; ++j) cost(16, j, 4) = 0.1F;
  Mask target(grid);
  target(16, 14, 4) = 1;
  const GridPath path = minimalPath(cost, {grid.offset(2, 3, 4)}, target, {});
  ASSERT_GT(path.points_mm.size(), 20U);
  EXPECT_LT(distance(path.points_mm.front(), grid.toLps(2, 3, 4)), 1e-9);
  EXPECT_LT(distance(path.points_mm.back(), grid.toLps(16, 14, 4)), 1e-9);
  double nearest_mm = 1e9;
  for (const Point3& p : path.points_mm) {
    nearest_mm = std::min(nearest_mm, distance(p, grid.toLps(15, 4, 4)));
  }
  EXPECT_LT(nearest_mm, 1.0);
  EXPECT_LT(path.mean_cost, 0.3);
}

TEST(MinimalPath, IsEmptyBehindAWall) {
  GridGeometry grid;
  grid.size = {9, 5, 5};
  ImageF cost(grid, 1.0F);
  for (int k = 0; k < 5; ++k) {
    for (int j = 0; j < 5; ++j) cost(4, j, k) = 0;
  }
  Mask target(grid);
  target(8, 2, 2) = 1;
  EXPECT_TRUE(minimalPath(cost, {grid.offset(0, 2, 2)}, target, {}).points_mm.empty());
}

TEST(SmoothedLine, KeepsItsEnds) {
  const std::vector<Point3> zigzag = {{0, 0, 0}, {1, 0.4, 0}, {2, -0.4, 0}, {3, 0.4, 0}, {4, 0, 0}};
  const std::vector<Point3> smooth = smoothedLine(zigzag, 0.8, 0.2);
  EXPECT_LT(distance(smooth.front(), zigzag.front()), 1e-9);
  EXPECT_LT(distance(smooth.back(), zigzag.back()), 1e-9);
  for (const Point3& p : smooth) EXPECT_LT(std::abs(p.y), 0.3);
}

}  // namespace
}  // namespace neurovasc::anatomy
