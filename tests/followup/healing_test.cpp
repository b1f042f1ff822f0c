#include "neurovasc/followup/healing.h"

#include <gtest/gtest.h>

#include "neurovasc/core/error.h"

namespace neurovasc::followup {
namespace {

/// The published counts, by hand: who is not free yet at most and at least, of 175.
struct Row {
  int day;
  double most;
  double least;
};

class HealingOnADay : public ::testing::TestWithParam<Row> {};

TEST_P(HealingOnADay, LiesBetweenThePublishedTimes) {
  const Row& row = GetParam();
  const HealingCurve curve = healingCurve(row.day, 0.9);
  EXPECT_NEAR(curve.still_to_come.high, row.most / 175, 1e-12);
  EXPECT_NEAR(curve.still_to_come.low, row.least / 175, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Days, HealingOnADay,
                         ::testing::Values(Row{0, 175, 113}, Row{6, 175, 113}, Row{7, 113, 85},
                                           Row{42, 85, 47}, Row{91, 47, 22}, Row{182, 47, 22},
                                           Row{183, 22, 5}, Row{365, 5, 0}, Row{2000, 5, 0}));

TEST(HealingCurve, SaysWhatBecomesOfThoseWhoStillTwitch) {
  // Of 1000 operated, 900 get well. On day 91 128/175 of these are well: 241.7 are to come, and
  // 341.7 twitch.
  const HealingCurve curve = healingCurve(91, 0.9);
  EXPECT_NEAR(curve.free_later.high, 241.714 / 341.714, 1e-4);
  EXPECT_LT(curve.free_later.low, curve.free_later.high);
}

TEST(HealingCurve, LeavesNobodyToComeAfterTheLastOfTheSeries) {
  EXPECT_EQ(healingCurve(400).still_to_come.low, 0);
  EXPECT_EQ(healingCurve(400).free_later.low, 0);
}

TEST(HealingCurve, RefusesDaysBeforeSurgeryAndImpossibleCures) {
  EXPECT_THROW(healingCurve(-1), Error);
  EXPECT_THROW(healingCurve(10, 1.0), Error);
  EXPECT_THROW(healingCurve(10, 0.0), Error);
}

TEST(ReferencePoints, AreReachedInTheirOrder) {
  EXPECT_FALSE(referencePoint(-1));
  EXPECT_EQ(referencePoint(0), ReferencePoint::first_days);
  EXPECT_EQ(referencePoint(27), ReferencePoint::first_days);
  EXPECT_EQ(referencePoint(28), ReferencePoint::four_to_six_weeks);
  EXPECT_EQ(referencePoint(91), ReferencePoint::three_months);
  EXPECT_EQ(referencePoint(183), ReferencePoint::six_months);
  EXPECT_EQ(referencePoint(365), ReferencePoint::twelve_months);
}

TEST(LateralSpread, MeansMoreSpasmWhereItPersistsAtAnyTime) {
  for (const int day : {0, 90, 400}) {
    const SpreadMeaning meaning = lateralSpreadMeaning(day);
    EXPECT_GT(meaning.spasm_if_persists, meaning.spasm_if_gone) << day;
  }
  EXPECT_DOUBLE_EQ(lateralSpreadMeaning(5).spasm_if_persists, 0.478);
  EXPECT_DOUBLE_EQ(lateralSpreadMeaning(100).spasm_if_persists, 0.408);
  EXPECT_DOUBLE_EQ(lateralSpreadMeaning(360).spasm_if_persists, 0.244);
}

}  // namespace
}  // namespace neurovasc::followup
