// Pictures against references that were looked at, by structure: another renderer may move an edge
// by a fraction of a pixel, but nothing may be missing, elsewhere or of another colour.
//
// After a change that is meant to be seen, NEUROVASC_WRITE_REFERENCES=1 writes them anew; look at
// each before it is kept.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "neurovasc/scene/pictures.h"
#include "scene/analytic_scene.h"
#include "scene/similarity.h"
#include "support/paths.h"

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

std::vector<std::string> allPictures() {
  std::vector<std::string> names;
  for (const PictureFile& file : pictureFiles(analyticScene())) {
    names.push_back(std::filesystem::path(file.name).stem().string());
  }
  return names;
}

Picture drawn(const SceneContent& content, const std::string& picture) {
  return halved(renderPicture(content, picture, referenceSize()));
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
