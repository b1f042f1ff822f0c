#include "unseen_end.h"

#include <gtest/gtest.h>

#include "contact/scene_fixture.h"
#include "contact_builder.h"
#include "neurovasc/contact/deformity.h"

namespace neurovasc::contact {
namespace {

using testing::Scene;
using testing::SceneSpec;

const SceneSpec kSpec;
constexpr double kRadiusMm = 0.4;
constexpr double kSeenMm = 6;

/// A vessel whose line comes straight down on the nerve, @p aside_mm off its axis and @p along_mm
/// from its middle, and ends @p height_mm above it, in tissue of level @p t2.
Scene endingAbove(double height_mm, double aside_mm, double along_mm = 0, double t2 = 200) {
  Scene scene;
  scene.study.grid = testing::obliqueGrid(0.5, 33);
  scene.study.t2.fine = ImageF(scene.study.grid);
  for (float& value : scene.study.t2.fine) value = static_cast<float>(t2);
  scene.study.t2.acquired_voxel_mm = kSpec.voxel_mm;
  scene.study.t2.psf_fwhm_mm = 1.2 * kSpec.voxel_mm;
  scene.anatomy.levels.t2_csf = testing::kCsf;
  scene.anatomy.levels.t2_brain = testing::kBrain;
  scene.anatomy.nerves = {testing::nerveOf(Side::left, testing::trueNerve(kSpec)),
                          testing::missingNerve(Side::right)};
  const Vec3 up = testing::towardsVessel();
  const Vec3 aside = cross(testing::nerveAxis(), up);
  const Point3 end =
      testing::sceneCenter() + height_mm * up + aside_mm * aside + along_mm * testing::nerveAxis();
  Tube tube;
  for (double mm = kSeenMm; mm >= 0; mm -= 0.5) {
    tube.points_mm.push_back(end + mm * up);
    tube.radius_mm.push_back(mm > 2.9 ? kRadiusMm : kRadiusMm + 0.02 * (3 - mm));
  }
  scene.anatomy.vessels = {testing::arteryOf("V1", tube)};
  return scene;
}

std::optional<UnseenEnd> beyond(const Scene& scene, const GapOptions& options = {}) {
  const Nerve& nerve = facialNerve(scene.anatomy, Side::left);
  const Place place = nearestPlace(nerve.tube, scene.anatomy.vessels[0].tube);
  return beyondEnd(scene.study, scene.anatomy, nerve, 0, place, options);
}

TEST(UnseenEnd, GoesOnStraightToWhereItPassesTheNerve) {
  const auto end = beyond(endingAbove(2, 1.8));
  ASSERT_TRUE(end.has_value());
  EXPECT_NEAR(end->place.gap_mm, 1.8 - kSpec.nerve_radius_mm - (kRadiusMm + 0.03), 0.02);
  EXPECT_NEAR(end->place.vessel_arclength_mm, kSeenMm + 2, 0.11);
  EXPECT_NEAR(lengthOf(end->vessel.points_mm), end->place.vessel_arclength_mm, 1e-9);
  EXPECT_NEAR(dot(end->place.vessel_axis_mm - testing::sceneCenter(), testing::towardsVessel()), 0,
              0.11);
}

TEST(UnseenEnd, IsTheSameWhicheverEndOfTheLineComesFirst) {
  Scene scene = endingAbove(2, 1.8);
  const auto forth = beyond(scene);
  scene.anatomy.vessels[0].tube = reversed(scene.anatomy.vessels[0].tube);
  const auto back = beyond(scene);
  ASSERT_TRUE(forth && back);
  EXPECT_NEAR(forth->place.gap_mm, back->place.gap_mm, 1e-9);
  EXPECT_NEAR(forth->place.vessel_arclength_mm, back->place.vessel_arclength_mm, 1e-9);
}

TEST(UnseenEnd, StopsWhereItMeetsTheNerve) {
  const auto end = beyond(endingAbove(2.5, 0.2));
  ASSERT_TRUE(end.has_value());
  EXPECT_LE(end->place.gap_mm, 0);
  EXPECT_GT(end->place.gap_mm, -0.11);
}

TEST(UnseenEnd, IsNoneThatWouldBeSeenInCsf) {
  EXPECT_TRUE(beyond(endingAbove(2, 1.8, 0, 0.8 * testing::kCsf)));
  EXPECT_FALSE(beyond(endingAbove(2, 1.8, 0, 0.9 * testing::kCsf)));
}

TEST(UnseenEnd, IsNoneOfALineThatDoesNotHeadForTheNerve) {
  EXPECT_TRUE(beyond(endingAbove(1.0, 1.8)));
  EXPECT_FALSE(beyond(endingAbove(0.6, 1.8)));
}

TEST(UnseenEnd, IsNoneThatIsTooLong) {
  EXPECT_TRUE(beyond(endingAbove(3.3, 1.8)));
  EXPECT_FALSE(beyond(endingAbove(3.8, 1.8)));
}

TEST(UnseenEnd, IsNoneOfALineThatEndsOnAnotherVessel) {
  Scene scene = endingAbove(2, 1.8);
  Tube across;
  const Point3 end = scene.anatomy.vessels[0].tube.points_mm.back();
  for (int mm = -3; mm <= 3; ++mm) {
    across.points_mm.push_back(end + 0.5 * testing::towardsVessel() +
                               static_cast<double>(mm) * testing::nerveAxis());
    across.radius_mm.push_back(0.6);
  }
  scene.anatomy.vessels.push_back(testing::arteryOf("V2", across));
  EXPECT_FALSE(beyond(scene));
  scene.anatomy.vessels[1].tube.radius_mm.assign(across.size(), 0.4);
  EXPECT_TRUE(beyond(scene));
}

TEST(UnseenEnd, IsNoneInTheCanal) {
  EXPECT_TRUE(beyond(endingAbove(2, 1.8, 5)));
  EXPECT_FALSE(beyond(endingAbove(2, 1.8, 7)));
}

TEST(UnseenEnd, IsNoneOfALineThatGoesOn) {
  Scene scene = endingAbove(2, 1.8);
  Tube& tube = scene.anatomy.vessels[0].tube;
  tube.points_mm.push_back(tube.points_mm.back() + testing::towardsVessel() +
                           cross(testing::nerveAxis(), testing::towardsVessel()));
  tube.radius_mm.push_back(kRadiusMm);
  EXPECT_FALSE(beyond(scene));
}

bool isLost(const Scene& scene, const GapOptions& options = {}) {
  const Nerve& nerve = facialNerve(scene.anatomy, Side::left);
  return isLostOnItsWay(scene.anatomy, nerve, 0,
                        nearestPlace(nerve.tube, scene.anatomy.vessels[0].tube), options);
}

TEST(LostOnItsWay, IsALineThatEndsAsItDoesNotStrayFromTheNerve) {
  EXPECT_TRUE(isLost(endingAbove(2, 1.8)));
  EXPECT_TRUE(isLost(endingAbove(0.3, 1.8)));
  EXPECT_FALSE(isLost(endingAbove(0.1, 1.8)));
}

TEST(LostOnItsWay, IsNoneThatGoesOnOrEndsInAnotherVesselOrInTheCanal) {
  Scene going_on = endingAbove(2, 1.8);
  Tube& tube = going_on.anatomy.vessels[0].tube;
  tube.points_mm.push_back(tube.points_mm.back() + 4.0 * testing::towardsVessel());
  tube.radius_mm.push_back(kRadiusMm);
  EXPECT_FALSE(isLost(going_on));
  Scene branch = endingAbove(2, 1.8);
  branch.anatomy.vessels.push_back(branch.anatomy.vessels[0]);
  branch.anatomy.vessels[1].tube.radius_mm.assign(branch.anatomy.vessels[1].tube.size(), 0.6);
  EXPECT_FALSE(isLost(branch));
  EXPECT_FALSE(isLost(endingAbove(2, 1.8, 7)));
}

/// The gap of a vessel that is lost before it meets CSF in which a continuation would be seen.
Gap lostGap(double height_mm) {
  const Scene scene = endingAbove(height_mm, 1.8, 0, testing::kCsf);
  const Nerve& nerve = facialNerve(scene.anatomy, Side::left);
  GapOptions options;
  options.fit = false;
  return measureGap(scene.study, scene.anatomy, nerve, 0,
                    nearestPlace(nerve.tube, scene.anatomy.vessels[0].tube), options);
}

TEST(Gap, OfAVesselThatIsLostIsKnownToHalfOfItself) {
  const Gap lost = lostGap(1);
  const Gap passing = lostGap(-1);
  EXPECT_TRUE(lost.lost);
  EXPECT_FALSE(passing.lost);
  EXPECT_NEAR(lost.sd_mm, std::hypot(passing.sd_mm, lost.raw_mm / 2), 1e-9);
  const Contact told = describe(lost, {}, 0.05, 1);
  EXPECT_EQ(told.unseen_vessel_mm, 0.0);
  EXPECT_TRUE(told.length_mm.has_value()) << "what is seen of it is measured";
  EXPECT_FALSE(describe(passing, {}, 0.05, 1).unseen_vessel_mm.has_value());
}

TEST(Gap, IsThatOfTheStraightContinuationKnownToHalfOfWhatWasNotSeen) {
  const Scene scene = endingAbove(2, 1.8);
  const Nerve& nerve = facialNerve(scene.anatomy, Side::left);
  const Place place = nearestPlace(nerve.tube, scene.anatomy.vessels[0].tube);
  GapOptions options;
  options.fit = false;
  const Gap gap = measureGap(scene.study, scene.anatomy, nerve, 0, place, options);
  options.longest_unseen_mm = 0;
  options.least_lost_heading = 1;
  const Gap seen = measureGap(scene.study, scene.anatomy, nerve, 0, place, options);
  EXPECT_EQ(seen.unseen_mm, 0);
  EXPECT_NEAR(seen.raw_mm, place.gap_mm, 1e-9);
  EXPECT_NEAR(gap.unseen_mm, 2, 0.11);
  EXPECT_LT(gap.raw_mm, seen.raw_mm - 0.7);
  EXPECT_NEAR(gap.sd_mm, std::hypot(seen.sd_mm, (seen.raw_mm - gap.raw_mm) / 2), 1e-9);
  const Contact unseen = describe(gap, {}, 0.05, 1);
  EXPECT_EQ(unseen.unseen_vessel_mm, gap.unseen_mm);
  EXPECT_FALSE(unseen.length_mm.has_value());
  EXPECT_FALSE(deformityAt(nerve, 12, gap, nullptr, {}).indentation_mm.has_value());
  const Contact drawn = describe(seen, {}, 0.05, 1);
  EXPECT_FALSE(drawn.unseen_vessel_mm.has_value());
  EXPECT_TRUE(drawn.length_mm.has_value());
  EXPECT_TRUE(deformityAt(nerve, 12, seen, nullptr, {}).indentation_mm.has_value());
}

}  // namespace
}  // namespace neurovasc::contact
