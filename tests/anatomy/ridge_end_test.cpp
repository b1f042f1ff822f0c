#include "ridge_end.h"

#include <gtest/gtest.h>

#include <cmath>

#include "nerve_root.h"
#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kBrain = 0.3;

/// Brain medial of x = 10 of the side with a ridge on it that ends at z = @p root_z; below that the
/// surface lies @p medulla_mm higher.
SideView ridgeThatEnds(double root_z, double medulla_mm) {
  SideView view = test::paintedView(
      {4, -6, -12}, {18, 8, 10}, 0.4,
      [=](const Vec3& p) {
        const bool on_ridge = p.z > root_z && std::abs(p.y - 1) < 0.8;
        const double surface = 10 + (on_ridge ? 0.6 : p.z > root_z ? 0 : medulla_mm);
        return kBrain + (1 - kBrain) * test::edge(p.x - surface);
      },
      [](const Vec3& p) { return p.x - 10; });
  view.brain = kBrain;
  return view;
}

/// The axis of that ridge from z = @p begin_z on.
std::vector<Point3> axisFrom(const SideView& view, double begin_z, double end_z = 8) {
  std::vector<Point3> line;
  for (double z = begin_z; z < end_z; z += 0.3) line.push_back(view.lpsOf({10.1, 1, z}));
  return line;
}

TEST(RidgeEnd, IsWhereTheSurfaceSinksIntoTheFurrow) {
  const SideView view = ridgeThatEnds(-2.5, -1.5);
  for (const double begin_z : {-1.0, -2.5, -4.0}) {
    const auto beyond = ridgeEndBeyond(axisFrom(view, begin_z), view);
    ASSERT_TRUE(beyond) << begin_z;
    EXPECT_NEAR(*beyond, begin_z + 2.5, 0.4) << begin_z;
  }
}

TEST(RidgeEnd, LiesBeforeTheBulgeOfTheMedulla) {
  const SideView view = ridgeThatEnds(-2.5, 2.5);
  const auto beyond = ridgeEndBeyond(axisFrom(view, -1.0), view);
  ASSERT_TRUE(beyond);
  EXPECT_LT(*beyond, 1.5);
  EXPECT_GT(*beyond, -0.5);
}

TEST(RidgeEnd, IsNotToldWhereTheSurfaceGoesOn) {
  const SideView view = ridgeThatEnds(-20, 0);
  EXPECT_FALSE(ridgeEndBeyond(axisFrom(view, -1.0), view));
}

TEST(RidgeEnd, IsNotToldByALineThatIsTooShortOrTooFarOff) {
  const SideView view = ridgeThatEnds(-2.5, -1.5);
  EXPECT_FALSE(ridgeEndBeyond(axisFrom(view, -1.0, 4), view));
  EXPECT_FALSE(ridgeEndBeyond(axisFrom(view, 1.0), view));
}

TEST(RidgeEnd, DrawsTheRootTowardsItFromTheLevelOfTheSulcus) {
  const SideView view = ridgeThatEnds(-2.5, -1.5);
  for (const double level_mm : {-1.0, -4.0}) {
    std::vector<Point3> line = axisFrom(view, level_mm);
    endAtRoot(line, view, view.brain_mm, level_mm);
    const double off_mm = std::abs(view.sideOf(line.front()).z + 2.5);
    EXPECT_LT(off_mm, 1.0) << "from 1.5 mm, at " << level_mm;
    EXPECT_GT(off_mm, 0.2) << "the level counts as well";
  }
}

}  // namespace
}  // namespace neurovasc::anatomy
