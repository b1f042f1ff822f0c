#include "neurovasc/imaging/smoothing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

const GridGeometry kGrid = test::obliqueGrid({33, 29, 25}, {0.3, 0.4, 0.5});

TEST(GaussianSmooth, KeepsAPlateau) {
  const ImageF out = gaussianSmooth(ImageF(kGrid, 812.5F), 0.9);
  for (const float value : out) {
    ASSERT_NEAR(value, 812.5, 1e-2);
  }
}

TEST(GaussianSmooth, AddsItsVarianceInMillimetresInEveryDirection) {
  ImageF point(kGrid);
  point(16, 14, 12) = 1;
  const ImageF out = gaussianSmooth(point, 0.9);
  const Point3 centre = kGrid.toLps(16, 14, 12);
  Vec3 variance;
  double total = 0;
  for (int k = 0; k < kGrid.size[2]; ++k) {
    for (int j = 0; j < kGrid.size[1]; ++j) {
      for (int i = 0; i < kGrid.size[0]; ++i) {
        const Vec3 d = kGrid.toLps(i, j, k) - centre;
        total += out(i, j, k);
        variance += out(i, j, k) * Vec3{d.x * d.x, d.y * d.y, d.z * d.z};
      }
    }
  }
  EXPECT_NEAR(total, 1, 1e-4);
  for (int axis = 0; axis < 3; ++axis) {
    EXPECT_NEAR(variance[axis], 0.81, 0.02);
  }
}

TEST(GaussianSmooth, LeavesTheImageAloneForSigmaZero) {
  const ImageF image = test::sampled(kGrid, [](const Point3& p) { return p.x * p.y - p.z; });
  const ImageF out = gaussianSmooth(image, 0);
  EXPECT_TRUE(std::equal(image.begin(), image.end(), out.begin()));
}

TEST(GaussianSmooth, GivesTheSameBytesAtOneAndFourThreads) {
  const ImageF image = test::sampled(kGrid, [](const Point3& p) { return std::sin(p.x * p.y); });
  const ImageF one = gaussianSmooth(image, Vec3{0.4, 0.6, 0.8}, 1);
  const ImageF four = gaussianSmooth(image, Vec3{0.4, 0.6, 0.8}, 4);
  EXPECT_TRUE(std::equal(one.begin(), one.end(), four.begin()));
}

TEST(GaussianSmooth, RefusesANegativeSigma) {
  EXPECT_THROW(gaussianSmooth(ImageF(kGrid), -0.1), Error);
}

}  // namespace
}  // namespace neurovasc::imaging
