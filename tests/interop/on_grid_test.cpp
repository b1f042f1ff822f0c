#include <gtest/gtest.h>

#include <numeric>

#include "fixture.h"
#include "neurovasc/interop/structures.h"
#include "support/geometry.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using testing::obliqueGrid;

/// A label map with two structures that share the coarse voxels of @p coarse exactly: each is cut
/// into 2 x 2 x 2.
imaging::Segmentation halves(const GridGeometry& coarse, int first_share, int second_share) {
  GridGeometry fine = coarse;
  fine.size = {2 * coarse.size[0], 2 * coarse.size[1], 2 * coarse.size[2]};
  fine.spacing_mm = coarse.spacing_mm * 0.5;
  fine.origin_mm = coarse.toLps(Vec3{-0.25, -0.25, -0.25});
  imaging::Segmentation structures{LabelMap(fine), {}};
  structures.segments.resize(2);
  structures.segments[0].value = 7;
  structures.segments[1].value = 3;
  for (int n = 0; n < first_share + second_share; ++n) {
    structures.labels(2 + n % 2, 4 + n / 2 % 2, 2 + n / 4) =
        static_cast<std::uint8_t>(n < first_share ? 7 : 3);
  }
  return structures;
}

TEST(OnGrid, GivesTheShareOfEachVoxel) {
  const GridGeometry coarse = obliqueGrid({4, 5, 3});
  const auto slices = onGrid(halves(coarse, 3, 2), coarse, 1);
  ASSERT_EQ(slices.size(), 2U);
  ASSERT_EQ(slices[0].slices.size(), 1U);
  EXPECT_EQ(slices[0].slices[0].slice, 1);
  const std::size_t voxel = coarse.offset(1, 2, 0);
  EXPECT_EQ(slices[0].slices[0].occupancy[voxel], 96);  // 3/8 of 255
  EXPECT_EQ(slices[1].slices[0].occupancy[voxel], 64);  // 2/8
}

TEST(OnGrid, GivesAVoxelToTheLargestShareNothingBeingOne) {
  const GridGeometry coarse = obliqueGrid({4, 5, 3});
  const std::size_t voxel = coarse.offset(1, 2, 0);
  const auto binaryOf = [&](int first, int second) {
    const auto slices = onGrid(halves(coarse, first, second), coarse, 1);
    return std::array<int, 2>{slices[0].slices[0].binary[voxel], slices[1].slices[0].binary[voxel]};
  };
  EXPECT_EQ(binaryOf(4, 1), (std::array<int, 2>{1, 0}));
  EXPECT_EQ(binaryOf(2, 5), (std::array<int, 2>{0, 1}));
  EXPECT_EQ(binaryOf(2, 2), (std::array<int, 2>{0, 0}));
  EXPECT_EQ(binaryOf(4, 4), (std::array<int, 2>{1, 0}));
}

TEST(OnGrid, KeepsTheVolumeOfAStructureOnAnotherObliqueGrid) {
  const ExportFixture fixture;
  const auto structures = structuresOf(fixture.labels(), fixture.vessels());
  for (const auto& structure : onGrid(structures, fixture.t2Grid(), 2)) {
    double share = 0;
    for (const auto& slice : structure.slices) {
      share += std::accumulate(slice.occupancy.begin(), slice.occupancy.end(), 0.0) / 255;
    }
    const auto voxels =
        std::count(structures.labels.begin(), structures.labels.end(), structure.segment.value);
    const double volume_mm3 =
        static_cast<double>(voxels) * structures.labels.geometry().voxelVolumeMm3();
    EXPECT_NEAR(share * fixture.t2Grid().voxelVolumeMm3(), volume_mm3, 0.03 * volume_mm3);
  }
}

TEST(OnGrid, IsTheSameForAnyNumberOfThreads) {
  const ExportFixture fixture;
  const auto structures = structuresOf(fixture.labels(), fixture.vessels());
  const auto one = onGrid(structures, fixture.t2Grid(), 1);
  const auto four = onGrid(structures, fixture.t2Grid(), 4);
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t s = 0; s < one.size(); ++s) {
    ASSERT_EQ(one[s].slices.size(), four[s].slices.size());
    for (std::size_t n = 0; n < one[s].slices.size(); ++n) {
      EXPECT_EQ(one[s].slices[n].occupancy, four[s].slices[n].occupancy);
    }
  }
}

}  // namespace
}  // namespace neurovasc::interop
