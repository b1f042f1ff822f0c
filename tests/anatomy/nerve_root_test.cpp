#include "nerve_root.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "neurovasc/core/tube.h"
#include "vessel_voxels.h"
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

TEST(KeepNearPath, TakesBackWhatWentTooFar) {
  const std::vector<Point3> path = {{0, 0, 0}, {10, 0, 0}};
  std::vector<Point3> line = {{1, 0.3, 0}, {2, 0.6, 0.8}, {3, 0, -0.4}};
  keepNearPath(path, line);
  EXPECT_EQ(line[0], (Point3{1, 0.3, 0}));
  EXPECT_LT(distance(line[1], Point3{2, 0.3, 0.4}), 1e-9);
  EXPECT_EQ(line[2], (Point3{3, 0, -0.4}));
}

TEST(TakeOutOfBlood, PutsWhatSlidIntoAnArteryBackOnThePath) {
  const SideView plain = besideAWall();
  const std::vector<Point3> path = lineFrom(plain, {11, 3, 2}, {0, -0.1, -0.25});
  std::vector<Point3> line = path;
  for (Point3& p : line) p = p + plain.lpsDirection({0.4, 0, 0});
  const std::vector<Point3> fitted = line;
  EXPECT_FALSE(takeOutOfBlood(plain, path, line)) << "no TOF";
  SideView view = plain;
  view.tof = ImageF(view.t2.geometry(), 0.9F);
  EXPECT_FALSE(takeOutOfBlood(view, path, line));
  const GridGeometry& grid = view.t2.geometry();
  for (std::size_t i = 0; i < view.tof->voxelCount(); ++i) {
    if (view.sideOf(lpsOf(grid, i)).z < -1) (*view.tof)[i] = 3;
  }
  EXPECT_TRUE(takeOutOfBlood(view, path, line));
  EXPECT_EQ(line.front(), fitted.front());
  EXPECT_LT(project(path, line.back()).distance_mm, 1e-9);
}

TEST(EndAtRoot, LetsANerveThatBridgesTheFurrowEndWhereItMeetsTheBrain) {
  const SideView view = besideAWall();
  for (const double start_x : {10.9, 9.3}) {
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

/// A ridge of the pons with so much height above the brain's smooth surface at side z.
std::vector<Point3> lineAtHeight(const SideView& view, double from_z,
                                 const std::function<double(double)>& height_mm) {
  std::vector<Point3> line;
  for (double z = from_z; z < 6; z += 0.25) {
    line.push_back(view.lpsOf({10 + height_mm(z), 2 - 0.1 * z, z}));
  }
  return line;
}

TEST(EndAtRoot, TakesALineThatRanOffTheBrainBeyondTheRootForNoBridge) {
  const SideView view = besideAWall();
  std::vector<Point3> line =
      lineAtHeight(view, -6.5, [](double z) { return std::clamp(-2.6 - z, 0.1, 1.2); });
  endAtRoot(line, view, view.brain_mm, -3.6);
  EXPECT_NEAR(view.sideOf(line.front()).z, -3.6, 0.3);
}

TEST(EndAtRoot, TakesTheRoughnessOfANoisySurfaceForNoBridge) {
  const SideView view = besideAWall();
  std::vector<Point3> line =
      lineAtHeight(view, -2.6, [](double z) { return 0.45 * std::exp(-(z + 1) * (z + 1)); });
  endAtRoot(line, view, view.brain_mm, -3.6);
  EXPECT_NEAR(view.sideOf(line.front()).z, -3.6, 0.3);
}

TEST(EndAtRoot, GuessesNoFartherThanItSees) {
  const SideView view = besideAWall();
  std::vector<Point3> line = lineFrom(view, {10.1, 2, 0}, {0, -0.1, 0.25});
  endAtRoot(line, view, view.brain_mm, -9);
  EXPECT_GT(view.sideOf(line.front()).z, -3);
}

/// An artery across the wall at side z = -3.5, medial of y = 2.
SideView withArteryAcross(SideView view) {
  view.tof = ImageF(view.t2.geometry());
  const GridGeometry& grid = view.t2.geometry();
  for (std::size_t i = 0; i < view.tof->voxelCount(); ++i) (*view.tof)[i] = 0.9F;
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const Vec3 p = view.sideOf(grid.toLps(i, j, k));
        if (p.y < 2 && std::hypot(p.x - 11, p.z + 3.5) < 0.7) (*view.tof)(i, j, k) = 3;
      }
    }
  }
  return view;
}

/// A ridge that leaves the straight line near its root, by up to 1.5 mm in y.
std::vector<Point3> lineRoundArtery(const SideView& view) {
  std::vector<Point3> line;
  for (double z = -3.6; z < 7; z += 0.25) {
    const double off = std::max(0.0, -1.6 - z);
    line.push_back(view.lpsOf({10.1, 1 + 0.375 * off * off, z}));
  }
  return line;
}

TEST(EndAtRoot, GoesOnStraightUnderAnArteryThatThePathGoesRound) {
  const SideView view = withArteryAcross(besideAWall());
  std::vector<Point3> line = lineRoundArtery(view);
  ASSERT_GT(view.sideOf(line.front()).y, 2.3);
  endAtRoot(line, view, view.brain_mm, -3.6);
  EXPECT_NEAR(view.sideOf(line.front()).y, 1, 0.25);
  EXPECT_NEAR(view.sideOf(line.front()).z, -3.6, 0.3);
}

TEST(EndAtRoot, KeepsABendWhereNoArteryIsNear) {
  SideView view = withArteryAcross(besideAWall());
  for (float& v : *view.tof) v = 0.9F;
  std::vector<Point3> line = lineRoundArtery(view);
  endAtRoot(line, view, view.brain_mm, -3.6);
  EXPECT_GT(view.sideOf(line.front()).y, 2);
}

TEST(EndAtRoot, KeepsABendWhereAnArteryMayHaveLedTheRestOfTheLineAsWell) {
  SideView view = withArteryAcross(besideAWall());
  const GridGeometry& grid = view.tof->geometry();
  const Vec3 index = grid.toIndex(view.lpsOf({11, 1, 2}));
  const auto at = [&](int axis) { return static_cast<int>(std::lround(index[axis])); };
  (*view.tof)(at(0), at(1), at(2)) = 3;
  std::vector<Point3> line = lineRoundArtery(view);
  endAtRoot(line, view, view.brain_mm, -3.6);
  EXPECT_GT(view.sideOf(line.front()).y, 2);
}

/// Brain below x = 10 of the side, with fluid above it.
SideView wallInFluid() {
  return test::paintedView(
      {6, -6, -10}, {20, 8, 8}, 0.5, [](const Vec3& p) { return p.x < 10 ? 0.3 : 1.0; },
      [](const Vec3& p) { return p.x - 10; });
}

TEST(AstrayPoints, AreThoseBeforeAStretchOfFluidNearTheRoot) {
  const SideView view = wallInFluid();
  std::vector<Point3> line;
  for (int i = 0; i < 8; ++i) line.push_back(view.lpsOf({12, 1, -8 + 0.25 * i}));
  for (int i = 0; i < 20; ++i) line.push_back(view.lpsOf({9, 1, -6 + 0.25 * i}));
  EXPECT_NEAR(static_cast<double>(astrayPoints(line, view)), 8, 2);
  line.erase(line.begin(), line.begin() + 10);
  EXPECT_EQ(astrayPoints(line, view), 0U);
}

TEST(AstrayPoints, AreThoseOnASlowArtery) {
  SideView view = wallInFluid();
  view.tof = test::paintedView(
                 {6, -6, -10}, {20, 8, 8}, 0.5,
                 [](const Vec3& p) {
                   const bool artery = std::hypot(p.x - 9, p.y - 1) < 0.6 && p.z < -5;
                   return artery ? 1.4 : 0.9;
                 },
                 [](const Vec3& p) { return p.x - 10; })
                 .t2;
  std::vector<Point3> line;
  for (int i = 0; i < 40; ++i) line.push_back(view.lpsOf({9, 1, -8 + 0.25 * i}));
  EXPECT_NEAR(static_cast<double>(astrayPoints(line, view)), 12, 4);
  for (Point3& p : line) p = p + view.lpsDirection({0, 2.5, 0});
  EXPECT_EQ(astrayPoints(line, view), 0U);
}

/// As dark as brain but for a layer of fluid, @p hidden_mm thick, from z = -6 up.
SideView withLayerOfFluid(double hidden_mm) {
  return test::paintedView(
      {6, -6, -10}, {20, 8, 8}, 0.25,
      [&](const Vec3& p) { return p.z > -6 && p.z < -6 + hidden_mm ? 1.0 : 0.3; },
      [](const Vec3& p) { return p.x - 10; });
}

std::vector<Point3> straightUp(const SideView& view) {
  std::vector<Point3> line;
  for (double z = -9; z < 6; z += 0.25) line.push_back(view.lpsOf({9, 1, z}));
  return line;
}

TEST(MendAstray, BridgesAShortStretchAndCutsAtALongOne) {
  for (const double hidden_mm : {0.0, 1.5, 4.0}) {
    const SideView view = withLayerOfFluid(hidden_mm);
    const std::vector<Point3> whole = straightUp(view);
    std::vector<Point3> line = whole;
    mendAstray(line, view);
    EXPECT_EQ(line.size() == whole.size(), hidden_mm == 0) << hidden_mm;
    EXPECT_NEAR(view.sideOf(line.front()).z, hidden_mm < 2 ? -9 : -2.2, 0.4) << hidden_mm;
  }
}

TEST(StumpOf, IsWhatLiesBeforeTheFirstArteryOnTheWay) {
  SideView view = withLayerOfFluid(0);
  const std::vector<Point3> line = straightUp(view);
  EXPECT_TRUE(stumpOf(line, view).empty()) << "without TOF";
  view.tof = ImageF(view.t2.geometry(), 0.9F);
  EXPECT_TRUE(stumpOf(line, view).empty()) << "nothing hides the rest";
  const Size3& n = view.t2.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const double z = view.sideOf(view.t2.geometry().toLps(i, j, k)).z;
        if (z > -5 && z < -2) (*view.tof)(i, j, k) = 3.0F;
      }
    }
  }
  const std::vector<Point3> stump = stumpOf(line, view);
  ASSERT_GT(stump.size(), 3U);
  EXPECT_EQ(stump.front(), line.front());
  EXPECT_NEAR(view.sideOf(stump.back()).z, -5.3, 0.6);
}

}  // namespace
}  // namespace neurovasc::anatomy
