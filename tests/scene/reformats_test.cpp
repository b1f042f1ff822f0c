#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/pictures.h"
#include "neurovasc/scene/section.h"
#include "neurovasc/scene/views.h"
#include "ribbon.h"
#include "scene/analytic_scene.h"
#include "slice_paint.h"

namespace neurovasc::scene {
namespace {

using testing::analyticScene;
using testing::kMiddle;
using testing::leftContact;
using testing::obliqueGrid;
using testing::sampled;

const Tube& leftNerve() { return analyticScene().nerves[0].tube; }

/// The middle of the pixels as white as nothing else in a part of a picture.
struct White {
  double x = 0;
  double y = 0;
  int count = 0;
};

White whiteIn(const Picture& picture, const Rect& part) {
  White white;
  for (int y = static_cast<int>(part.y); y < part.bottom(); ++y) {
    for (int x = static_cast<int>(part.x); x < part.right(); ++x) {
      const auto at = static_cast<std::size_t>(3 * (y * picture.width + x));
      if (picture.rgb[at] > 200 && picture.rgb[at + 1] > 200 && picture.rgb[at + 2] > 200) {
        white.x += x;
        white.y += y;
        ++white.count;
      }
    }
  }
  white.x /= std::max(1, white.count);
  white.y /= std::max(1, white.count);
  return white;
}

/// A scene whose T2 is black but for a bright ball about @p place.
SceneContent withBallAt(const Point3& place) {
  SceneContent content = leftContact();
  content.t2.image =
      sampled(obliqueGrid({130, 60, 50}, {0.6, 0.7, 0.9}, kMiddle),
              [&](const Point3& p) { return distance(p, place) < 2.2 ? 200.0 : 0.0; });
  content.t2.window = {0, 120};
  return content;
}

TEST(Ribbon, LaysItsOwnPlacesFlatWithoutStretching) {
  const Ribbon ribbon(leftNerve().points_mm, {0, -1, 0}, 6);
  for (const double h : {0.5, 6.0, 13.0, 20.0}) {
    const Vec3 flat = ribbon.flat(ribbon.at(h, 3));
    EXPECT_NEAR(flat.x, h, 1e-6);
    EXPECT_NEAR(flat.y, 3, 1e-9);
    EXPECT_NEAR(flat.z, 0, 1e-6);
  }
  const double step = distance(ribbon.at(10, 0), ribbon.at(10.1, 0));
  EXPECT_NEAR(step, 0.1, 1e-3);
}

TEST(Ribbon, HoldsTheNervesWholeCentreLine) {
  for (const Vec3& sweep : {Vec3{0, -1, 0}, Vec3{0, 0, 1}}) {
    const Ribbon ribbon(leftNerve().points_mm, sweep, 6);
    EXPECT_NEAR(ribbon.flat(leftNerve().points_mm.front()).x, 6, 1e-6);
    EXPECT_NEAR(ribbon.flat(leftNerve().points_mm.back()).x, ribbon.length_mm(), 1e-6);
    for (const Point3& p : leftNerve().points_mm) {
      EXPECT_NEAR(ribbon.flat(p).z, 0, 0.01);
    }
  }
}

TEST(Ribbon, CutsATubeAtItsRadius) {
  const Ribbon ribbon(leftNerve().points_mm, {0, 0, 1}, 6);
  int along = 0;
  double widest = 0;
  for (const Segment& s :
       sectionOf(ribbon.flattened(tubeSurface(leftNerve(), 48)), {}, {0, 0, 1})) {
    const Projection on = project(leftNerve().points_mm, ribbon.at(s[0].x, s[0].y));
    if (on.arclength_mm > 0.2 && on.arclength_mm < lengthOf(leftNerve().points_mm) - 0.2) {
      widest = std::max(widest, std::abs(on.distance_mm - 0.8));
      ++along;
    }
  }
  EXPECT_GT(along, 50);
  EXPECT_LT(widest, 0.05);
}

TEST(AlongNerve, HasThePatientsRightOnTheViewersLeftOnBothSides) {
  for (const Side side : kSides) {
    const Tube nerve = leftContact().nerves[side == Side::left ? 0 : 1].tube;
    const auto whiteAt = [&](double s_mm) {
      const Picture picture = renderAlongNerve(withBallAt(pointAt(nerve.points_mm, s_mm)), side);
      const White white = whiteIn(picture, {8, 60, 900, picture.height - 120.0});
      EXPECT_GT(white.count, 200);
      return white.x;
    };
    EXPECT_GT((whiteAt(16) - whiteAt(4)) * lateralSign(side), 80) << name(side);
  }
}

TEST(AlongNerve, ShowsTofBesideT2) {
  SceneContent content = leftContact();
  const Picture alone = renderAlongNerve(content, Side::left);
  content.tof = content.t2;
  EXPECT_NE(renderAlongNerve(content, Side::left).rgb, alone.rgb);
}

TEST(AlongNerve, IsRefusedWhereThereIsNoNerve) {
  SceneContent content = leftContact();
  content.nerves.pop_back();
  EXPECT_THROW(renderAlongNerve(content, Side::right), Error);
  EXPECT_THROW(renderFusion(content, Side::left), Error);  // no TOF
}

TEST(AcrossNerve, IsSeenFromTheBrainstemOutward) {
  // Looking to the patient's left from the brainstem, the front is on the viewer's right.
  const Point3 axis = pointAt(leftContact().nerves[0].tube.points_mm, 8);
  const auto whiteAt = [&](const Vec3& beside) {
    const White white =
        whiteIn(renderContactAcross(withBallAt(axis + beside), "L1"), {0, 60, 940, 150});
    EXPECT_GT(white.count, 500);
    return white.x;
  };
  EXPECT_GT(whiteAt({0, -3, 0}) - whiteAt({0, 3, 0}), 40);
}

TEST(AcrossNerve, LeavesOutWhatLiesBeyondTheNervesEnds) {
  SceneContent content = leftContact();
  auto& contact = content.sides[0].contacts[0];
  contact.nerve_point_mm = content.nerves[0].tube.points_mm.front();
  EXPECT_NO_THROW(renderContactAcross(content, "L1"));
  EXPECT_THROW(renderContactAcross(content, "L9"), Error);
}

TEST(Fusion, ColoursWhatFlowsAndNotTheBrain) {
  const SceneContent& content = analyticScene();
  const ColorAt color = fusedColors(content.t2, *content.tof, flowWindow(content));
  const Color artery = *color(content.vessels[2].tube.points_mm[10]);
  EXPECT_GT(artery.r, artery.b + 150);
  const Color brain = *color(kMiddle + Vec3{2, 0, 1});
  EXPECT_EQ(brain.r, brain.b);
  EXPECT_FALSE(color(kMiddle + Vec3{0, 0, 500}));
}

TEST(Reformats, StopOnRequest) {
  StopToken stop;
  stop.requestStop();
  const Progress progress({}, {}, stop);
  EXPECT_THROW(renderAlongNerve(analyticScene(), Side::left, {}, progress), Error);
  EXPECT_THROW(renderContactAcross(analyticScene(), "L1", {}, progress), Error);
  EXPECT_THROW(renderFusion(analyticScene(), Side::left, {}, progress), Error);
}

}  // namespace
}  // namespace neurovasc::scene
