#include "neurovasc/scene/dates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "palette.h"
#include "scene/fixtures.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

using neurovasc::testing::TemporaryFolder;
using ::testing::Contains;
using ::testing::ElementsAre;
using testing::leftContact;

/// About an oblique axis, a few centimetres away.
RigidTransform elsewhere() {
  const double c = std::cos(0.4);
  const double s = std::sin(0.4);
  RigidTransform out;
  out.rotation = Matrix3::fromColumns({c, s, 0}, {-s, c, 0}, {0, 0, 1});
  out.translation = {12, -30, 8};
  return out;
}

/// The artery of the left side moved away from the nerve at the later date.
DatesScene movedArtery() {
  DatesScene scene;
  scene.first = leftContact();
  scene.later = leftContact();
  for (Point3& p : scene.later.vessels[0].tube.points_mm) {
    p += Vec3{0, 0, -3};
  }
  scene.first_title = "Date 1";
  scene.later_title = "Date 2";
  scene.places = {{"L1",
                   Side::left,
                   *scene.first.sides[0].contacts[0].nerve_point_mm,
                   true,
                   false,
                   {"AICA", "resolved"}}};
  return scene;
}

PictureOptions smallPicture() {
  PictureOptions options;
  options.width_px = 600;
  options.height_px = 450;
  return options;
}

/// Pixels of a picture's column range that differ from those so many columns further on.
double differing(const Picture& picture, int from, int to, int shift) {
  int count = 0;
  for (int y = 60; y < picture.height - 40; ++y) {
    for (int x = from; x < to; ++x) {
      const auto a = static_cast<std::size_t>(3 * (y * picture.width + x));
      count += std::abs(picture.rgb[a] - picture.rgb[a + static_cast<std::size_t>(3 * shift)]) > 40;
    }
  }
  return static_cast<double>(count) / ((to - from) * (picture.height - 100));
}

int pixelsLike(const Picture& picture, Color color) {
  int count = 0;
  for (std::size_t at = 0; at + 2 < picture.rgb.size(); at += 3) {
    count += std::abs(picture.rgb[at] - color.r) < 40 &&
             std::abs(picture.rgb[at + 1] - color.g) < 30 &&
             std::abs(picture.rgb[at + 2] - color.b) < 40;
  }
  return count;
}

TEST(DatesInOneFrame, MoveEverythingAlikeAndKeepImageValues) {
  SceneContent content = leftContact();
  content.t2.image(3, 4, 5) = 777;
  const Point3 voxel = content.t2.image.geometry().toLps(3, 4, 5);
  const SceneContent moved = inFrame(content, elsewhere());
  EXPECT_NEAR(interpolate(moved.t2.image, elsewhere()(voxel)), 777, 1e-3);
  const auto apart = [&](const Point3& before, const Point3& now) {
    return distance(elsewhere()(before), now);
  };
  EXPECT_LT(apart(content.vessels[0].tube.points_mm[7], moved.vessels[0].tube.points_mm[7]), 1e-9);
  EXPECT_LT(
      apart(content.nerves[1].landmarks.porus->lps_mm, moved.nerves[1].landmarks.porus->lps_mm),
      1e-9);
  EXPECT_LT(apart(*content.sides[0].contacts[0].vessel_point_mm,
                  *moved.sides[0].contacts[0].vessel_point_mm),
            1e-9);
}

/// A closed box around the middle of @p grid, half as wide again as the grid.
TriangleMesh boxBeyond(const GridGeometry& grid) {
  TriangleMesh box;
  for (int corner = 0; corner < 8; ++corner) {
    const auto at = [&](int axis) {
      const double n = grid.size[static_cast<std::size_t>(axis)];
      return ((corner >> axis) & 1) != 0 ? 1.25 * n : -0.25 * n;
    };
    box.vertices_mm.push_back(grid.toLps(Vec3{at(0), at(1), at(2)}));
  }
  box.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                   {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return box;
}

TEST(DatesInOneField, KeepOfEachDateWhatTheOtherShowsToo) {
  DatesScene scene = movedArtery();
  const GridGeometry& field = scene.later.t2.image.geometry();
  scene.first.brain = boxBeyond(field);
  // Runs out of the field, far from the nerves.
  Vessel leaving;
  const Point3 middle = field.toLps(Vec3{0.5 * field.size[0], 2.0, 2.0});
  for (int n = 0; n < 60; ++n) {
    leaving.tube.points_mm.push_back(middle - field.direction * Vec3{0, 1.0 * n, 0});
    leaving.tube.radius_mm.push_back(0.5);
  }
  const double near_mm = project(scene.first.nerves[0].tube.points_mm, middle).distance_mm;
  ASSERT_GT(near_mm, 8);
  scene.first.vessels.push_back(leaving);
  const std::size_t nearby = scene.first.vessels[0].tube.size();
  const DatesScene cut = inCommonField(scene);
  ASSERT_FALSE(cut.first.brain.empty());
  for (const Point3& p : cut.first.brain.vertices_mm) EXPECT_TRUE(field.contains(p, -1e-4));
  EXPECT_EQ(cut.first.vessels.at(0).tube.size(), nearby);
  ASSERT_EQ(cut.first.vessels.size(), scene.first.vessels.size());
  EXPECT_LT(cut.first.vessels.back().tube.size(), 10U);
}

TEST(DatesSideBySide, AreSeenFromOneCamera) {
  DatesScene scene = movedArtery();
  scene.later = inFrame(inFrame(scene.first, elsewhere()), elsewhere().inverse());
  scene.places[0].touches_later = true;
  PictureOptions options = smallPicture();
  const Picture picture = renderDates(scene, View::retrosigmoid_left, options);
  ASSERT_EQ(picture.width, 900);
  // Two halves with a rule of 4 px between them, panel at the right.
  const int half = (900 - 131 - 4) / 2;
  EXPECT_LT(differing(picture, 0, half - 2, half + 4), 0.01);
  const Picture changed = renderDates(movedArtery(), View::retrosigmoid_left, options);
  EXPECT_GT(differing(changed, 0, half - 2, half + 4), 0.02);
}

TEST(GapChange, IsPaintedOrangeWhereTheVesselLeftAndPurpleWhereItCame) {
  const DatesScene left_it = movedArtery();
  DatesScene came = movedArtery();
  std::swap(came.first, came.later);
  const Color orange = diverging(0.5);
  const Color purple = diverging(-0.5);
  const Picture wider = renderGapChange(left_it, Side::left, smallPicture());
  const Picture nearer = renderGapChange(came, Side::left, smallPicture());
  // Both stand in the legend: a count alone says nothing, the difference does.
  EXPECT_GT(pixelsLike(wider, orange), pixelsLike(nearer, orange) + 50);
  EXPECT_GT(pixelsLike(nearer, purple), pixelsLike(wider, purple) + 50);
}

TEST(DatesSlices, HaveARowForEachImageThatBothDatesHave) {
  DatesScene scene = movedArtery();
  const int t2_alone = renderDatesSlices(scene, "L1").height;
  scene.first.tof = scene.first.t2;
  EXPECT_EQ(renderDatesSlices(scene, "L1").height, t2_alone);
  scene.later.tof = scene.later.t2;
  EXPECT_GT(renderDatesSlices(scene, "L1").height, t2_alone + 300);
  EXPECT_THROW(renderDatesSlices(scene, "L9"), Error);
}

std::vector<std::string> namesOf(const std::vector<PictureFile>& files) {
  std::vector<std::string> names;
  for (const PictureFile& file : files) {
    names.push_back(file.name);
  }
  return names;
}

TEST(DatesPictures, AreWrittenUnderStableNames) {
  const DatesScene scene = movedArtery();
  const TemporaryFolder folder;
  const auto written = writeDatesPictures(scene, folder.path().string(), smallPicture());
  EXPECT_THAT(written, ElementsAre("dates_overview.png", "dates_retrosigmoid_left.png",
                                   "dates_end_on_left.png", "dates_retrosigmoid_right.png",
                                   "dates_end_on_right.png", "gap_change_left.png",
                                   "gap_change_right.png", "dates_L1_slices.png"));
  EXPECT_EQ(written, namesOf(datesPictureFiles(scene)));
  for (const std::string& name : written) {
    EXPECT_TRUE(std::filesystem::exists(folder.path(name))) << name;
  }
}

TEST(DatesPictures, LeaveOutASideWithoutANerveAtOneDate) {
  DatesScene scene = movedArtery();
  scene.later.nerves.pop_back();
  const auto names = namesOf(datesPictureFiles(scene));
  EXPECT_THAT(names, Contains("gap_change_left.png"));
  EXPECT_THAT(names, ::testing::Not(Contains("dates_retrosigmoid_right.png")));
}

}  // namespace
}  // namespace neurovasc::scene
