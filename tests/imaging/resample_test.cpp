#include "neurovasc/imaging/resample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

const GridGeometry kGrid = test::obliqueGrid({26, 24, 20}, {0.5, 0.6, 0.8});

double wave(const Point3& p) {
  return std::sin(0.9 * p.x) + std::cos(0.7 * p.y) * std::sin(0.6 * p.z);
}

/// A grid across kGrid's axes, well inside it.
GridGeometry innerGrid() {
  GridGeometry grid = test::obliqueGrid({12, 10, 8}, {0.4, 0.3, 0.5});
  grid.direction = test::rotationAbout({1, 2, -1}, 40);
  grid.origin_mm = {};
  grid.origin_mm = test::centreOf(kGrid) - test::centreOf(grid);
  return grid;
}

double largestError(const ImageF& image, const RigidTransform& t) {
  double worst = 0;
  for (int k = 0; k < image.size()[2]; ++k) {
    for (int j = 0; j < image.size()[1]; ++j) {
      for (int i = 0; i < image.size()[0]; ++i) {
        const double truth = wave(t(image.geometry().toLps(i, j, k)));
        worst = std::max(worst, std::abs(image(i, j, k) - truth));
      }
    }
  }
  return worst;
}

TEST(Resample, CubicSplineFollowsASmoothFieldOnAnObliqueGrid) {
  const ImageF out = resample(test::sampled(kGrid, wave), innerGrid());
  EXPECT_LT(largestError(out, {}), 0.01);
}

TEST(Resample, LinearFollowsItMoreCoarsely) {
  const ImageF out = resample(test::sampled(kGrid, wave), innerGrid(), {}, Interpolation::linear);
  EXPECT_LT(largestError(out, {}), 0.12);
}

TEST(Resample, TakesValuesFromWhereTheTransformPoints) {
  const RigidTransform t = {test::rotationAbout({0, 0, 1}, 3), {2.1, -1.3, 0.1}};
  GridGeometry grid = innerGrid();
  grid.origin_mm = t.inverse()(grid.origin_mm);
  const ImageF out = resample(test::sampled(kGrid, wave), grid, t);
  EXPECT_LT(largestError(out, t), 0.01);
}

TEST(Resample, ReturnsTheSamplesThemselvesOnTheirOwnGrid) {
  const ImageF image = test::sampled(kGrid, wave);
  const ImageF out = resample(image, kGrid);
  for (std::size_t v = 0; v < image.voxelCount(); ++v) {
    ASSERT_NEAR(out[v], image[v], 2e-5);
  }
}

TEST(Resample, AgreesBetweenTheSeparableAndTheGeneralPath) {
  const ImageF image = test::sampled(kGrid, wave);
  GridGeometry grid = fineGrid(kGrid, 0.3);
  const ImageF along = resample(image, grid);
  // A turn too small to move anything, but not zero, takes the general path.
  const ImageF across = resample(image, grid, {test::rotationAbout({1, 1, 1}, 1e-5), {}});
  for (std::size_t v = 0; v < along.voxelCount(); ++v) {
    ASSERT_NEAR(along[v], across[v], 1e-4);
  }
}

TEST(Resample, FillsWhatLiesOutside) {
  GridGeometry grid = kGrid;
  grid.origin_mm = kGrid.toLps(25, 0, 0);
  const ImageF out = resample(ImageF(kGrid, 7.0F), grid, {}, Interpolation::linear, -3);
  EXPECT_FLOAT_EQ(out(0, 5, 5), 7);
  EXPECT_FLOAT_EQ(out(2, 5, 5), -3);
}

TEST(Resample, TakesLabelsFromTheNearestVoxel) {
  LabelMap labels(kGrid);
  labels(20, 12, 9) = 4;
  GridGeometry grid = fineGrid(kGrid, 0.1);
  const LabelMap out = resampleLabels(labels, grid);
  const auto count = std::count(out.begin(), out.end(), 4);
  EXPECT_NEAR(static_cast<double>(count), 0.5 * 0.6 * 0.8 / 0.001, 1);
}

TEST(FineGrid, KeepsTheOuterFacesAndTheAxes) {
  const GridGeometry fine = fineGrid(kGrid, 0.25);
  EXPECT_EQ(fine.size, (Size3{52, 57, 64}));
  EXPECT_EQ(fine.direction, kGrid.direction);
  const Vec3 corner = kGrid.toIndex(fine.toLps(Vec3{-0.5, -0.5, -0.5}));
  for (int axis = 0; axis < 3; ++axis) {
    EXPECT_NEAR(corner[axis], -0.5, 1e-9);
  }
  EXPECT_THROW(fineGrid(kGrid, 0), Error);
}

TEST(Crop, LeavesEveryVoxelWhereItIs) {
  const ImageF image = test::sampled(kGrid, wave);
  const ImageF part = crop(image, {{3, 4, 5}, {20, 15, 18}});
  EXPECT_EQ(part.size(), (Size3{17, 11, 13}));
  EXPECT_FLOAT_EQ(part(2, 3, 4), image(5, 7, 9));
  EXPECT_LT(distance(part.geometry().toLps(2, 3, 4), kGrid.toLps(5, 7, 9)), 1e-9);
}

TEST(BoxCovering, HoldsTheRegionWithItsMargin) {
  const GridGeometry inner = innerGrid();
  const IndexBox box = boxCovering(kGrid, inner, 1.0);
  const GridGeometry part = cropped(kGrid, box);
  for (int corner = 0; corner < 8; ++corner) {
    const Point3 p = inner.toLps((corner & 1) * 11, (corner >> 1 & 1) * 9, (corner >> 2) * 7);
    EXPECT_TRUE(part.contains(p, 0.9));
  }
  EXPECT_LT(part.voxelCount(), kGrid.voxelCount());
}

}  // namespace
}  // namespace neurovasc::imaging
