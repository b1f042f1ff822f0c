#include "nerve_root.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

/// The smooth surface of the brain is the plane x = 10 of the side; brain_mm holds the distance.
SideView besideAWall() {
  return test::paintedView(
      {6, -6, -10}, {20, 8, 8}, 0.5, [](const Vec3&) { return 1.0; },
      [](const Vec3& p) { return p.x - 10; });
}

std::vector<Point3> lineFrom(const SideView& view, const Vec3& from, const Vec3& step) {
  std::vector<Point3> line;
  for (int i = 0; i < 25; ++i) line.push_back(view.lpsOf(from + step * i));
  return line;
}

TEST(EndAtRoot, LetsANerveThatBridgesTheFurrowEndWhereItMeetsTheBrain) {
  const SideView view = besideAWall();
  for (const double start_x : {10.9, 9.1}) {
    std::vector<Point3> line = lineFrom(view, {start_x, 1, -3}, {0.25, -0.1, 0.1});
    endAtRoot(line, view, view.brain_mm, -8);
    EXPECT_NEAR(view.sideOf(line.front()).x, 9.9, 0.25) << start_x;
    EXPECT_GT(view.sideOf(line.front()).z, -5) << start_x;
  }
}

TEST(EndAtRoot, TakesARidgeOfThePonsAlongItsSurfaceToTheSulcus) {
  const SideView view = besideAWall();
  for (const double start_z : {-2.0, -5.5}) {
    std::vector<Point3> line = lineFrom(view, {10.1, 2, start_z}, {0, -0.1, 0.25});
    endAtRoot(line, view, view.brain_mm, -3.6);
    EXPECT_NEAR(view.sideOf(line.front()).z, -3.6, 0.3) << start_z;
    EXPECT_NEAR(view.sideOf(line.front()).x, 10.1, 0.1) << start_z;
  }
}

TEST(EndAtRoot, GuessesNoFartherThanItSees) {
  const SideView view = besideAWall();
  std::vector<Point3> line = lineFrom(view, {10.1, 2, 0}, {0, -0.1, 0.25});
  endAtRoot(line, view, view.brain_mm, -9);
  EXPECT_GT(view.sideOf(line.front()).z, -3);
}

}  // namespace
}  // namespace neurovasc::anatomy
