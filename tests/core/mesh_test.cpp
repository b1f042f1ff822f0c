#include "neurovasc/core/mesh.h"

#include <gtest/gtest.h>

#include <cmath>

namespace neurovasc {
namespace {

constexpr double kPi = 3.141592653589793;

TEST(TubeSurface, EnclosesTheVolumeOfACylinderWithNormalsOutward) {
  const Tube tube{{{1, 2, 3}, {1, 2, 8}}, {1.5, 1.5}, {}};
  const TriangleMesh mesh = tubeSurface(tube, 256);
  EXPECT_NEAR(volumeMm3(mesh), kPi * 1.5 * 1.5 * 5, 0.01);
  EXPECT_NEAR(surfaceAreaMm2(mesh), 2 * kPi * 1.5 * 5 + 2 * kPi * 1.5 * 1.5, 0.01);
}

TEST(TubeSurface, DoesNotTwistAroundAHelix) {
  Tube tube;
  for (int i = 0; i <= 200; ++i) {
    const double a = 0.05 * i;
    tube.points_mm.push_back({10 * std::cos(a), 10 * std::sin(a), a});
    tube.radius_mm.push_back(0.5);
  }
  const TriangleMesh mesh = tubeSurface(tube, 64);
  const double length = lengthOf(tube.points_mm);
  EXPECT_NEAR(volumeMm3(mesh), kPi * 0.25 * length, 0.01 * kPi * 0.25 * length);
}

TEST(TubeSurface, OfASinglePointIsEmpty) {
  EXPECT_TRUE(tubeSurface({{{0, 0, 0}}, {1}, {}}, 8).empty());
}

}  // namespace
}  // namespace neurovasc
