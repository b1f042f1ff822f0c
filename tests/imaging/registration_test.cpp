#include "neurovasc/imaging/registration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "imaging/fixtures.h"
#include "imaging/two_contrasts.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/resample.h"

namespace neurovasc::imaging {
namespace {

using test::kFixedGrid;

RegistrationOptions quick() {
  RegistrationOptions options;
  options.samples = {5000, 10000, 30000};
  return options;
}

/// Largest distance between two transforms over the region.
double largestDifferenceMm(const RigidTransform& a, const RigidTransform& b) {
  double worst = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const Point3 p = kFixedGrid.toLps((corner & 1) * (kFixedGrid.size[0] - 1),
                                      (corner >> 1 & 1) * (kFixedGrid.size[1] - 1),
                                      (corner >> 2) * (kFixedGrid.size[2] - 1));
    worst = std::max(worst, distance(a(p), b(p)));
  }
  return worst;
}

TEST(Registration, RecoversAKnownMotionBetweenContrasts) {
  const RigidTransform motion = test::motionAboutCentre(1.5, {1.2, -0.8, 0.6});
  const Registration found =
      registerRigid(test::darkVessels(), test::brightVessels(motion), SeriesRole::tof, quick());
  EXPECT_TRUE(found.accepted) << found.reason;
  EXPECT_LT(largestDifferenceMm(found.moving_from_t2, motion), 0.3);
  EXPECT_NEAR(found.correction_mm.value(), norm(Vec3{1.2, -0.8, 0.6}), 0.2);
  EXPECT_NEAR(found.correction_deg.value(), 1.5, 0.3);
  EXPECT_GT(found.quality.value(), found.quality_before.value());
  EXPECT_GT(found.error_mm.value(), 0);
}

TEST(Registration, LeavesAlreadyMatchingSeriesWhereTheyAre) {
  const Registration found =
      registerRigid(test::darkVessels(), test::brightVessels({}), SeriesRole::ce_t1, quick());
  EXPECT_TRUE(found.accepted) << found.reason;
  EXPECT_EQ(found.moving, SeriesRole::ce_t1);
  EXPECT_LT(largestDifferenceMm(found.moving_from_t2, {}), 0.3);
}

/// Fine grain, the same at every call, under a broad wave along x of which @p shift_mm is off: with
/// the grain smoothed away the images match after the shift, otherwise where they are.
ImageF grainUnderWave(double shift_mm) {
  constexpr double kWaveMm = 40;
  ImageF image(test::kFixedGrid);
  const GridGeometry& grid = image.geometry();
  std::mt19937 random(7);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const double phase = 2 * M_PI * (grid.toLps(i, j, k).x - shift_mm) / kWaveMm;
        const double grain = static_cast<double>(random() % 1000);
        image(i, j, k) = static_cast<float>(1.5 * grain + 300 * (1 + std::sin(phase)));
      }
    }
  }
  return image;
}

TEST(Registration, NeverEndsWhereTheMatchIsWorseThanAtTheStart) {
  const Registration found =
      registerRigid(grainUnderWave(0), grainUnderWave(5), SeriesRole::cisternography, quick());
  EXPECT_GT(found.quality.value(), 0.999 * found.quality_before.value());
  EXPECT_LT(largestDifferenceMm(found.moving_from_t2, {}), 0.5);
}

TEST(Registration, SurvivesHalfTheField) {
  const RigidTransform motion = test::motionAboutCentre(1.0, {0.5, 1.0, 0.3});
  const ImageF moving = test::brightVessels(motion);
  const Size3 size = moving.size();
  const ImageF half = crop(moving, {{0, 0, 0}, {size[0] / 2, size[1], size[2]}});
  const Registration found = registerRigid(test::darkVessels(), half, SeriesRole::tof, quick());
  EXPECT_TRUE(found.accepted) << found.reason;
  EXPECT_LT(largestDifferenceMm(found.moving_from_t2, motion), 1.0);
}

TEST(Registration, ComparesOnlyWhereItIsToldTo) {
  const RigidTransform motion = test::motionAboutCentre(1.2, {0.8, -0.6, 0.4});
  const RigidTransform elsewhere = test::motionAboutCentre(1.2, {-1.4, 1.2, -1.2});
  // Half of the head moved in another way: what is told by the rest alone must not notice.
  const ImageF other = test::brightVessels(elsewhere);
  ImageF moving = test::brightVessels(motion);
  Mask where(test::kFixedGrid);
  const double middle_x = test::centreOf(test::kFixedGrid).x;
  const GridGeometry& grid = moving.geometry();
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        if (grid.toLps(i, j, k).x > middle_x) moving(i, j, k) = other(i, j, k);
      }
    }
  }
  for (int k = 0; k < where.size()[2]; ++k) {
    for (int j = 0; j < where.size()[1]; ++j) {
      for (int i = 0; i < where.size()[0]; ++i) {
        where(i, j, k) = where.geometry().toLps(i, j, k).x < middle_x - 2 ? 1 : 0;
      }
    }
  }
  RegistrationOptions options = quick();
  options.where = where;
  const Registration found = registerRigid(test::darkVessels(), moving, SeriesRole::tof, options);
  EXPECT_TRUE(found.accepted) << found.reason;
  const Point3 seen = test::centreOf(test::kFixedGrid) - Vec3{12, 0, 0};
  EXPECT_LT(distance(found.moving_from_t2(seen), motion(seen)), 0.3);
}

TEST(Registration, GivesTheSameBytesAtOneAndFourThreads) {
  const ImageF fixed = test::darkVessels();
  const ImageF moving = test::brightVessels(test::motionAboutCentre(1, {1, 0, 0}));
  RegistrationOptions options = quick();
  options.threads = 1;
  const Registration one = registerRigid(fixed, moving, SeriesRole::tof, options);
  options.threads = 4;
  const Registration four = registerRigid(fixed, moving, SeriesRole::tof, options);
  EXPECT_EQ(one.moving_from_t2.rotation, four.moving_from_t2.rotation);
  EXPECT_EQ(one.moving_from_t2.translation, four.moving_from_t2.translation);
  EXPECT_EQ(one.quality, four.quality);
  EXPECT_EQ(one.error_mm, four.error_mm);
}

TEST(Registration, RefusesMoreMotionThanASessionHolds) {
  RegistrationOptions options = quick();
  options.maximum_correction_mm = 1;
  const Registration found =
      registerRigid(test::darkVessels(), test::brightVessels(test::motionAboutCentre(0, {2, 0, 0})),
                    SeriesRole::tof, options);
  EXPECT_FALSE(found.accepted);
  EXPECT_NE(found.reason.find("same session"), std::string::npos) << found.reason;
}

TEST(Registration, RefusesAnotherHead) {
  const Registration found =
      registerRigid(test::darkVessels(), test::anotherHead(), SeriesRole::tof, quick());
  EXPECT_FALSE(found.accepted);
  EXPECT_FALSE(found.reason.empty());
}

TEST(Registration, RefusesASeriesThatLiesElsewhere) {
  GridGeometry elsewhere = kFixedGrid;
  elsewhere.origin_mm += Vec3{300, 0, 0};
  const Registration found =
      registerRigid(test::darkVessels(), ImageF(elsewhere, 5.0F), SeriesRole::tof, quick());
  EXPECT_FALSE(found.accepted);
  EXPECT_NE(found.reason.find("hardly meets"), std::string::npos) << found.reason;
  EXPECT_FALSE(found.correction_mm || found.correction_deg || found.quality ||
               found.quality_before || found.error_mm);
}

TEST(Registration, RefusesAnImageThatShowsNothing) {
  const Registration found =
      registerRigid(test::darkVessels(), ImageF(test::brightVessels({}).geometry(), 5.0F),
                    SeriesRole::tof, quick());
  EXPECT_FALSE(found.accepted);
  EXPECT_NE(found.reason.find("did not improve"), std::string::npos) << found.reason;
}

TEST(Registration, StopsWhenAsked) {
  StopToken stop;
  stop.requestStop();
  const Progress progress({}, {}, stop);
  EXPECT_THROW(registerRigid(test::darkVessels(), test::brightVessels({}), SeriesRole::tof, quick(),
                             progress),
               Error);
}

TEST(RegistrationOptions, AreRefusedWithTheNameOfTheOption) {
  const auto refused = [](const RegistrationOptions& options, const char* name) {
    try {
      validate(options);
    } catch (const Error& error) {
      return error.code() == ErrorCode::usage && error.message().find(name) != std::string::npos;
    }
    return false;
  };
  RegistrationOptions options;
  options.sigmas_mm = {1};
  EXPECT_TRUE(refused(options, "samples"));
  options = {};
  options.bins = 2;
  EXPECT_TRUE(refused(options, "bins"));
  options = {};
  options.minimum_overlap = 2;
  EXPECT_TRUE(refused(options, "minimum_overlap"));
  options = {};
  options.maximum_correction_deg = 0;
  EXPECT_TRUE(refused(options, "maximum_correction_deg"));
}

}  // namespace
}  // namespace neurovasc::imaging
