#include "neurovasc/imaging/fusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "imaging/fixtures.h"
#include "imaging/letters.h"
#include "imaging/two_contrasts.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

SeriesImage seriesOf(ImageF image, SeriesRole role) {
  SeriesImage out;
  out.image = std::move(image);
  out.series.role = role;
  out.series.geometry = out.image.geometry();
  out.series.resolution = Resolution::visual_only;
  return out;
}

StudyImages study(const RigidTransform& motion) {
  StudyImages images;
  images.t2 = seriesOf(test::darkVessels(), SeriesRole::cisternography);
  images.tof = seriesOf(test::brightVessels(motion), SeriesRole::tof);
  return images;
}

FusionOptions quick() {
  FusionOptions options;
  options.registration.samples = {5000, 10000, 30000};
  options.spacing_mm = 0.45;
  return options;
}

const IndexBox kRegion = {{4, 3, 2}, {52, 41, 34}};

TEST(Fusion, PutsVesselsOfBothSeriesInOnePlace) {
  const FusedStudy fused =
      fuse(study(test::motionAboutCentre(1, {1.0, -0.6, 0.4})), kRegion, quick(), {});
  ASSERT_TRUE(fused.tof.has_value());
  EXPECT_EQ(fused.resolution, Resolution::visual_only);
  ASSERT_EQ(fused.registrations.size(), 1U);
  EXPECT_TRUE(fused.registrations[0].accepted);
  int vessel = 0;
  int bright = 0;
  for (int k = 0; k < fused.grid.size[2]; ++k) {
    for (int j = 0; j < fused.grid.size[1]; ++j) {
      for (int i = 0; i < fused.grid.size[0]; ++i) {
        const bool here = test::tissueAt(fused.grid.toLps(i, j, k)) == test::Tissue::vessel;
        vessel += here ? 1 : 0;
        bright += here && fused.tof->fine(i, j, k) > 450 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(bright, 0.8 * vessel);
}

TEST(Fusion, HasTheRegionsFineGridAndTheMeasuredVoxels) {
  const StudyImages images = study({});
  const FusedStudy fused = fuse(images, kRegion, quick(), {});
  const GridGeometry part = cropped(images.t2.image.geometry(), kRegion);
  EXPECT_EQ(fused.t2.on_t2_voxels.geometry(), part);
  EXPECT_EQ(fused.tof->on_t2_voxels.geometry(), part);
  EXPECT_EQ(fused.grid.spacing_mm, (Vec3{0.45, 0.45, 0.45}));
  EXPECT_EQ(fused.t2.fine.geometry(), fused.grid);
  EXPECT_NEAR(fused.t2.noise_sd, 20, 4);
  EXPECT_NEAR(fused.t2.psf_fwhm_mm.z, 1.2, 1e-9);
}

TEST(Fusion, SaysThatNoiseIsUnknownWhereThereIsNone) {
  EXPECT_TRUE(fuse(study({}), kRegion, quick(), {}).t2.noise_measured);
  StudyImages images = study({});
  std::fill(images.t2.image.begin(), images.t2.image.end(), 100.0F);
  images.tof.reset();
  const FusedStudy fused = fuse(images, kRegion, quick(), {});
  EXPECT_FALSE(fused.t2.noise_measured);
  EXPECT_GT(fused.t2.noise_sd, 0) << "others divide by it";
}

TEST(Fusion, KeepsLettersOnTheirSide) {
  const Point3 middle = test::centreOf(test::kFixedGrid);
  StudyImages images;
  images.t2 = seriesOf(test::lettersImage(test::kFixedGrid, middle), SeriesRole::cisternography);
  FusionOptions options = quick();
  options.correct_bias = false;
  const FusedStudy fused = fuse(images, kRegion, options, {});
  int wrong = 0;
  int strokes = 0;
  for (int k = 0; k < fused.grid.size[2]; ++k) {
    for (int j = 0; j < fused.grid.size[1]; ++j) {
      for (int i = 0; i < fused.grid.size[0]; ++i) {
        const bool on = test::lettersAt(fused.grid.toLps(i, j, k), middle) == test::kLetterSignal;
        strokes += on ? 1 : 0;
        wrong += on != (fused.t2.fine(i, j, k) > 500) ? 1 : 0;
      }
    }
  }
  // Only voxels at the strokes' edges may differ; mirrored letters would leave a third of them.
  EXPECT_LT(wrong, strokes / 3);
}

TEST(Fusion, LeavesARefusedSeriesOutWithAWarning) {
  StudyImages images = study({});
  images.tof = seriesOf(test::anotherHead(), SeriesRole::tof);
  const FusedStudy fused = fuse(images, kRegion, quick(), {});
  EXPECT_FALSE(fused.tof.has_value());
  ASSERT_EQ(fused.warnings.size(), 1U);
  EXPECT_NE(fused.warnings[0].find("tof series is left out"), std::string::npos);
  EXPECT_FALSE(fused.registrations[0].accepted);
}

TEST(Fusion, ThrowsWhenARequiredSeriesIsRefusedOrAbsent) {
  const auto codeOf = [](const StudyImages& images, const FusionOptions& options) {
    try {
      fuse(images, kRegion, options, {});
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };
  StudyImages images = study({});
  images.tof = seriesOf(test::anotherHead(), SeriesRole::tof);
  FusionOptions options = quick();
  options.required = {SeriesRole::tof};
  EXPECT_EQ(codeOf(images, options), ErrorCode::registration_refused);
  images.tof.reset();
  EXPECT_EQ(codeOf(images, options), ErrorCode::no_usable_series);
}

TEST(Fusion, RefusesARegionOutsideTheSeries) {
  EXPECT_THROW(fuse(study({}), {{0, 0, 0}, {200, 10, 10}}, quick(), {}), Error);
}

TEST(Fusion, GivesTheSameBytesAtOneAndFourThreads) {
  const StudyImages images = study(test::motionAboutCentre(1, {0.5, 0, 0}));
  FusionOptions options = quick();
  options.threads = 1;
  const FusedStudy one = fuse(images, kRegion, options, {});
  options.threads = 4;
  const FusedStudy four = fuse(images, kRegion, options, {});
  EXPECT_TRUE(std::equal(one.t2.fine.begin(), one.t2.fine.end(), four.t2.fine.begin()));
  EXPECT_TRUE(std::equal(one.tof->fine.begin(), one.tof->fine.end(), four.tof->fine.begin()));
}

TEST(FineSpacing, IsAboutHalfTheVoxelInRoundSteps) {
  EXPECT_DOUBLE_EQ(fineSpacingMm(0.2), 0.2);
  EXPECT_DOUBLE_EQ(fineSpacingMm(0.499999), 0.25);
  EXPECT_DOUBLE_EQ(fineSpacingMm(0.6), 0.25);
  EXPECT_DOUBLE_EQ(fineSpacingMm(0.8), 0.35);
  EXPECT_DOUBLE_EQ(fineSpacingMm(2.5), 0.4);
}

TEST(FusionOptions, AreRefusedOutOfRange) {
  FusionOptions options;
  options.spacing_mm = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.psf_per_voxel = 0;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::imaging
