#include "neurovasc/followup/pads.h"

#include <gtest/gtest.h>

#include "followup/heads.h"
#include "neurovasc/core/error.h"

namespace neurovasc::followup {
namespace {

using testing::dateOf;
using testing::Head;

/// A pad of about 4 x 4 x 8 mm in front of the left nerve's free part, so far from its surface.
testing::Body padInFront(double gap_mm) {
  const Point3 a = testing::onNerve(Side::left, 9) - Vec3{0, 0.6 + gap_mm + 1.9, 0};
  const Point3 b = testing::onNerve(Side::left, 13) - Vec3{0, 0.6 + gap_mm + 1.9, 0};
  return testing::pad(a, b);
}

Head headWith(const testing::Body& body) {
  Head head;
  head.scanner_from_head = testing::anotherPosition();
  head.bodies = {body};
  return head;
}

TEST(Pads, AreFoundWithTheirSideSizeAndPlaceAlongTheNerve) {
  const auto pads = findPads(dateOf(headWith(padInFront(2))));
  ASSERT_EQ(pads.size(), 1U);
  EXPECT_EQ(pads[0].pad.side, Side::left);
  EXPECT_EQ(pads[0].kind, PadKind::pad) << pads[0].reason;
  EXPECT_EQ(pads[0].touches_nerve, TouchesNerve::no);
  EXPECT_NEAR(pads[0].distance_mm.value(), 2.0, 0.7);
  // A tube of 1.9 mm radius and 4 mm length with round ends.
  const double drawn_mm3 = 3.14159 * 1.9 * 1.9 * (4.2 + 4.0 / 3 * 1.9);
  EXPECT_NEAR(pads[0].pad.volume_mm3, drawn_mm3, 0.3 * drawn_mm3);
  EXPECT_LT(pads[0].least_volume_mm3.value(), 1.1 * drawn_mm3);
  EXPECT_GT(pads[0].most_volume_mm3.value(), 0.9 * drawn_mm3);
  EXPECT_FALSE(pads[0].share.empty());
  EXPECT_FALSE(pads[0].rim_enhances.value());
  EXPECT_NEAR(0.5 * (pads[0].from_mm.value() + pads[0].to_mm.value()), 11, 1.5);
}

TEST(Pads, ThatLieAgainstTheNerveTouchIt) {
  const auto pads = findPads(dateOf(headWith(padInFront(0))));
  ASSERT_EQ(pads.size(), 1U);
  EXPECT_EQ(pads[0].touches_nerve, TouchesNerve::yes);
}

TEST(Pads, AreSuspectedOfAGranulomaWhereTheirRimEnhances) {
  Head head = headWith(padInFront(3));
  testing::Body rim = head.bodies[0];
  rim.radius_mm += 1.2;
  rim.t2 = 500;
  rim.tof = 300;
  rim.ce_t1 = 700;
  head.bodies.push_back(rim);
  const auto pads = findPads(dateOf(head));
  ASSERT_EQ(pads.size(), 1U);
  EXPECT_TRUE(pads[0].rim_enhances.value());
  head.with_ce_t1 = false;
  EXPECT_FALSE(findPads(dateOf(head)).at(0).rim_enhances);
}

TEST(Pads, AreNotLookedForPastThePorus) {
  const Head head = headWith(padInFront(2));
  FollowupDate date = dateOf(head);
  auto& porus = date.assessment.sides[0].nerve.landmarks.porus;
  porus->lps_mm = head.scanner_from_head(testing::onNerve(Side::left, 5));
  EXPECT_TRUE(findPads(date).empty());
  // Where no porus was found the nerve's end tells nothing.
  porus.reset();
  EXPECT_EQ(findPads(date).size(), 1U);
}

TEST(Pads, AreNotSeenWhereThereAreNone) { EXPECT_TRUE(findPads(dateOf({})).empty()); }

TEST(Pads, AreNoArteriesWithBrightBlood) {
  testing::Body artery = padInFront(2);
  artery.tof = artery.ce_t1 = 900;
  EXPECT_TRUE(findPads(dateOf(headWith(artery))).empty());
}

TEST(Pads, AreNoVeinsThatCeT1Shows) {
  testing::Body vein = padInFront(2);
  vein.ce_t1 = 800;
  EXPECT_TRUE(findPads(dateOf(headWith(vein))).empty());
}

TEST(Pads, AreAmbiguousOnT2Alone) {
  Head head = headWith(padInFront(0));
  head.with_tof = head.with_ce_t1 = false;
  const auto pads = findPads(dateOf(head));
  ASSERT_EQ(pads.size(), 1U);
  EXPECT_EQ(pads[0].kind, PadKind::ambiguous);
  EXPECT_EQ(pads[0].touches_nerve, TouchesNerve::ambiguous);
  EXPECT_FALSE(pads[0].reason.empty());
}

TEST(Pads, AreAmbiguousInTheFirstWeeks) {
  const FollowupDate date = dateOf(headWith(padInFront(2)));
  ASSERT_EQ(findPads(date, {}, 5).size(), 1U);
  EXPECT_EQ(findPads(date, {}, 5)[0].kind, PadKind::ambiguous);
  EXPECT_EQ(findPads(date, {}, 6)[0].kind, PadKind::pad);
}

TEST(Pads, WithoutCeT1MustNotHaveTheShapeOfAVessel) {
  Head head;
  head.with_ce_t1 = false;
  testing::Body tube = testing::pad({12, -9, -14}, {12, -9, 14});
  tube.radius_mm = 1.4;
  head.bodies = {tube};
  const auto pads = findPads(dateOf(head));
  ASSERT_EQ(pads.size(), 1U);
  EXPECT_EQ(pads[0].kind, PadKind::ambiguous);
}

TEST(Pads, RefuseOptionsOutOfRange) {
  PadOptions options;
  options.separate_gap_mm = 0.1;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.least_deficit = 0;
  EXPECT_THROW(validate(options), Error);
  EXPECT_NO_THROW(validate(PadOptions{}));
}

}  // namespace
}  // namespace neurovasc::followup
