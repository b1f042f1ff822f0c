#include "neurovasc/page/slice_volume.h"

#include <gtest/gtest.h>

#include "scene/fixtures.h"

namespace neurovasc::page {
namespace {

using scene::testing::kMiddle;

/// Values are LPS x, so that a voxel tells where it lies.
scene::SceneImage ramp() {
  const auto grid = scene::testing::obliqueGrid({80, 60, 50}, {0.5, 0.6, 0.8}, kMiddle);
  return {scene::testing::sampled(grid, [](const Point3& p) { return p.x; }),
          {kMiddle.x - 10, kMiddle.x + 10}};
}

double shown(const SliceVolume& volume, std::size_t at) {
  return (volume.values[at] - volume.black) / (volume.white - volume.black);
}

void expectInPlace(const SliceVolume& volume) {
  for (int n = 0; n < 5; ++n) {
    const int i = n * (volume.grid.size[0] - 1) / 4;
    const int j = (4 - n) * (volume.grid.size[1] - 1) / 4;
    const std::size_t at = volume.grid.offset(i, j, 2);
    const double expected = (volume.grid.toLps(i, j, 2).x - (kMiddle.x - 10)) / 20;
    if (expected > -0.1 && expected < 1.5) {
      EXPECT_NEAR(shown(volume, at), expected, 0.006);
    }
  }
}

const Box kAround{kMiddle - Vec3{7, 6, 5}, kMiddle + Vec3{9, 6, 5}};

TEST(SliceVolume, HoldsTheVoxelsAroundThePlaceInTheirPlace) {
  const SliceVolume volume = sliceVolume(ramp(), kAround, 1'000'000);
  EXPECT_FALSE(volume.coarsened);
  EXPECT_LT(volume.grid.voxelCount(), ramp().image.voxelCount() / 2);
  EXPECT_EQ(volume.values.size(), volume.grid.voxelCount());
  EXPECT_TRUE(volume.grid.contains(kAround.lower));
  EXPECT_TRUE(volume.grid.contains(kAround.upper));
  expectInPlace(volume);
}

TEST(SliceVolume, BecomesCoarserInsteadOfTooLarge) {
  const SliceVolume volume = sliceVolume(ramp(), kAround, 4000);
  EXPECT_TRUE(volume.coarsened);
  EXPECT_LE(volume.values.size(), 4000U);
  EXPECT_GT(volume.values.size(), 2500U);
  expectInPlace(volume);
}

TEST(SliceVolume, KeepsSomeRangeBesideTheWindow) {
  const SliceVolume volume = sliceVolume(ramp(), kAround, 1'000'000);
  EXPECT_GT(volume.black, 10);
  EXPECT_LT(volume.white, 200);
}

TEST(SliceVolume, IsEmptyWhereTheImageDoesNotReach) {
  const Box elsewhere{kMiddle + Vec3{200, 0, 0}, kMiddle + Vec3{210, 5, 5}};
  EXPECT_TRUE(sliceVolume(ramp(), elsewhere, 1000).values.empty());
  EXPECT_TRUE(sliceVolume({}, kAround, 1000).values.empty());
}

}  // namespace
}  // namespace neurovasc::page
