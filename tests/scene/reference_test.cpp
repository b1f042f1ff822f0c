// Pictures against references that were looked at, by structure: another renderer may move an edge
// by a fraction of a pixel, but nothing may be missing, elsewhere or of another colour.
//
// After a change that is meant to be seen, NEUROVASC_WRITE_REFERENCES=1 writes them anew; look at
// each before it is kept.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "neurovasc/scene/animation.h"
#include "neurovasc/scene/dates.h"
#include "neurovasc/scene/pictures.h"
#include "scene/analytic_scene.h"
#include "scene/similarity.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

using testing::analyticScene;
using testing::halved;
using testing::similarity;

constexpr double kAlike = 0.97;
constexpr double kAlikeEverywhere = 0.7;

PictureOptions referenceSize() {
  PictureOptions options;
  options.width_px = 640;
  options.height_px = 480;
  return options;
}

std::string referenceOf(const std::string& picture) {
  return (neurovasc::testing::sourceDir() / "testdata/scene" / picture).string();
}

/// The artery at the left nerve is drawn away from it at the later date, and a pad lies between.
DatesScene analyticDates() {
  DatesScene scene;
  scene.first = analyticScene();
  scene.later = analyticScene();
  for (Point3& p : scene.later.vessels[0].tube.points_mm) {
    p += Vec3{1, -2, -3};
  }
  const Contact& contact = scene.first.sides[0].contacts[0];
  scene.first_title = "Date 1";
  scene.later_title = "Date 2, 44 weeks after the first";
  scene.places = {{contact.id, Side::left, *contact.nerve_point_mm, true, false, {"resolved"}}};
  return scene;
}

/// The frame that a film of @p write has at @p number, from 1 on.
template <typename Write>
Picture frameOf(const Write& write, int number) {
  const neurovasc::testing::TemporaryFolder folder;
  write(folder.path("film"));
  return readPng(folder.path("film/frame_000" + std::to_string(number) + ".png"));
}

Picture turntableFromTheLeft() {
  AnimationOptions options;
  options.picture = referenceSize();
  options.turntable_frames = 4;
  return frameOf([&](const std::string& film) { writeTurntable(analyticScene(), film, options); },
                 2);
}

Picture endoscopyOnItsWay() {
  AnimationOptions options;
  options.picture = referenceSize();
  options.endoscopy_step_mm = 4;
  return frameOf(
      [&](const std::string& film) { writeEndoscopy(analyticScene(), Side::left, film, options); },
      2);
}

using Draw = Picture (*)();

/// Pictures of other kinds than those of one result's folder.
const std::map<std::string, Draw>& otherPictures() {
  static const std::map<std::string, Draw> kDrawn = {
      {"turntable", turntableFromTheLeft},
      {"endoscopy_left", endoscopyOnItsWay},
      {"dates_overview",
       [] { return renderDates(analyticDates(), View::overview, referenceSize()); }},
      {"dates_retrosigmoid_left",
       [] { return renderDates(analyticDates(), View::retrosigmoid_left, referenceSize()); }},
      {"dates_L1_slices", [] { return renderDatesSlices(analyticDates(), "L1", referenceSize()); }},
      {"gap_change_left",
       [] { return renderGapChange(analyticDates(), Side::left, referenceSize()); }},
  };
  return kDrawn;
}

std::vector<std::string> allPictures() {
  std::vector<std::string> names;
  for (const auto& other : otherPictures()) {
    names.push_back(other.first);
  }
  for (const PictureFile& file : pictureFiles(analyticScene())) {
    names.push_back(std::filesystem::path(file.name).stem().string());
  }
  return names;
}

Picture drawn(const SceneContent& content, const std::string& picture) {
  const auto other = otherPictures().find(picture);
  return halved(other == otherPictures().end() ? renderPicture(content, picture, referenceSize())
                                               : other->second());
}

class Reference : public ::testing::TestWithParam<std::string> {};

TEST_P(Reference, LooksAsItDidWhenItWasLookedAt) {
  const std::string file = referenceOf(GetParam() + ".png");
  const Picture picture = drawn(analyticScene(), GetParam());
  if (std::getenv("NEUROVASC_WRITE_REFERENCES") != nullptr) {
    writePng(picture, file);
    GTEST_SKIP() << "written: " << file;
  }
  const auto alike = similarity(picture, readPng(file));
  EXPECT_GT(alike.mean, kAlike);
  EXPECT_GT(alike.worst, kAlikeEverywhere);
}

INSTANTIATE_TEST_SUITE_P(Pictures, Reference, ::testing::ValuesIn(allPictures()),
                         [](const auto& each) { return each.param; });

TEST(Similarity, SeesAMirroredPictureAMissingNumberAndAnotherColour) {
  const SceneContent content = analyticScene();
  const Picture picture = drawn(content, "overview");
  EXPECT_EQ(similarity(picture, picture).worst, 1);

  Picture mirrored = picture;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const auto from = static_cast<std::size_t>(3 * (y * picture.width + x));
      const auto to = static_cast<std::size_t>(3 * (y * picture.width + picture.width - 1 - x));
      std::copy_n(&picture.rgb[from], 3, &mirrored.rgb[to]);
    }
  }
  EXPECT_LT(similarity(picture, mirrored).mean, kAlike);

  SceneContent unnumbered = content;
  unnumbered.sides[0].contacts[0].nerve_point_mm.reset();
  EXPECT_LT(similarity(picture, drawn(unnumbered, "overview")).worst, kAlikeEverywhere);

  SceneContent recoloured = content;
  recoloured.vessels[0].kind = VesselKind::vein;
  EXPECT_LT(similarity(picture, drawn(recoloured, "overview")).worst, kAlikeEverywhere);
}

}  // namespace
}  // namespace neurovasc::scene
