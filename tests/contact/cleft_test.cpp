#include "cleft.h"

#include <gtest/gtest.h>

#include "contact/scene_fixture.h"

namespace neurovasc::contact {
namespace {

using testing::Scene;
using testing::sceneOf;
using testing::SceneSpec;
using testing::trueNerve;
using testing::trueVessel;

/// A wide artery over a nerve that is half sunk into the pons.
SceneSpec wideOver(double gap_mm) {
  SceneSpec spec;
  spec.on_pons = true;
  spec.vessel_radius_mm = 1.4;
  spec.vessel_bend_per_mm = 0.02;
  spec.gap_mm = gap_mm;
  return spec;
}

/// The gap between the scene's vessel and a line that is off the nerve's by @p off.
Gap gapOff(const SceneSpec& spec, const Vec3& off) {
  Gap gap;
  gap.nerve = testing::moved(trueNerve(spec), off, 1);
  gap.vessel = trueVessel(spec);
  gap.place = nearestPlace(gap.nerve, gap.vessel);
  gap.raw_mm = gap.place.gap_mm;
  return gap;
}

CleftFluid fluidOf(const SceneSpec& spec, const Vec3& off) {
  const Scene scene = sceneOf(spec);
  return fluidUnder(scene.study, scene.anatomy.levels, gapOff(spec, off));
}

class CleftOf : public ::testing::TestWithParam<double> {};

TEST_P(CleftOf, CsfShowsItsWidth) {
  EXPECT_NEAR(fluidOf(wideOver(GetParam()), {}).width_mm, GetParam(), 0.12);
}

INSTANTIATE_TEST_SUITE_P(Widths, CleftOf, ::testing::Values(0.2, 0.4, 0.6));

TEST(CleftFluid, IsNoneUnderAnArteryThatTouchesThoughTheLineLiesInTheBrainBeside) {
  const SceneSpec spec = wideOver(-0.2);
  const Vec3 deeper = -0.6 * testing::towardsVessel();
  const Vec3 aside = 0.6 * cross(testing::nerveAxis(), testing::towardsVessel());
  for (const Vec3& off : {deeper, deeper + aside, deeper - aside}) {
    ASSERT_GT(gapOff(spec, off).raw_mm, 0.2);
    EXPECT_LT(fluidOf(spec, off).share, GapOptions{}.least_fluid_share);
  }
}

TEST(CleftFluid, IsSoughtBesideTheLineUnderWideArteriesOnly) {
  SceneSpec spec = wideOver(0.2);
  spec.vessel_radius_mm = 1.0;
  const Scene scene = sceneOf(spec);
  Gap gap = gapOff(spec, 0.7 * cross(testing::nerveAxis(), testing::towardsVessel()));
  const auto share = [&](double radius_mm) {
    gap.vessel.radius_mm.assign(gap.vessel.size(), radius_mm);
    return fluidUnder(scene.study, scene.anatomy.levels, gap).share;
  };
  EXPECT_LT(share(1.01), share(0.99) - 0.05);
}

TEST(CleftFluid, IsAsWideAsTheGapWhereItShowsAsItIs) {
  const SceneSpec spec = wideOver(0.9);
  Scene scene = sceneOf(spec);
  scene.anatomy.levels.t2_csf *= 0.75;  // no blur between fluid this dark
  const Gap gap = gapOff(spec, {});
  EXPECT_EQ(fluidUnder(scene.study, scene.anatomy.levels, gap).width_mm, gap.raw_mm);
}

TEST(CleftFluid, SaysNothingOfAStudyWhoseLevelsAreUnknown) {
  const SceneSpec spec = wideOver(0.4);
  const Gap gap = gapOff(spec, {});
  const CleftFluid fluid = fluidUnder(sceneOf(spec).study, {}, gap);
  EXPECT_EQ(fluid.share, 1);
  EXPECT_EQ(fluid.width_mm, gap.raw_mm);
}

}  // namespace
}  // namespace neurovasc::contact
