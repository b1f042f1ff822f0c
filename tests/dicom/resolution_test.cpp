#include "neurovasc/dicom/resolution.h"

#include <gtest/gtest.h>

namespace neurovasc::dicom {
namespace {

SamplingFacts plain() {
  SamplingFacts facts;
  facts.columns = 256;
  facts.rows = 256;
  facts.spacing_i_mm = 0.7;
  facts.spacing_j_mm = 0.7;
  facts.spacing_k_mm = 0.6;
  facts.thickness_mm = 0.6;
  return facts;
}

TEST(AcquiredVoxel, IsTheFieldOverTheMatrix) {
  SamplingFacts facts = plain();
  facts.columns = facts.rows = 512;
  facts.spacing_i_mm = facts.spacing_j_mm = 0.35;
  facts.frequency_steps = 256;
  facts.phase_steps = 224;
  facts.phase_along_i = false;
  const auto voxel = acquiredVoxel(facts);
  ASSERT_TRUE(voxel);
  EXPECT_NEAR(voxel->x, 0.7, 1e-9);
  EXPECT_NEAR(voxel->y, 512 * 0.35 / 224, 1e-9);
  EXPECT_NEAR(voxel->z, 0.6, 1e-9);
}

TEST(AcquiredVoxel, FollowsThePhaseDirection) {
  SamplingFacts facts = plain();
  facts.frequency_steps = 256;
  facts.phase_steps = 128;
  facts.phase_along_i = true;
  const auto voxel = acquiredVoxel(facts);
  ASSERT_TRUE(voxel);
  EXPECT_NEAR(voxel->x, 1.4, 1e-9);
  EXPECT_NEAR(voxel->y, 0.7, 1e-9);
}

TEST(AcquiredVoxel, CountsTheReducedPhaseFieldOfAPaddedImage) {
  SamplingFacts facts = plain();
  facts.frequency_steps = 256;
  facts.phase_steps = 128;
  facts.phase_along_i = false;
  facts.phase_field_percent = 75;
  EXPECT_NEAR(acquiredVoxel(facts)->y, 256 * 0.7 * 0.75 / 128, 1e-9);
  facts.matrix_spans_full_field = true;
  EXPECT_NEAR(acquiredVoxel(facts)->y, 1.4, 1e-9);
}

TEST(AcquiredVoxel, TakesACroppedImageAsItIs) {
  SamplingFacts facts = plain();  // as real/head-t2-tse: 75 % field, cropped to it
  facts.columns = 384;
  facts.rows = 512;
  facts.spacing_i_mm = facts.spacing_j_mm = 0.4296875;
  facts.frequency_steps = 512;
  facts.phase_steps = 269;
  facts.phase_along_i = true;
  facts.phase_field_percent = 75;
  EXPECT_NEAR(acquiredVoxel(facts)->x, 165.0 / 269, 1e-9);
}

TEST(AcquiredVoxel, IsNeverFinerThanTheImage) {
  SamplingFacts facts = plain();
  facts.frequency_steps = 1024;
  facts.phase_steps = 1024;
  facts.phase_along_i = false;
  EXPECT_NEAR(acquiredVoxel(facts)->x, 0.7, 1e-9);
}

TEST(AcquiredVoxel, TakesTheLargerOfThicknessAndSpacing) {
  SamplingFacts facts = plain();
  facts.frequency_steps = facts.phase_steps = 256;
  facts.thickness_mm = 1.2;
  EXPECT_NEAR(acquiredVoxel(facts)->z, 1.2, 1e-9);
  facts.spacing_k_mm = 3;
  EXPECT_NEAR(acquiredVoxel(facts)->z, 3, 1e-9);
}

TEST(AcquiredVoxel, IsUnknownWithoutTheMatrix) {
  SamplingFacts facts = plain();  // which says its thickness
  facts.phase_along_i = false;
  EXPECT_FALSE(acquiredVoxel(facts));
  facts.frequency_steps = 256;
  EXPECT_FALSE(acquiredVoxel(facts));
}

TEST(AcquiredVoxel, IsTheCoarserOfBothWithoutAPhaseDirection) {
  SamplingFacts facts = plain();
  facts.frequency_steps = 256;
  facts.phase_steps = 128;
  const auto voxel = acquiredVoxel(facts);
  ASSERT_TRUE(voxel);
  EXPECT_NEAR(voxel->x, 1.4, 1e-9);
  EXPECT_NEAR(voxel->y, 1.4, 1e-9);
}

TEST(LeastVoxel, CountsTheThicknessOfOverlappingSlices) {
  SamplingFacts facts = plain();
  facts.thickness_mm = 1.2;
  EXPECT_NEAR(leastVoxel(facts).x, 0.7, 1e-9);
  EXPECT_NEAR(leastVoxel(facts).z, 1.2, 1e-9);
}

}  // namespace
}  // namespace neurovasc::dicom
