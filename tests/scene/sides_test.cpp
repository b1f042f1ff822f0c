// A marker that lies on one side only appears on the side that the picture letters so: pictures
// that views_test, slices_test and reformats_test do not judge.

#include <gtest/gtest.h>

#include <optional>

#include "cell_grid.h"
#include "frames.h"
#include "neurovasc/scene/animation.h"
#include "neurovasc/scene/dates.h"
#include "scene/analytic_scene.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

using neurovasc::testing::TemporaryFolder;
using testing::analyticScene;
using testing::kMiddle;
using testing::leftContact;
using testing::obliqueGrid;
using testing::sampled;
using testing::straightTube;

PictureOptions smallPicture() {
  PictureOptions options;
  options.width_px = 640;
  options.height_px = 480;
  return options;
}

using Matches = bool (*)(int r, int g, int b);
bool isArtery(int r, int g, int b) { return r > 90 && 2 * r > 3 * g && r > 2 * b; }
bool isFlow(int r, int g, int b) { return r > 150 && r > b + 100 && g > 60; }

/// The middle of the pixels of @p part that match; empty where they are fewer than ten.
std::optional<Spot> middleOf(const Picture& picture, const Rect& part, Matches matches) {
  Spot sum;
  int count = 0;
  for (int y = static_cast<int>(part.y); y < part.bottom(); ++y) {
    for (int x = static_cast<int>(part.x); x < part.right(); ++x) {
      const auto at = static_cast<std::size_t>(3 * (y * picture.width + x));
      if (matches(picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2])) {
        sum = {sum.x + x, sum.y + y};
        ++count;
      }
    }
  }
  return count < 10 ? std::nullopt : std::optional<Spot>({sum.x / count, sum.y / count});
}

Vessel markerAt(const Point3& place) {
  Vessel marker;
  marker.id = "V9";
  marker.kind = VesselKind::artery;
  marker.tube = straightTube(place - Vec3{0.4, 0.4, 0.4}, place + Vec3{0.4, 0.4, 0.4}, 0.8, 5);
  return marker;
}

/// The analytic scene with one vessel alone, at @p place.
SceneContent withMarker(const Point3& place) {
  SceneContent content = analyticScene();
  content.vessels = {markerAt(place)};
  return content;
}

std::string frameFile(const TemporaryFolder& folder, int number) {
  return folder.path("film/frame_000" + std::to_string(number) + ".png");
}

TEST(SidesOfATurntable, AreTheLetteredOnesFromTheFrontAndFromBehind) {
  AnimationOptions options;
  options.picture = smallPicture();
  options.turntable_frames = 4;
  const SceneContent content = withMarker(kMiddle + Vec3{26, -8, -8});
  const std::vector<ViewFrame> frames = turntableFrames(content, options);
  const TemporaryFolder folder;
  writeTurntable(content, folder.path("film"), options);
  for (const std::size_t n : {0U, 2U}) {
    const auto found = middleOf(readPng(frameFile(folder, static_cast<int>(n) + 1)),
                                layoutOf(options.picture).scene, isArtery);
    ASSERT_TRUE(found);
    const bool left_is_right = frames[n].edge_letters[0] == "L";
    EXPECT_EQ(left_is_right, n == 0);
    EXPECT_EQ(found->x > frames[n].center_x_px, left_is_right) << n;
  }
}

TEST(SidesOfTheEndoscope, HaveTheFrontWhereOneWhoLooksAtTheRootHasIt) {
  AnimationOptions options;
  options.picture = smallPicture();
  options.endoscopy_step_mm = 4;
  const Rect scene = layoutOf(options.picture).scene;
  for (const Side side : kSides) {
    const Tube nerve = analyticScene().nerves[side == Side::left ? 0 : 2].tube;
    const SceneContent content = withMarker(pointAt(nerve.points_mm, 8) + Vec3{0, -5, 0});
    const TemporaryFolder folder;
    writeEndoscopy(content, side, folder.path("film"), options);
    std::optional<Spot> found;
    for (int n = 1; n < 5 && !found; ++n) {
      found = middleOf(readPng(frameFile(folder, n)), scene, isArtery);
    }
    ASSERT_TRUE(found) << name(side);
    // Looking inwards from the left ear with cranial above, the face is at the left hand.
    EXPECT_GT((scene.center().x - found->x) * lateralSign(side), 20) << name(side);
  }
}

TEST(SidesOfACloseUp, AreTheLetteredOnes) {
  const SceneContent bare = leftContact();
  const ViewFrame frame =
      contactFrame(bare, {Side::left, &bare.sides[0].contacts[0]}, smallPicture());
  for (const double way : {-2.5, 2.5}) {
    SceneContent content = bare;
    content.vessels = {markerAt(frame.center_mm + way * frame.right)};
    content.vessels[0].id = "V1";
    const auto found = middleOf(renderContact(content, "L1", smallPicture()),
                                layoutOf(smallPicture()).scene, isArtery);
    ASSERT_TRUE(found);
    EXPECT_GT((found->x - frame.center_x_px) * way, 0);
    // What the letter at that edge says is where the marker is in the patient.
    const Vec3 to = content.vessels[0].tube.points_mm[2] - frame.center_mm;
    EXPECT_EQ(lettersOf(to)[0], frame.edge_letters[way > 0 ? 0 : 2][0]);
  }
}

TEST(SidesOfTheFusedSlices, HaveThePatientsLeftOnTheViewersRight) {
  SceneContent content = leftContact();
  const Point3 center = clockCenter(content, Side::left);
  const GridGeometry grid = obliqueGrid({130, 60, 50}, {0.6, 0.7, 0.9}, kMiddle);
  content.t2.image = sampled(grid, [](const Point3&) { return 60.0; });
  content.t2.window = {0, 200};
  content.vessels = {markerAt(center + Vec3{5, 0, 0})};
  content.tof = SceneImage{sampled(grid,
                                   [&](const Point3& p) {
                                     return distance(p, center + Vec3{5, 0, 0}) < 2 ? 300.0 : 20.0;
                                   }),
                           {0, 300}};
  const PictureOptions used = trimmedTo(smallPicture(), 2, 3);
  const Picture picture = renderFusion(content, Side::left, smallPicture());
  for (const int cut : {0, 1}) {
    const Rect cell = cellGridFor(layoutOf(used), 2, 3).cell(cut);
    const auto found = middleOf(picture, cell, isFlow);
    ASSERT_TRUE(found) << cut;
    EXPECT_GT(found->x, cell.center().x + 10) << cut;
  }
}

TEST(SidesOfCutsAcrossTheNerve, AreMirroredOnTheRight) {
  SceneContent content = leftContact();
  const Point3 axis = pointAt(content.nerves[1].tube.points_mm, 8);
  content.sides[1].contacts = {
      testing::contactAt("R1", axis + Vec3{0, 0, -0.8}, axis + Vec3{0, 0, -1.8})};
  content.vessels = {markerAt(axis + Vec3{0, -2.5, 0})};
  const PictureOptions used = trimmedTo(smallPicture(), 2, 5);
  const Picture picture = renderContactAcross(content, "R1", smallPicture());
  const Rect cell = cellGridFor(layoutOf(used), 2, 5).cell(7);
  const auto found = middleOf(picture, cell, isArtery);
  ASSERT_TRUE(found);
  EXPECT_LT(found->x, cell.center().x - 5);  // the front, from the brainstem outward
}

TEST(SidesOfTwoDates, AreTheLetteredOnesAtBoth) {
  DatesScene scene;
  scene.first = withMarker(kMiddle + Vec3{26, -8, -8});
  scene.later = scene.first;
  const Picture picture = renderDates(scene, View::overview, smallPicture());
  PictureOptions wide = smallPicture();
  wide.width_px = picture.width;
  const Rect shown = layoutOf(wide).scene;
  const double half = shown.width / 2;
  ASSERT_EQ(viewFrame(scene.first, View::overview).edge_letters[0], "L");
  for (const double from : {0.0, half}) {
    const auto found = middleOf(picture, {from, shown.y, half, shown.height}, isArtery);
    ASSERT_TRUE(found);
    EXPECT_GT(found->x, from + half / 2 + 10);
  }
}

TEST(SidesOfTwoDates, AreThoseOfTheImagesInCutsThroughAPlace) {
  DatesScene scene;
  scene.first = leftContact();
  const Point3 center = clockCenter(scene.first, Side::left);
  scene.first.vessels = {markerAt(center + Vec3{5, 0, 0})};
  scene.later = scene.first;
  scene.places = {{"L1", Side::left, center, true, true, {"AICA", "residual"}}};
  const Picture picture = renderDatesSlices(scene, "L1", smallPicture());
  PictureOptions used = smallPicture();
  used.height_px = picture.height;
  for (const int row : {0, 1}) {
    const Rect cell = cellGridFor(layoutOf(used), 2, 3).cell(3 * row);
    const auto found = middleOf(picture, cell, isArtery);
    ASSERT_TRUE(found) << row;
    EXPECT_GT(found->x, cell.center().x + 10) << row;
  }
}

}  // namespace
}  // namespace neurovasc::scene
