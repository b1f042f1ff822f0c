#include "neurovasc/core/volume.h"

#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "support/geometry.h"

namespace neurovasc {
namespace {

using testing::obliqueGrid;

/// A volume whose value is a linear function of LPS position.
ImageF linearRamp(const GridGeometry& grid, const Vec3& slope) {
  ImageF image(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        image(i, j, k) = static_cast<float>(dot(slope, grid.toLps(i, j, k)));
      }
    }
  }
  return image;
}

TEST(GridGeometry, MapsIndexToLpsAndBack) {
  const GridGeometry grid = obliqueGrid({20, 30, 40});
  const Vec3 index = {3.25, 17.5, 29.75};
  const Vec3 back = grid.toIndex(grid.toLps(index));
  EXPECT_NEAR(back.x, index.x, 1e-12);
  EXPECT_NEAR(back.y, index.y, 1e-12);
  EXPECT_NEAR(back.z, index.z, 1e-12);
}

TEST(GridGeometry, StepsAlongItsObliqueAxesBySpacing) {
  const GridGeometry grid = obliqueGrid({20, 30, 40});
  const Vec3 step = grid.toLps(4, 7, 9) - grid.toLps(4, 7, 8);
  EXPECT_NEAR(norm(step), 0.8, 1e-12);
  EXPECT_NEAR(dot(normalized(step), grid.direction.column(2)), 1, 1e-12);
}

TEST(GridGeometry, KeepsVoxelsInPlaceWhenCropped) {
  const GridGeometry grid = obliqueGrid({20, 30, 40});
  const GridGeometry part = cropped(grid, {{5, 6, 7}, {15, 16, 17}});
  EXPECT_EQ(part.size, (Size3{10, 10, 10}));
  EXPECT_NEAR(distance(part.toLps(2, 3, 4), grid.toLps(7, 9, 11)), 0, 1e-12);
}

TEST(GridGeometry, ContainsItsBorderButNotAMarginBeyond) {
  const GridGeometry grid = obliqueGrid({20, 30, 40});
  EXPECT_TRUE(grid.contains(grid.toLps(Vec3{0.01, 1, 1})));
  EXPECT_FALSE(grid.contains(grid.toLps(Vec3{-0.01, 1, 1})));
  EXPECT_FALSE(grid.contains(grid.toLps(Vec3{0.5, 9, 9}), 0.5));
}

TEST(Interpolate, IsExactForALinearRampOnAnObliqueGrid) {
  const GridGeometry grid = obliqueGrid({12, 11, 10});
  const Vec3 slope = {2, -3, 5};
  const ImageF ramp = linearRamp(grid, slope);
  const Point3 p = grid.toLps(Vec3{4.3, 5.6, 6.2});
  EXPECT_NEAR(interpolate(ramp, p), dot(slope, p), 1e-3);
}

TEST(Interpolate, HoldsTheBorderValueOutside) {
  const GridGeometry grid = obliqueGrid({4, 4, 4});
  const ImageF ramp = linearRamp(grid, {1, 0, 0});
  EXPECT_FLOAT_EQ(static_cast<float>(interpolate(ramp, grid.toLps(Vec3{-5, 0, 0}))), ramp(0, 0, 0));
}

TEST(Gradient, OfALinearRampIsItsSlopeInLps) {
  const Vec3 slope = {2, -3, 5};
  const GridGeometry grid = obliqueGrid({12, 12, 12});
  const ImageF ramp = linearRamp(grid, slope);
  const Vec3 g = gradient(ramp, grid.toLps(6, 6, 6), 0.4);
  EXPECT_NEAR(norm(g - slope), 0, 1e-3);
}

TEST(Validate, RefusesShearedAxesAndZeroSpacing) {
  GridGeometry sheared = obliqueGrid({4, 4, 4});
  sheared.direction(0, 1) += 0.01;
  EXPECT_THROW(validate(sheared, "test"), Error);
  GridGeometry flat = obliqueGrid({4, 4, 4});
  flat.spacing_mm.z = 0;
  EXPECT_THROW(validate(flat, "test"), Error);
  EXPECT_NO_THROW(validate(obliqueGrid({4, 4, 4}), "test"));
}

}  // namespace
}  // namespace neurovasc
