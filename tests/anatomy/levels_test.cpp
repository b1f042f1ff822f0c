#include "neurovasc/anatomy/levels.h"

#include <gtest/gtest.h>

#include "neurovasc/core/error.h"

namespace neurovasc::anatomy {
namespace {

GridGeometry smallGrid() {
  GridGeometry grid;
  grid.size = {40, 30, 20};
  grid.spacing_mm = {0.5, 0.5, 0.8};
  grid.origin_mm = {-12, 7, 31};
  return grid;
}

/// Slabs along i: bone 15 %, brain 45 %, CSF 40 %, at 20, 350 and 1000 with a ripple of +-8.
FusedStudy threeTissues() {
  FusedStudy study;
  study.grid = smallGrid();
  study.t2.fine = ImageF(study.grid);
  const Size3 n = study.grid.size;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const double tissue = i < 6 ? 20 : i < 24 ? 350 : 1000;
        study.t2.fine(i, j, k) = static_cast<float>(tissue + (i * 7 + j * 5 + k * 3) % 17 - 8);
      }
    }
  }
  return study;
}

TEST(TissueLevels, FindsThreePlateausOfT2) {
  const TissueLevels levels = measureLevels(threeTissues());
  EXPECT_NEAR(levels.t2_dark, 20, 8);
  EXPECT_NEAR(levels.t2_brain, 350, 8);
  EXPECT_NEAR(levels.t2_csf, 1000, 10);
  EXPECT_FALSE(levels.tof_brain.has_value());
}

TEST(TissueLevels, HoldInAWholeHeadWithAirAround) {
  FusedStudy study = threeTissues();
  const ImageF& slab = study.t2.fine;
  GridGeometry grid = slab.geometry();
  for (int& n : grid.size) n += n / 5;
  ImageF head(grid);
  for (std::size_t i = 0; i < head.voxelCount(); ++i) head[i] = static_cast<float>(i * 7 % 17);
  const Size3& n = slab.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      // Little of a head is CSF, unlike of a region around its cisterns.
      for (int i = 0; i < n[0] - 13; ++i) head(i + 10, j + 3, k + 2) = slab(i, j, k);
    }
  }
  const T2Levels levels = measureT2(head);
  EXPECT_NEAR(levels.brain, 350, 10);
  EXPECT_NEAR(levels.csf, 1000, 12);
}

TEST(TissueLevels, ScaleWithTheImage) {
  FusedStudy study = threeTissues();
  for (float& v : study.t2.fine) v *= 0.01F;
  EXPECT_NEAR(measureLevels(study).t2_csf, 10, 0.1);
}

/// A TOF of 300 in brain that reaches the first @p share of the slices, 0 elsewhere.
FusedStudy withTofInPart(double share) {
  FusedStudy study = threeTissues();
  FusedImage tof;
  tof.coverage.grid = study.grid;
  tof.coverage.grid->size[2] = static_cast<int>(share * study.grid.size[2]);
  tof.fine = ImageF(study.grid);
  for (int k = 0; k < tof.coverage.grid->size[2]; ++k) {
    for (int j = 0; j < study.grid.size[1]; ++j) {
      for (int i = 0; i < study.grid.size[0]; ++i) {
        tof.fine(i, j, k) = i < 6 ? 10 : i < 24 ? 300 : 100;
      }
    }
  }
  study.tof = tof;
  return study;
}

TEST(TissueLevels, AreThoseOfThePartThatASecondSeriesReaches) {
  for (const double share : {0.3, 0.6, 1.0}) {
    const TissueLevels levels = measureLevels(withTofInPart(share));
    ASSERT_TRUE(levels.tof_brain) << share;
    EXPECT_NEAR(*levels.tof_brain, 300, 1) << share;
    EXPECT_NEAR(levels.tof_csf.value(), 100, 1) << share;
  }
}

TEST(TissueLevels, AreUnknownWhereASecondSeriesReachesNextToNothing) {
  EXPECT_FALSE(measureLevels(withTofInPart(0.05)).tof_brain);
}

TEST(TissueLevels, AreUnknownWhereASecondSeriesShowsNothing) {
  FusedStudy study = withTofInPart(1);
  for (float& v : study.tof->fine) v = 0;
  EXPECT_FALSE(measureLevels(study).tof_brain);
}

TEST(TissueLevels, RefuseAFlatSeries) {
  FusedStudy study;
  study.grid = smallGrid();
  study.t2.fine = ImageF(study.grid, 5.0F);
  EXPECT_THROW(measureLevels(study), Error);
}

}  // namespace
}  // namespace neurovasc::anatomy
