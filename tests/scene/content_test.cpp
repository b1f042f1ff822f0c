#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/scene_content.h"
#include "scene/fixtures.h"

namespace neurovasc::scene {
namespace {

using testing::obliqueGrid;
using testing::sampled;

/// A ball of brain right of the middle, a left labyrinth, and a nerve on each side.
struct Inputs {
  FusedStudy fused;
  Anatomy anatomy;
  Assessment assessment;

  Inputs() {
    const GridGeometry grid = obliqueGrid({60, 50, 40}, {0.5, 0.5, 0.5}, testing::kMiddle);
    fused.grid = grid;
    fused.t2.fine = sampled(grid, [](const Point3& p) { return p.x; });
    anatomy.levels.t2_dark = 10;
    anatomy.levels.t2_csf = 90;
    anatomy.brain_distance_mm = sampled(grid, [](const Point3& p) {
      return distance(p, testing::kMiddle + Vec3{-3, 0, 0}) - 5;
    });
    anatomy.labels = LabelMap(grid);
    for (int i = 40; i < 50; ++i) {
      for (int j = 20; j < 30; ++j) {
        for (int k = 15; k < 25; ++k) {
          anatomy.labels(i, j, k) = static_cast<std::uint8_t>(Label::labyrinth_left);
        }
      }
    }
    for (const Side side : kSides) {
      SideAssessment each;
      each.side = side;
      each.nerve.side = side;
      each.nerve.tube = testing::facialNerve(side).tube;
      assessment.sides.push_back(each);
    }
    assessment.label = "study 7";
  }
};

TEST(SceneContent, HoldsWhatTheAnalysisFound) {
  const Inputs in;
  const SceneContent content = makeScene(in.fused, in.anatomy, in.assessment);
  EXPECT_EQ(content.nerves.size(), 2U);
  EXPECT_EQ(content.sides.size(), 2U);
  EXPECT_EQ(content.label, "study 7");
  EXPECT_EQ(content.t2.window.black, 10);
  EXPECT_EQ(content.t2.window.white, 98);  // a tenth above the plateau
  EXPECT_FALSE(content.tof);
  ASSERT_EQ(content.labyrinths.size(), 1U);
  EXPECT_EQ(content.labyrinths[0].side, Side::left);
  EXPECT_TRUE(content.canals.empty());
}

TEST(SceneContent, HasTheBrainsSurfaceInItsPlaceDespiteThinning) {
  const Inputs in;
  const TriangleMesh brain = makeScene(in.fused, in.anatomy, in.assessment).brain;
  ASSERT_FALSE(brain.empty());
  for (const Point3& p : brain.vertices_mm) {
    EXPECT_NEAR(distance(p, testing::kMiddle + Vec3{-3, 0, 0}), 5, 0.2);
  }
  EXPECT_GT(volumeMm3(brain), 0);
}

TEST(SceneContent, FindsItsWindowWithoutPlateaus) {
  const GridGeometry grid = obliqueGrid({40, 40, 40}, {0.5, 0.5, 0.5}, testing::kMiddle);
  ImageF image(grid, 100.0F);
  image(3, 4, 5) = 30000.0F;
  for (int n = 0; n < 20000; ++n) {
    image[static_cast<std::size_t>(n)] = 40.0F;
  }
  const GreyWindow window = windowByPercentiles(image);
  EXPECT_EQ(window.black, 40);
  EXPECT_EQ(window.white, 100);
}

TEST(SceneContent, NamesTheKnownContactsWhenAskedForAnother) {
  const SceneContent content = testing::leftContact();
  EXPECT_EQ(findContact(content, "L1").side, Side::left);
  try {
    findContact(content, "R1");
    FAIL() << "R1 is not there";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_NE(error.hint().find("L1"), std::string::npos);
  }
}

}  // namespace
}  // namespace neurovasc::scene
