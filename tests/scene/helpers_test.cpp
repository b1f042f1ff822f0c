#include <gtest/gtest.h>

#include <limits>

#include "furniture.h"
#include "labels.h"
#include "neurovasc/scene/section.h"
#include "scene/fixtures.h"
#include "stage.h"

namespace neurovasc::scene {
namespace {

using testing::straightTube;

TEST(ScaleBar, IsTheLongestRoundLengthThatFits) {
  EXPECT_DOUBLE_EQ(scaleBarFor(0.1, 199).length_mm, 10);
  EXPECT_DOUBLE_EQ(scaleBarFor(0.1, 200).length_mm, 20);
  EXPECT_DOUBLE_EQ(scaleBarFor(0.01, 99).length_mm, 0.5);
  for (const double mm_per_pixel : {0.013, 0.02, 0.0377, 0.11, 0.9}) {
    const ScaleBar bar = scaleBarFor(mm_per_pixel, 200);
    EXPECT_NEAR(bar.length_px * mm_per_pixel, bar.length_mm, 1e-9);
    EXPECT_LE(bar.length_px, 200.001);
    EXPECT_GT(bar.length_px, 79);
  }
}

TEST(LabelPlacer, KeepsLabelsApartAndWithinTheirArea) {
  const Rect area{0, 0, 300, 200};
  LabelPlacer placer(area);
  const Rect kept_free{120, 80, 60, 40};
  placer.reserve(kept_free);
  std::vector<Rect> placed = {kept_free};
  for (int n = 0; n < 8; ++n) {
    const Rect box = placer.place({0, 0, 40, 20}, {150, 100}, 10);
    EXPECT_TRUE(box.within(area));
    for (const Rect& other : placed) {
      EXPECT_FALSE(box.overlaps(other)) << n;
    }
    placed.push_back(box);
  }
}

TEST(LabelPlacer, PutsANameOnItsThingAndBesideItWhereThatIsTaken) {
  LabelPlacer placer({0, 0, 300, 200});
  const Rect name{0, 0, 40, 20};
  const auto first = placer.placeOnIfFree(name, {150, 100});
  ASSERT_TRUE(first);
  EXPECT_DOUBLE_EQ(first->center().x, 150);
  EXPECT_DOUBLE_EQ(first->center().y, 100);
  EXPECT_FALSE(placer.placeOnIfFree(name, {160, 105}));
  const auto beside = placer.placeIfFree(name, {160, 105}, 12);
  ASSERT_TRUE(beside);
  EXPECT_FALSE(beside->overlaps(*first));
}

TEST(LabelPlacer, PutsNoNameBeyondItsArea) {
  LabelPlacer placer({0, 0, 300, 200});
  EXPECT_FALSE(placer.placeOnIfFree({0, 0, 40, 20}, {290, 100}));
}

TEST(Lettering, NamesDirectionsByTheirAnatomicalLetters) {
  EXPECT_EQ(lettersOf({1, 0, 0}), "L");
  EXPECT_EQ(lettersOf({-1, 0, 0}), "R");
  EXPECT_EQ(lettersOf({0, -1, 0}), "A");
  EXPECT_EQ(lettersOf({0, 0, -1}), "I");
  EXPECT_EQ(lettersOf(normalized({-0.8, 0.6, 0})), "RP");
  EXPECT_EQ(wordOf({1, 0, 0}, Side::left), "lateral");
  EXPECT_EQ(wordOf({1, 0, 0}, Side::right), "medial");
  EXPECT_EQ(wordOf({0, 0, 1}, Side::right), "cranial");
}

TEST(Text, IsCutToItsWidthAtWholeCharacters) {
  const TextStyle style{16, kInk, false, false};
  EXPECT_EQ(fitted("short", style, 500), "short");
  const std::string cut =
      fitted("\xC3\x84\xC3\x96\xC3\x9C a label far too long for this", style, 120);
  EXPECT_LE(Canvas::measure(cut, style).width, 120);
  EXPECT_EQ(cut.substr(cut.size() - 3), "...");
  EXPECT_EQ(fitted("anything", style, 2), "");
}

TEST(Section, OfATubeIsARingOfItsRadius) {
  const TriangleMesh tube = tubeSurface(straightTube({10, -5, 3}, {10, -5, 23}, 1.5), 64);
  const std::vector<Segment> ring = sectionOf(tube, {0, 0, 11.3}, {0, 0, 1});
  ASSERT_EQ(ring.size(), 128U);
  for (const Segment& segment : ring) {
    EXPECT_NEAR(distance(segment[0], {10, -5, 11.3}), 1.5, 0.01);
    EXPECT_NEAR(segment[1].z, 11.3, 1e-9);
  }
  EXPECT_TRUE(sectionOf(tube, {0, 0, 40}, {0, 0, 1}).empty());
}

TEST(GapPaint, IsTheDistanceToTheNearestVesselsSurface) {
  Vessel near;
  near.tube = straightTube({0, 0, 0}, {20, 0, 0}, 1);
  Vessel far;
  far.tube = straightTube({0, 9, 0}, {20, 9, 0}, 2);
  const std::vector<double> gaps = gapsTo({near, far}, {{10, 3, 0}, {10, 6, 0}, {10, 0.5, 0}});
  EXPECT_NEAR(gaps[0], 2, 1e-9);
  EXPECT_NEAR(gaps[1], 1, 1e-9);
  EXPECT_EQ(gaps[2], 0);
  EXPECT_EQ(gapsTo({}, {{1, 2, 3}})[0], std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace neurovasc::scene
