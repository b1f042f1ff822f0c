#include "neurovasc/followup/doubtful_sides.h"

#include <gtest/gtest.h>

#include "followup/heads.h"

namespace neurovasc::followup {
namespace {

using testing::dateOf;
using testing::Head;

FollowupDate firstDate() { return dateOf({}); }

FollowupDate laterDate() {
  Head head;
  head.scanner_from_head = testing::anotherPosition();
  return dateOf(head);
}

/// As compare() places the two dates.
Comparison placed() {
  Comparison comparison;
  comparison.dates.resize(2);
  comparison.dates[1].registration.emplace();
  comparison.dates[1].registration->date_from_first = testing::anotherPosition();
  comparison.dates[1].registration->error_mm = 0.1;
  return comparison;
}

SideAssessment& left(FollowupDate& date) { return date.assessment.sides[0]; }

void moveDetachment(double by_mm, FollowupDate& date) {
  auto& mark = left(date).nerve.landmarks.detachment_point;
  mark->lps_mm = mark->lps_mm + Vec3{0, 0, by_mm};
}

TEST(DoubtfulSides, AreNoneWhereTheLandmarksAgree) {
  FollowupDate later = laterDate();
  EXPECT_TRUE(doubtfulSides({firstDate(), later}, placed()).empty());
  moveDetachment(1.3, later);
  EXPECT_TRUE(doubtfulSides({firstDate(), later}, placed()).empty());
}

TEST(DoubtfulSides, TakeTheFirstDatesLandmarksWhereOneDisagrees) {
  FollowupDate later = laterDate();
  moveDetachment(1.6, later);
  const auto doubtful = doubtfulSides({firstDate(), later}, placed());
  ASSERT_EQ(doubtful.size(), 1U);
  EXPECT_EQ(doubtful[0].date, 1U);
  EXPECT_EQ(doubtful[0].side, Side::left);
  const auto& mark = doubtful[0].landmarks.detachment_point;
  const Point3 expected =
      testing::anotherPosition()(testing::onNerve(Side::left, testing::kDetachmentMm));
  EXPECT_LT(distance(mark->lps_mm, expected), 1e-9);
  EXPECT_NEAR(mark->sd_mm, std::hypot(0.5, 0.1), 1e-9);
  EXPECT_FALSE(mark->manual);
  // The axis ends at the porus, short of the canal.
  EXPECT_LT(distance(doubtful[0].axis_mm.front(),
                     testing::anotherPosition()(testing::onNerve(Side::left, 0))),
            1e-9);
  EXPECT_NEAR(lengthOf(doubtful[0].axis_mm), testing::kPorusMm, 0.5);
}

TEST(DoubtfulSides, LeaveTheRootExitPointItsOwnError) {
  FollowupDate later = laterDate();
  auto& mark = left(later).nerve.landmarks.root_exit_point;
  mark->sd_mm = 1.4;
  mark->lps_mm = mark->lps_mm + Vec3{0, 0, 2.5};
  EXPECT_TRUE(doubtfulSides({firstDate(), later}, placed()).empty());
  mark->lps_mm = mark->lps_mm + Vec3{0, 0, 1};
  EXPECT_EQ(doubtfulSides({firstDate(), later}, placed()).size(), 1U);
}

TEST(DoubtfulSides, AreThoseWithoutAWholeLine) {
  for (const NerveStatus status : {NerveStatus::partial, NerveStatus::not_found}) {
    FollowupDate later = laterDate();
    left(later).nerve.status = status;
    EXPECT_EQ(doubtfulSides({firstDate(), later}, placed()).size(), 1U);
  }
}

TEST(DoubtfulSides, NeedAFirstDateThatIsSureAndWithoutAPad) {
  FollowupDate later = laterDate();
  moveDetachment(5, later);
  FollowupDate partial = firstDate();
  left(partial).nerve.status = NerveStatus::partial;
  EXPECT_TRUE(doubtfulSides({partial, later}, placed()).empty());
  FollowupDate unseen = firstDate();
  left(unseen).zones[1].status = ZoneStatus::not_assessable;
  EXPECT_TRUE(doubtfulSides({unseen, later}, placed()).empty());
  Comparison with_pad = placed();
  with_pad.pads.emplace_back();
  with_pad.pads[0].pad.side = Side::left;
  EXPECT_TRUE(doubtfulSides({firstDate(), later}, with_pad).empty());
  with_pad.pads[0].pad.side = Side::right;
  EXPECT_EQ(doubtfulSides({firstDate(), later}, with_pad).size(), 1U);
}

TEST(DoubtfulSides, AreBetterSeenWhereNoZoneIsLost) {
  FollowupDate later = laterDate();
  SideAssessment before = left(later);
  SideAssessment anew = before;
  EXPECT_TRUE(isBetterSeen(before, anew));
  anew.zones[1].status = ZoneStatus::not_assessable;
  EXPECT_FALSE(isBetterSeen(before, anew));
  EXPECT_TRUE(isBetterSeen(anew, before));
  before.nerve.status = NerveStatus::not_found;
  EXPECT_FALSE(isBetterSeen(anew, before));
}

}  // namespace
}  // namespace neurovasc::followup
