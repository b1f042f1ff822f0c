#include "neurovasc/core/tube.h"

#include <gtest/gtest.h>

namespace neurovasc {
namespace {

Tube corner() { return {{{0, 0, 0}, {2, 0, 0}, {2, 3, 0}}, {1.0, 2.0, 0.5}, {0.5, 1.0, 0.0}}; }

TEST(Tube, MeasuresArcLengthInMillimetres) {
  EXPECT_EQ(arcLengths(corner().points_mm), (std::vector<double>{0, 2, 5}));
  EXPECT_DOUBLE_EQ(lengthOf(corner().points_mm), 5);
}

TEST(Projection, FindsTheNearestPlaceBetweenPoints) {
  const Projection p = project(corner().points_mm, {2.5, 1.5, 0});
  EXPECT_DOUBLE_EQ(p.arclength_mm, 3.5);
  EXPECT_DOUBLE_EQ(p.distance_mm, 0.5);
  EXPECT_EQ(p.segment, 1U);
  EXPECT_DOUBLE_EQ(p.fraction, 0.5);
}

TEST(Projection, StopsAtTheEnds) {
  EXPECT_DOUBLE_EQ(project(corner().points_mm, {-4, 3, 0}).distance_mm, 5);
  EXPECT_DOUBLE_EQ(project(corner().points_mm, {2, 9, 0}).arclength_mm, 5);
}

TEST(Projection, WorksOnASinglePoint) {
  EXPECT_DOUBLE_EQ(project({{1, 1, 1}}, {1, 1, 3}).distance_mm, 2);
}

TEST(Interpolation, AlongTheLineIsLinearAndHeldAtTheEnds) {
  const Tube tube = corner();
  EXPECT_DOUBLE_EQ(pointAt(tube.points_mm, 3).y, 1);
  EXPECT_DOUBLE_EQ(valueAt(tube.points_mm, tube.radius_mm, 1), 1.5);
  EXPECT_DOUBLE_EQ(valueAt(tube.points_mm, tube.radius_mm, 99), 0.5);
  EXPECT_DOUBLE_EQ(valueAt(tube.points_mm, tube.radius_mm, -1), 1.0);
  EXPECT_DOUBLE_EQ(tangentAt(tube.points_mm, 4).y, 1);
}

TEST(Resampled, KeepsTheEndsAndTheLengthOfAStraightTube) {
  const Tube tube{{{0, 0, 0}, {0, 0, 1.7}}, {1, 2}, {}};
  const Tube fine = resampled(tube, 0.5);
  ASSERT_EQ(fine.size(), 5U);
  EXPECT_DOUBLE_EQ(fine.points_mm.back().z, 1.7);
  EXPECT_DOUBLE_EQ(fine.radius_mm.back(), 2);
  EXPECT_DOUBLE_EQ(fine.points_mm[1].z, 0.5);
  EXPECT_TRUE(fine.confidence.empty());
}

TEST(Reversed, TurnsEveryVector) {
  const Tube back = reversed(corner());
  EXPECT_DOUBLE_EQ(back.points_mm.front().y, 3);
  EXPECT_DOUBLE_EQ(back.radius_mm.front(), 0.5);
  EXPECT_DOUBLE_EQ(back.confidence.front(), 0.0);
}

}  // namespace
}  // namespace neurovasc
