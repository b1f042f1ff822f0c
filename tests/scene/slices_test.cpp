#include <gtest/gtest.h>

#include "layout.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/views.h"
#include "scene/fixtures.h"

namespace neurovasc::scene {
namespace {

using testing::leftContact;
using testing::obliqueGrid;
using testing::sampled;

/// Grey value of the slice at @p p.
int greyAt(const Picture& picture, const ViewFrame& frame, const Point3& p) {
  const Spot s = spotOf(frame, p);
  return picture.rgb[static_cast<std::size_t>(
      3 * (static_cast<int>(s.y) * picture.width + static_cast<int>(s.x)))];
}

/// The contact's scene with a T2 that is white where @p white says so and black elsewhere.
template <typename Function>
SceneContent withImage(const Function& white) {
  SceneContent content = leftContact();
  content.t2.image = sampled(obliqueGrid({130, 60, 50}, {0.6, 0.7, 0.9}, testing::kMiddle),
                             [&](const Point3& p) { return white(p) ? 200.0 : 0.0; });
  return content;
}

TEST(ContactSlices, HaveThePatientsRightOnTheViewersLeft) {
  const auto frames = sliceFrames(leftContact(), "L1");
  for (const std::size_t cut : {0U, 1U}) {
    EXPECT_EQ(frames[cut].edge_letters[0], "L");
    EXPECT_EQ(frames[cut].edge_letters[2], "R");
    EXPECT_EQ(frames[cut].right, (Vec3{1, 0, 0}));
  }
  EXPECT_EQ(frames[0].edge_letters[1], "A");
  EXPECT_EQ(frames[1].edge_letters[1], "S");
  EXPECT_EQ(frames[2].edge_letters[1], "S");
  EXPECT_EQ(frames[2].edge_letters[2], "A");  // the front on the viewer's left
}

TEST(ContactSlices, ShowTheObliqueImageWhereItIs) {
  const Point3 center = sliceFrames(leftContact(), "L1")[0].center_mm;
  const SceneContent content = withImage([&](const Point3& p) { return p.x > center.x; });
  const auto frames = sliceFrames(content, "L1");
  const Picture picture = renderContactSlices(content, "L1");
  for (const std::size_t cut : {0U, 1U}) {
    const Vec3 aside = 5.0 * frames[cut].up;
    EXPECT_GT(greyAt(picture, frames[cut], center + Vec3{5, 0, 0} + aside), 240);
    EXPECT_LT(greyAt(picture, frames[cut], center + Vec3{-5, 0, 0} + aside), 15);
  }
}

TEST(ContactSlices, HaveTheFrontOnTheLeftOfTheSagittalCut) {
  const Point3 center = sliceFrames(leftContact(), "L1")[0].center_mm;
  const SceneContent content = withImage([&](const Point3& p) { return p.y < center.y; });
  const ViewFrame frame = sliceFrames(content, "L1")[2];
  const Picture picture = renderContactSlices(content, "L1");
  EXPECT_GT(greyAt(picture, frame, center + Vec3{0, -5, 4}), 240);
  EXPECT_LT(greyAt(picture, frame, center + Vec3{0, 5, 4}), 15);
}

TEST(ContactSlices, OutlineTheNerveAtItsRadius) {
  const SceneContent content = leftContact();  // grey 100 of 200
  const ViewFrame frame = sliceFrames(content, "L1")[2];
  const Picture picture = renderContactSlices(content, "L1");
  const Point3 axis = project(content.nerves[0].tube.points_mm, frame.center_mm).point_mm;
  const Spot top = spotOf(frame, axis + Vec3{0, 0, 0.8});
  int yellow = 0;
  for (int y = static_cast<int>(top.y) - 3; y <= top.y + 3; ++y) {
    const auto at = static_cast<std::size_t>(3 * (y * picture.width + static_cast<int>(top.x) + 4));
    yellow += picture.rgb[at] > picture.rgb[at + 2] + 60 ? 1 : 0;
  }
  EXPECT_GT(yellow, 0);
}

TEST(ContactSlices, ShowTofBelowT2) {
  SceneContent content = leftContact();
  const Picture alone = renderContactSlices(content, "L1");
  content.tof = content.t2;
  const Picture both = renderContactSlices(content, "L1");
  EXPECT_EQ(alone.width, both.width);
  EXPECT_NE(alone.rgb, both.rgb);
}

TEST(ContactSlices, AreTheSameBytesEachTimeAndStopOnRequest) {
  const SceneContent content = leftContact();
  EXPECT_EQ(renderContactSlices(content, "L1").rgb, renderContactSlices(content, "L1").rgb);
  StopToken stop;
  stop.requestStop();
  try {
    renderContactSlices(content, "L1", {}, Progress({}, {}, stop));
    FAIL() << "was not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace neurovasc::scene
