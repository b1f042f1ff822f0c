#include "neurovasc/contact/deformity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

/// A nerve along x with a bump of @p height_mm in z, as wide as a vessel presses, and its radius
/// multiplied by @p thinned under the bump.
Nerve nerveWith(double height_mm, double thinned = 1) {
  Nerve nerve;
  nerve.status = NerveStatus::segmented;
  for (double s = 0; s <= 24.01; s += 0.25) {
    const double bump = std::exp(-0.5 * (s - 12) * (s - 12));
    nerve.tube.points_mm.push_back({4 + s, -3 + 0.01 * s * s, 2 + height_mm * bump});
    nerve.tube.radius_mm.push_back(0.7 * (1 - (1 - thinned) * bump));
  }
  return nerve;
}

Gap gapFromBelow(double raw_mm, double sd_mm) {
  Gap gap;
  gap.raw_mm = raw_mm;
  gap.sd_mm = sd_mm;
  gap.place.nerve_axis_mm = {16, -2, 2};
  gap.place.vessel_axis_mm = {16, -2, 0.8};
  return gap;
}

TEST(Deformity, OfANerveThatIsPushedAwayIsADisplacement) {
  const DeformityOptions options;
  const Nerve nerve = nerveWith(1.5);
  const double top = project(nerve.tube.points_mm, {16, -1.56, 3.5}).arclength_mm;
  const Deformity found = deformityAt(nerve, top, gapFromBelow(0, 0.1), nullptr, options);
  ASSERT_TRUE(found.displacement_mm);
  EXPECT_NEAR(*found.displacement_mm, 1.5, 0.25);
  EXPECT_TRUE(displaced(found, options));
  EXPECT_EQ(camposBenitez(true, found, options), CamposBenitezGrade::severe);
  EXPECT_EQ(sindou(true, found, options), SindouGrade::ii);
}

TEST(Deformity, OfASmoothNerveIsNone) {
  const DeformityOptions options;
  const Deformity found = deformityAt(nerveWith(0), 12, gapFromBelow(0.1, 0.1), nullptr, options);
  EXPECT_NEAR(*found.displacement_mm, 0, 0.02);
  EXPECT_NEAR(*found.calibre_ratio, 1, 0.02);
  EXPECT_FALSE(deformed(found, options));
  EXPECT_EQ(camposBenitez(true, found, options), CamposBenitezGrade::mild);
  EXPECT_EQ(sindou(true, found, options), SindouGrade::i);
}

TEST(Deformity, IgnoresABendTowardsTheVessel) {
  const Deformity found = deformityAt(nerveWith(-1.5), 12, gapFromBelow(0, 0.1), nullptr, {});
  EXPECT_EQ(*found.displacement_mm, 0);
}

TEST(Deformity, IgnoresABendThatTheOtherSideHasToo) {
  const Nerve other = nerveWith(1.5);
  const Deformity found = deformityAt(nerveWith(1.5), 12, gapFromBelow(0, 0.1), &other, {});
  EXPECT_NEAR(*found.displacement_mm, 0, 0.02);
}

TEST(Deformity, OfAnOverlapIsAnIndentationOnlyBeyondItsError) {
  const DeformityOptions options;
  const Nerve nerve = nerveWith(0);
  const Deformity sure = deformityAt(nerve, 12, gapFromBelow(-0.6, 0.15), nullptr, options);
  const Deformity unsure = deformityAt(nerve, 12, gapFromBelow(-0.6, 0.4), nullptr, options);
  EXPECT_DOUBLE_EQ(*sure.indentation_mm, 0.6);
  EXPECT_TRUE(indented(sure, options));
  EXPECT_FALSE(indented(unsure, options));
  EXPECT_EQ(camposBenitez(true, sure, options), CamposBenitezGrade::moderate);
  EXPECT_EQ(sindou(true, sure, options), SindouGrade::iii);
}

TEST(Deformity, OfAFlattenedNerveShowsInItsCalibre) {
  const DeformityOptions options;
  const Deformity found =
      deformityAt(nerveWith(0, 0.6), 12, gapFromBelow(0, 0.1), nullptr, options);
  EXPECT_NEAR(*found.calibre_ratio, 0.6, 0.05);
  EXPECT_TRUE(flattened(found, options));
}

TEST(Deformity, IsNotMeasuredNearTheNervesEnds) {
  const Deformity found = deformityAt(nerveWith(0), 0.3, gapFromBelow(0, 0.1), nullptr, {});
  EXPECT_FALSE(found.displacement_mm);
  EXPECT_FALSE(found.calibre_ratio);
}

TEST(Deformity, MeasuresNoCalibreWhereTheNerveIsBeddedInThePons) {
  Nerve nerve = nerveWith(0, 0.6);
  nerve.landmarks.detachment_point = Landmark{pointAt(nerve.tube.points_mm, 14)};
  EXPECT_FALSE(deformityAt(nerve, 12, gapFromBelow(0, 0.1), nullptr, {}).calibre_ratio);
}

TEST(Grades, AreNoneWithoutContact) {
  Deformity bent;
  bent.displacement_mm = 2;
  bent.displacement_sd_mm = 0.1;
  EXPECT_EQ(camposBenitez(false, bent, {}), CamposBenitezGrade::none);
  EXPECT_EQ(sindou(false, bent, {}), SindouGrade::none);
}

TEST(DeformityOptions, RefuseAChordShorterThanWhatItLeavesOut) {
  DeformityOptions options;
  options.chord_reach_mm = options.excluded_mm;
  EXPECT_THROW(validate(options), Error);
  options.chord_reach_mm = options.excluded_mm + 0.1;  // too little to draw a course from
  EXPECT_THROW(validate(options), Error);
  options.chord_reach_mm = options.excluded_mm + 2;
  EXPECT_NO_THROW(validate(options));
}

}  // namespace
}  // namespace neurovasc::contact
