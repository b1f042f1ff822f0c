#include "neurovasc/scene/surface.h"

#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "scene/fixtures.h"

namespace neurovasc::scene {
namespace {

using testing::obliqueGrid;
using testing::sampled;

constexpr Point3 kCenter = {-31, 17, 53};
constexpr double kRadius_mm = 6;

double distanceToSphere(const Point3& p) { return distance(p, kCenter) - kRadius_mm; }

double largestError(const TriangleMesh& mesh) {
  double largest = 0;
  for (const Point3& p : mesh.vertices_mm) {
    largest = std::max(largest, std::abs(distanceToSphere(p)));
  }
  return largest;
}

SurfaceOptions negativeInside() {
  SurfaceOptions options;
  options.inside_is_below = true;
  return options;
}

class SphereSurface : public ::testing::TestWithParam<bool> {
 protected:
  ImageF image_ =
      sampled(obliqueGrid({36, 30, 24}, {0.5, 0.6, 0.8}, kCenter, GetParam()), distanceToSphere);
};

TEST_P(SphereSurface, LiesWhereTheObliqueImageSays) {
  const TriangleMesh mesh = extractSurface(image_, 0, negativeInside());
  ASSERT_GT(mesh.triangles.size(), 500U);
  EXPECT_LT(largestError(mesh), 0.05);
}

TEST_P(SphereSurface, TurnsItsTrianglesOutwards) {
  const double volume = 4.0 / 3 * 3.14159265 * std::pow(kRadius_mm, 3);
  EXPECT_NEAR(volumeMm3(extractSurface(image_, 0, negativeInside())), volume, 0.02 * volume);
}

TEST_P(SphereSurface, DoesNotShrinkWhenSmoothed) {
  SurfaceOptions options = negativeInside();
  options.smoothing_iterations = 30;
  EXPECT_LT(largestError(extractSurface(image_, 0, options)), 0.12);
}

TEST_P(SphereSurface, KeepsItsShapeWhenDecimated) {
  SurfaceOptions options = negativeInside();
  options.max_triangles = 600;
  const TriangleMesh mesh = extractSurface(image_, 0, options);
  EXPECT_LE(mesh.triangles.size(), 610U);
  EXPECT_GT(mesh.triangles.size(), 300U);
  EXPECT_LT(largestError(mesh), 0.25);
}

INSTANTIATE_TEST_SUITE_P(EitherHandedness, SphereSurface, ::testing::Bool());

TEST(Surface, IsClosedAtTheBorderOnRequest) {
  const GridGeometry grid = obliqueGrid({20, 20, 20}, {0.5, 0.6, 0.8}, {5, 6, 7});
  const ImageF full(grid, 1.0F);
  EXPECT_TRUE(extractSurface(full, 0.5).empty());
  SurfaceOptions options;
  options.close_at_border = true;
  const double block = 19 * 0.5 * 19 * 0.6 * 19 * 0.8;
  EXPECT_NEAR(volumeMm3(extractSurface(full, 0.5, options)), block, 0.01 * block);
}

TEST(Surface, OfOneLabelLeavesTheOthersOut) {
  LabelMap labels(obliqueGrid({40, 30, 20}, {0.5, 0.6, 0.8}, {-20, 3, 9}));
  for (int k = 5; k < 15; ++k) {
    for (int j = 5; j < 25; ++j) {
      for (int i = 5; i < 35; ++i) {
        labels(i, j, k) = i < 20 ? 4 : 5;
      }
    }
  }
  const double half_block = 15 * 0.5 * 20 * 0.6 * 10 * 0.8;
  EXPECT_NEAR(volumeMm3(extractLabelSurface(labels, 4)), half_block, 0.08 * half_block);
  EXPECT_TRUE(extractLabelSurface(labels, 9).empty());
}

TEST(SurfaceOptions, AreRefusedByName) {
  SurfaceOptions options;
  options.smoothing_iterations = -1;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.max_triangles = -1;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::scene
