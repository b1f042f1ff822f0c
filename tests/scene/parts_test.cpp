#include "neurovasc/scene/parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/pictures.h"
#include "palette.h"
#include "scene/fixtures.h"

namespace neurovasc::scene {
namespace {

const ScenePart& find(const std::vector<ScenePart>& parts, PartKind kind, Side side) {
  const auto found = std::find_if(parts.begin(), parts.end(), [&](const ScenePart& part) {
    return part.kind == kind && part.side == side;
  });
  if (found == parts.end()) {
    throw Error(ErrorCode::internal, "no such part");
  }
  return *found;
}

TEST(SceneParts, KeepEachNerveOnItsSide) {
  const auto parts = sceneParts(testing::leftContact());
  for (const Side side : kSides) {
    for (const Point3& p : find(parts, PartKind::facial_nerve, side).mesh.vertices_mm) {
      EXPECT_GT(lateralSign(side) * (p.x - testing::kMiddle.x), 10);
    }
  }
}

TEST(SceneParts, PaintTheNerveDarkestWhereTheVesselIsNearest) {
  const SceneContent content = testing::leftContact();
  const auto parts = sceneParts(content);
  const ScenePart& nerve = find(parts, PartKind::facial_nerve, Side::left);
  ASSERT_EQ(nerve.vertex_colors.size(), nerve.mesh.vertices_mm.size());
  const Point3 near = *content.sides[0].contacts[0].nerve_point_mm;
  std::size_t nearest = 0;
  int darkest = 999;
  for (std::size_t n = 0; n < nerve.vertex_colors.size(); ++n) {
    darkest = std::min<int>(darkest, nerve.vertex_colors[n][0]);
    if (distance(nerve.mesh.vertices_mm[n], near) <
        distance(nerve.mesh.vertices_mm[nearest], near)) {
      nearest = n;
    }
  }
  EXPECT_LE(nerve.vertex_colors[nearest][0], darkest + 12);
  const Color far = cividis(1);
  EXPECT_EQ(nerve.vertex_colors.back(), (Rgb{far.r, far.g, far.b}));
}

TEST(SceneParts, LeaveTheNerveUnpaintedWhereNothingWasMeasured) {
  SceneContent content = testing::leftContact();
  content.gaps_measured = false;
  const auto parts = sceneParts(content);
  EXPECT_TRUE(find(parts, PartKind::facial_nerve, Side::left).vertex_colors.empty());
}

TEST(SceneParts, LeaveOutWhatHasNoSurface) {
  SceneContent content = testing::leftContact();
  content.pads.push_back({"P1", Side::left, testing::kMiddle, 10, {}});
  for (const ScenePart& part : sceneParts(content)) {
    EXPECT_FALSE(part.mesh.empty()) << part.title;
  }
}

TEST(SceneParts, RefuseOptionsOutOfRange) {
  EXPECT_THROW(validate(PartOptions{0, 14, 3}), Error);
  EXPECT_THROW(validate(PartOptions{0.4, 2, 3}), Error);
  EXPECT_THROW(validate(PartOptions{0.4, 14, 0}), Error);
  EXPECT_NO_THROW(validate(PartOptions{}));
}

TEST(SceneViews, AreThoseOfThePictures) {
  const SceneContent content = testing::leftContact();
  std::vector<std::string> pictures;
  for (const PictureFile& file : pictureFiles(content)) {
    const auto isKind = [&file](const char* word) {
      return file.name.find(word) != file.name.npos;
    };
    if (!isKind("_slices") && !isKind("_across") && !isKind("along_nerve") && !isKind("fusion")) {
      pictures.push_back(file.name);
    }
  }
  std::vector<std::string> views;
  for (const SceneView& view : sceneViews(content)) {
    views.push_back(view.name + ".png");
  }
  EXPECT_EQ(views, pictures);
}

TEST(SceneViews, LookAtTheContactTheyAreOf) {
  const SceneContent content = testing::leftContact();
  const auto views = sceneViews(content);
  EXPECT_EQ(views.back().contact, "L1");
  EXPECT_EQ(views.back().side, Side::left);
  EXPECT_LT(distance(views.back().frame.center_mm, *content.sides[0].contacts[0].nerve_point_mm),
            1.0);
}

}  // namespace
}  // namespace neurovasc::scene
