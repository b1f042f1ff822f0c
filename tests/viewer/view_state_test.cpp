#include "view_state.h"

#include <gtest/gtest.h>

namespace neurovasc::viewer {
namespace {

std::array<std::vector<Point3>, 2> nerves() {
  return {{{{12, 4, 10}, {20, 4, 10}, {30, 4, 10}}, {{-12, 4, 10}, {-30, 4, 10}}}};
}

class Viewing : public ::testing::Test {
 protected:
  Viewing() { state_.setStage({0, 0, 10}, 80, 0.5, nerves()); }
  ViewState state_;
};

TEST_F(Viewing, FollowsTheNerveNearestToTheCrosshair) {
  state_.setCrosshair({19, 5, 11});
  EXPECT_EQ(state_.side(), Side::left);
  EXPECT_NEAR(state_.alongNerve_mm(), 7, 1e-9);
  state_.setCrosshair({-14, 5, 11});
  EXPECT_EQ(state_.side(), Side::right);
  EXPECT_NEAR(state_.alongNerve_mm(), 2, 1e-9);
}

TEST_F(Viewing, ScrollsOneSliceTowardsTheViewer) {
  state_.setCrosshair({15, 2, 9});
  state_.scroll(Orientation::axial, 2);
  // Axial slices are seen from the feet.
  EXPECT_EQ(state_.crosshair(), (Point3{15, 2, 8}));
}

TEST_F(Viewing, ScrollsAlongTheNerveAndStopsAtItsEnds) {
  state_.setCrosshair({13, 4, 10});
  state_.scroll(Orientation::perpendicular, -4);
  EXPECT_NEAR(state_.crosshair().x, 14, 1e-9);
  state_.scroll(Orientation::perpendicular, 1000);
  EXPECT_NEAR(state_.crosshair().x, 12, 1e-9);
}

TEST_F(Viewing, PutsWhatItGoesToIntoTheMiddleOfEverySlice) {
  const Point3 p = {21, -3, 14};
  state_.goTo(p, 30);
  for (const Orientation o : kOrientations) {
    const SlicePlane plane = state_.plane(o, 300);
    const QPointF spot = plane.spotOf(p, {300, 300});
    EXPECT_NEAR(spot.x(), 150, 1e-6);
    EXPECT_NEAR(spot.y(), 150, 1e-6);
    EXPECT_LE(plane.mm_per_pixel, 0.1 + 1e-9);
  }
}

TEST_F(Viewing, AppliesOneWindowToImagesOfDifferentScale) {
  const WindowShares half = {0.25, 0.75};
  const scene::GreyWindow a = applied(half, {100, 500});
  const scene::GreyWindow b = applied(half, {1000, 5000});
  EXPECT_DOUBLE_EQ(a.black, 200);
  EXPECT_DOUBLE_EQ(a.white, 400);
  EXPECT_DOUBLE_EQ(b.black, 2000);
  EXPECT_DOUBLE_EQ(b.white, 4000);
}

TEST_F(Viewing, NeverLetsWhiteFallBelowBlack) {
  state_.setWindow({0.8, 0.2});
  EXPECT_GT(state_.window().white, state_.window().black);
}

TEST_F(Viewing, LeavesBrainstemAndEarsOffSlicesUnlessAskedFor) {
  ShowOptions show;
  EXPECT_FALSE(show.isOutlined(scene::PartKind::brain));
  EXPECT_TRUE(show.isOutlined(scene::PartKind::vein));
  show.surroundings = true;
  EXPECT_TRUE(show.isOutlined(scene::PartKind::brain));
  show.hidden = {scene::PartKind::vein};
  EXPECT_FALSE(show.isOutlined(scene::PartKind::vein));
}

}  // namespace
}  // namespace neurovasc::viewer
