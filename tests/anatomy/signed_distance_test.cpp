#include <gtest/gtest.h>

#include <cmath>

#include "neurovasc/anatomy/tissue.h"

namespace neurovasc::anatomy {
namespace {

/// A grid turned by 30 degrees about z, off the origin.
GridGeometry obliqueGrid(double spacing_mm) {
  GridGeometry grid;
  grid.size = {48, 44, 40};
  grid.spacing_mm = {spacing_mm, spacing_mm, spacing_mm};
  grid.origin_mm = {-31, 12, 5};
  const double c = std::cos(M_PI / 6);
  const double s = std::sin(M_PI / 6);
  grid.direction = Matrix3::fromColumns({c, s, 0}, {-s, c, 0}, {0, 0, 1});
  return grid;
}

TEST(SignedDistance, IsSubVoxelOnASphere) {
  const GridGeometry grid = obliqueGrid(0.5);
  const Point3 center = grid.toLps(Vec3{23.3, 21.8, 19.6});
  const double radius_mm = 5.3;
  ImageF field(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const double d = distance(grid.toLps(i, j, k), center) - radius_mm;
        field(i, j, k) = static_cast<float>(std::tanh(d));  // no distance, but linear around zero
      }
    }
  }
  const ImageF found = signedDistance(field);
  double worst_mm = 0;
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const double truth = distance(grid.toLps(i, j, k), center) - radius_mm;
        if (std::abs(truth) > 4) continue;
        worst_mm = std::max(worst_mm, std::abs(found(i, j, k) - truth));
      }
    }
  }
  EXPECT_LT(worst_mm, 0.08);
}

TEST(SignedDistance, IsFarEverywhereWithoutASurface) {
  const ImageF found = signedDistance(ImageF(obliqueGrid(0.5), 1.0F));
  EXPECT_GT(found(3, 4, 5), 100.0F);
}

}  // namespace
}  // namespace neurovasc::anatomy
