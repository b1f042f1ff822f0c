#include "neurovasc/contact/gap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "contact/scene_fixture.h"
#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

using testing::Scene;
using testing::sceneOf;
using testing::SceneSpec;
using testing::usualScene;

Gap measured(const Scene& scene, const GapOptions& options = {}) {
  const Nerve& nerve = facialNerve(scene.anatomy, Side::left);
  const Place place = nearestPlace(nerve.tube, scene.anatomy.vessels[0].tube);
  return measureGap(scene.study, scene.anatomy, nerve, 0, place, options);
}

class GapAt : public ::testing::TestWithParam<double> {};

TEST_P(GapAt, IsRecoveredWithinATenthFromTubesThatAreOff) {
  SceneSpec spec;
  spec.gap_mm = GetParam();
  const Gap gap = measured(sceneOf(spec));
  EXPECT_EQ(gap.method, GapMethod::model_fit);
  EXPECT_NEAR(gap.raw_mm, spec.gap_mm, 0.1);
  EXPECT_LT(gap.sd_mm, 0.25);
  EXPECT_LE(std::abs(gap.raw_mm - spec.gap_mm), 2 * gap.sd_mm);
}

INSTANTIATE_TEST_SUITE_P(Gaps, GapAt, ::testing::Values(0.0, 0.15, 0.3, 0.6, 1.0, 1.5));

TEST(Gap, OfAnOverlapIsNegative) {
  SceneSpec spec;
  spec.gap_mm = -0.3;
  EXPECT_LT(measured(sceneOf(spec)).raw_mm, -0.1);
}

TEST(Gap, IsRecoveredOnThePonsWhereTheNerveIsHalfSunk) {
  SceneSpec spec;
  spec.on_pons = true;
  spec.gap_mm = 0.4;
  EXPECT_NEAR(measured(sceneOf(spec)).raw_mm, 0.4, 0.12);
}

TEST(Gap, OfAThinVesselUnderTheResolutionStaysWithinTwoSd) {
  SceneSpec spec;
  spec.vessel_radius_mm = 0.35;
  spec.gap_mm = 0.5;
  const Gap gap = measured(sceneOf(spec));
  EXPECT_LE(std::abs(gap.raw_mm - 0.5), 2 * gap.sd_mm);
}

TEST(Gap, GrowsLessSureWithNoiseAndVoxel) {
  SceneSpec good;
  SceneSpec poor;
  poor.snr = 12;
  poor.voxel_mm = {0.7, 0.7, 0.8};
  EXPECT_GT(measured(sceneOf(poor)).sd_mm, measured(sceneOf(good)).sd_mm);
}

/// The sd with the root exit point @p from_root_mm before the place.
double sdFromRoot(const SceneSpec& spec, double from_root_mm) {
  Scene scene = sceneOf(spec);
  Nerve& nerve = scene.anatomy.nerves[0];
  const Place place = nearestPlace(nerve.tube, scene.anatomy.vessels[0].tube);
  nerve.landmarks.root_exit_point->lps_mm =
      pointAt(nerve.tube.points_mm, place.nerve_arclength_mm - from_root_mm);
  return measured(scene).sd_mm;
}

TEST(Gap, IsLessSureNearTheRootOfANoisyNerve) {
  SceneSpec noisy;
  noisy.snr = 14;
  const double far = sdFromRoot(noisy, 8);
  const double error = GapErrorModel().noisy_line_mm;
  EXPECT_NEAR(sdFromRoot(noisy, 0), std::hypot(far, error), 1e-6);
  EXPECT_NEAR(sdFromRoot(noisy, 2.5), std::hypot(far, 0.5 * error), 1e-3);
  SceneSpec usual;
  usual.snr = 22;
  EXPECT_DOUBLE_EQ(sdFromRoot(usual, 0), sdFromRoot(usual, 8));
}

TEST(Gap, FallsBackToTheTubesWhereT2DoesNotShowTheVessel) {
  Scene scene = usualScene();
  const double on_t2 = measured(scene).sd_mm;
  scene.anatomy.vessels[0].evidence.seen_on_t2 = false;
  scene.anatomy.vessels[0].evidence.seen_on_tof = true;
  const Gap gap = measured(scene);
  EXPECT_EQ(gap.method, GapMethod::tubes);
  EXPECT_DOUBLE_EQ(gap.raw_mm, nearestPlace(facialNerve(scene.anatomy, Side::left).tube,
                                            scene.anatomy.vessels[0].tube)
                                   .gap_mm);
  EXPECT_GT(gap.sd_mm, on_t2 + 0.1);  // registration and wall
}

TEST(Gap, FallsBackToTheTubesWhereTheImageContradictsTheModel) {
  Scene scene = usualScene();
  for (int k = 0; k < scene.study.grid.size[2]; ++k) {
    for (int j = 0; j < scene.study.grid.size[1]; ++j) {
      for (int i = 0; i < scene.study.grid.size[0]; ++i) {
        scene.study.t2.fine(i, j, k) = (i / 3 + j / 3 + k / 3) % 2 == 0 ? 800.0F : 0.0F;
      }
    }
  }
  EXPECT_EQ(measured(scene).method, GapMethod::tubes);
}

TEST(Gap, FallsBackToTheTubesWhereSomethingThickerStandsInTheNervesPlace) {
  SceneSpec spec;
  spec.nerve_radius_mm = 1.05;
  spec.gap_mm = 0.6;
  Scene scene = sceneOf(spec);
  EXPECT_EQ(measured(scene).method, GapMethod::model_fit);
  for (double& radius : facialNerve(scene.anatomy, Side::left).tube.radius_mm) {
    radius = 0.5;
  }
  const Gap gap = measured(scene);
  EXPECT_EQ(gap.method, GapMethod::tubes);
  const double error_mm = std::abs(gap.raw_mm - spec.gap_mm);
  const Gap by_tubes = tubeGap(scene.study, facialNerve(scene.anatomy, Side::left),
                               scene.anatomy.vessels[0], gap.place, {});
  EXPECT_GT(gap.sd_mm, by_tubes.sd_mm + 0.05) << "the fit, though not believed, says otherwise";
  EXPECT_LT(error_mm, 2 * gap.sd_mm);
}

/// A thin dark tube through the middle of the cleft, along the vessel.
void fillCleft(const SceneSpec& spec, Scene& scene) {
  constexpr double kDepth = 0.8 * testing::kCsf;
  constexpr double kSigmaMm = 0.35;
  const Vec3 u = testing::towardsVessel();
  const Vec3 along = cross(testing::nerveAxis(), u);
  const Point3 middle = testing::sceneCenter() + (spec.nerve_radius_mm + spec.gap_mm / 2) * u;
  ImageF& t2 = scene.study.t2.fine;
  for (int k = 0; k < t2.size()[2]; ++k) {
    for (int j = 0; j < t2.size()[1]; ++j) {
      for (int i = 0; i < t2.size()[0]; ++i) {
        const Vec3 d = t2.geometry().toLps(i, j, k) - middle;
        const double off = norm(d - dot(d, along) * along) / kSigmaMm;
        const double darker = t2(i, j, k) - kDepth * std::exp(-0.5 * off * off);
        t2(i, j, k) = static_cast<float>(std::max(0.0, darker));
      }
    }
  }
}

TEST(Gap, SaysWhatDarkensTheCleft) {
  SceneSpec spec;
  spec.gap_mm = 0.9;
  Scene scene = sceneOf(spec);
  const GapOptions options;
  const Gap open = measured(scene);
  EXPECT_LT(open.darker_between, options.max_darker_between / 2);
  EXPECT_LT(open.sd_mm, open.raw_mm / 4);
  fillCleft(spec, scene);
  const Gap filled = measured(scene);
  EXPECT_GT(filled.darker_between, options.max_darker_between);
  EXPECT_GT(filled.sd_mm, filled.raw_mm / 2) << "what fills it may be the vessel itself";
}

TEST(Gap, IsContradictedWhereTheFitPartsTubesThatOverlap) {
  SceneSpec spec;
  spec.gap_mm = 0.6;
  Scene scene = sceneOf(spec);
  EXPECT_FALSE(measured(scene).contradicted);
  for (Point3& p : scene.anatomy.vessels[0].tube.points_mm) p = p - 0.7 * testing::towardsVessel();
  const Gap gap = measured(scene);
  ASSERT_EQ(gap.method, GapMethod::model_fit);
  EXPECT_GT(gap.raw_mm, GapOptions{}.most_parted_mm);
  EXPECT_TRUE(gap.contradicted);
  EXPECT_GT(gap.sd_mm, GapErrorModel().most_disagreement_mm) << "the two differ by more than that";
}

/// An artery of @p radius_mm on the nerve, whose line lies in the pons under it, and which leaves
/// the pons @p detached_mm beyond that place.
Gap underArtery(double radius_mm, double detached_mm, double most_unseen_mm = 2) {
  SceneSpec spec;
  spec.on_pons = true;
  spec.gap_mm = 0;
  spec.vessel_radius_mm = radius_mm;
  Scene scene = sceneOf(spec);
  Nerve& nerve = scene.anatomy.nerves[0];
  for (Point3& p : nerve.tube.points_mm) p = p - 1.1 * testing::towardsVessel();
  nerve.landmarks.root_exit_point->lps_mm = nerve.tube.points_mm.front();
  nerve.landmarks.detachment_point->lps_mm = pointAt(nerve.tube.points_mm, 12 + detached_mm);
  GapOptions by_tubes;
  by_tubes.fit = false;
  by_tubes.most_unseen_mm = most_unseen_mm;
  return measured(scene, by_tubes);
}

TEST(Gap, IsDoubtedWhereNoFluidShowsBetweenAVesselAndTheAttachedNerve) {
  const Gap wide = underArtery(1.4, 3);
  ASSERT_GT(wide.raw_mm, 0.3);
  EXPECT_TRUE(wide.without_fluid);
  const Gap free = underArtery(1.4, -3);
  EXPECT_FALSE(free.without_fluid);
  EXPECT_NEAR(wide.sd_mm, std::hypot(free.sd_mm, GapErrorModel().most_disagreement_mm), 1e-6);
  EXPECT_TRUE(underArtery(0.6, 3).without_fluid);
  EXPECT_FALSE(underArtery(1.4, 3, 0.5).without_fluid) << "farther off than lines are";
}

TEST(Gap, IsTheSameToTheLastBitWhenMeasuredTwice) {
  const Scene scene = usualScene();
  EXPECT_EQ(measured(scene).raw_mm, measured(scene).raw_mm);
}

TEST(GapOptions, RefusesWhatCannotBeUsedByName) {
  GapOptions options;
  options.half_length_mm = 0;
  try {
    validate(options);
    FAIL() << "a half length of 0 was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_NE(error.message().find("half_length_mm"), std::string::npos);
  }
  options = {};
  options.errors.noisy_reach_mm = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.most_unseen_mm = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.least_fluid_share = 1;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.least_heading = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.longest_unseen_mm = -1;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.fluid_share = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.errors.sure_snr = 0;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::contact
