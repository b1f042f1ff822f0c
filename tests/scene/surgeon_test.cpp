#include "surgeon.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

#include "furniture.h"
#include "render.h"
#include "scene/analytic_scene.h"

namespace neurovasc::scene {
namespace {

using testing::analyticScene;
using testing::kMiddle;
using testing::leftContact;
using testing::obliqueGrid;
using testing::sampled;
using testing::straightTube;

/// A block of brain as thick as 10 mm, behind kMiddle from 5 to 15 mm, in a large image.
SceneContent behindABlock() {
  SceneContent content = leftContact();
  SurfaceOptions options;
  options.inside_is_below = true;
  const auto block = [](const Point3& p) { return std::abs(p.y - kMiddle.y - 10) - 5; };
  content.brain =
      extractSurface(sampled(obliqueGrid({60, 60, 50}, {1, 1.1, 0.9}, kMiddle), block), 0, options);
  content.t2.image =
      sampled(obliqueGrid({70, 80, 60}, {0.9, 0.8, 1}, kMiddle), [](const Point3&) { return 1.0; });
  return content;
}

TEST(Depth, IsMeasuredToTheOutermostSurfaceOfTheBrain) {
  const auto depth = depthOf(behindABlock(), kMiddle, {0, 1, 0});
  ASSERT_TRUE(depth);
  EXPECT_TRUE(depth->whole);
  EXPECT_NEAR(depth->mm, 15, 0.1);
}

TEST(Depth, IsAtLeastTheWayToTheImagesEndWhereNoSurfaceIsMetBefore) {
  const auto depth = depthOf(behindABlock(), kMiddle, {0, -1, 0});
  ASSERT_TRUE(depth);
  EXPECT_FALSE(depth->whole);
  EXPECT_GT(depth->mm, 20);
  EXPECT_FALSE(depthOf({}, kMiddle, {0, 1, 0}));
}

class SurgeonsView : public ::testing::Test {
 protected:
  Plate plateOf(const SceneContent& content) {
    stage_.reset();  // one window at a time
    stage_ = std::make_unique<Stage>(content, options_);
    return {canvas_,
            layoutOf(options_).scene,
            1,
            *stage_,
            viewFrame(content, View::retrosigmoid_left, options_),
            stagingOf(View::retrosigmoid_left)};
  }

  PictureOptions options_;
  Canvas canvas_{options_.width_px, options_.height_px, kPaper};
  std::unique_ptr<Stage> stage_;
};

TEST_F(SurgeonsView, KnowsWhatItHidesAndWhatLiesBeyondIt) {
  SceneContent content = leftContact();
  const Vec3 eye = viewFrame(content, View::retrosigmoid_left, options_).toward_viewer;
  const Tube artery = content.vessels[0].tube;
  Vessel screen = content.vessels[0];
  screen.tube.radius_mm.assign(screen.tube.size(), 2.5);
  for (Point3& p : screen.tube.points_mm) {
    p += 6.0 * eye;
  }
  {
    const Plate plate = plateOf(content);
    EXPECT_EQ(sightOf(plate, artery), Sight::seen);
    EXPECT_EQ(sightOf(plate, straightTube(kMiddle + Vec3{-90, 0, 0}, kMiddle + Vec3{-80, 0, 0}, 1)),
              Sight::beyond);
  }
  content.vessels.push_back(screen);
  EXPECT_EQ(sightOf(plateOf(content), artery), Sight::hidden);
}

TEST_F(SurgeonsView, TellsTheDepthOfEachContactAndWhatIsNotToldApart) {
  const SceneContent& content = analyticScene();
  const std::vector<PanelNote> notes = surgeonsNotes(plateOf(content), content, Side::left);
  ASSERT_EQ(notes.size(), 2U);
  ASSERT_EQ(notes[0].lines.size(), 1U);
  EXPECT_EQ(notes[0].lines[0].substr(0, 3), "L1:");
  EXPECT_NE(notes[1].lines.back().find("sigmoid sinus"), std::string::npos);
}

TEST(RetrosigmoidView, HasLateralUpForAPatientWhoLiesOnTheOtherSide) {
  PictureOptions options;
  options.position = PatientPosition::lateral;
  for (const View view : {View::retrosigmoid_left, View::retrosigmoid_right}) {
    const ViewFrame frame = viewFrame(leftContact(), view, options);
    EXPECT_GT(frame.up.x * lateralSign(*sideOf(view)), 0.8);
    // Behind the head of a patient on the left side, the head is to the surgeon's left.
    EXPECT_GT(frame.right.z * lateralSign(*sideOf(view)), 0.7);
    EXPECT_EQ(frame.toward_viewer, viewFrame(leftContact(), view).toward_viewer);
  }
  EXPECT_EQ(parsePosition("lateral"), PatientPosition::lateral);
  EXPECT_EQ(parsePosition(name(PatientPosition::upright)), PatientPosition::upright);
  EXPECT_FALSE(parsePosition("standing"));
}

TEST(OrientationCube, ShowsTheFacesThatLookAtTheViewerAndStaysInItsArea) {
  const Rect area{20, 30, 84, 84};
  const auto cubeOf = [&](const Vec3& toward) {
    Canvas canvas(150, 150, kPaper);
    drawOrientationCube(canvas, area, lookAt({}, toward, {0, 0, 1}, {0, 0, 150, 150}));
    return canvas.take();
  };
  const Picture front = cubeOf({0, -1, 0});
  EXPECT_NE(front.rgb, cubeOf({1, 0, 0}).rgb);
  EXPECT_NE(front.rgb, cubeOf({0, 1, 0}).rgb);
  int inked_outside = 0;
  int inked = 0;
  for (int y = 0; y < 150; ++y) {
    for (int x = 0; x < 150; ++x) {
      const bool ink = front.rgb[static_cast<std::size_t>(3 * (y * 150 + x))] < 250;
      const bool within = x >= area.x && x < area.right() && y >= area.y && y < area.bottom();
      inked += ink && within ? 1 : 0;
      inked_outside += ink && !within ? 1 : 0;
    }
  }
  EXPECT_EQ(inked_outside, 0);
  EXPECT_GT(inked, 1000);
}

}  // namespace
}  // namespace neurovasc::scene
