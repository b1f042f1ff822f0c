#include "neurovasc/followup/joint.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <tuple>

namespace neurovasc::followup {
namespace {

constexpr std::array<Outcome, 6> kOutcomes = {Outcome::not_assessable, Outcome::residual_contact,
                                              Outcome::new_contact,    Outcome::unchanged,
                                              Outcome::decompressed,   Outcome::no_contact};
constexpr std::array<SpasmCourse, 8> kCourses = {
    SpasmCourse::no_surgery,   SpasmCourse::unknown,      SpasmCourse::free,
    SpasmCourse::masked,       SpasmCourse::improving,    SpasmCourse::never_free,
    SpasmCourse::early_return, SpasmCourse::free_and_back};

SideCourse courseOf(SpasmCourse spasm, int days, std::optional<int> free_days = 120) {
  SideCourse course;
  course.spasm = spasm;
  course.days_since_surgery = days;
  course.free_days = free_days;
  return course;
}

/// The expected word, written out apart from the table.
JointFinding expected(Outcome outcome, SpasmCourse spasm, bool beyond) {
  const bool seen = outcome == Outcome::residual_contact || outcome == Outcome::new_contact;
  const bool lasting = spasm == SpasmCourse::never_free || spasm == SpasmCourse::early_return;
  if (outcome == Outcome::decompressed) {
    const bool heals =
        spasm == SpasmCourse::free || spasm == SpasmCourse::improving || (lasting && !beyond);
    return heals ? JointFinding::healing_as_expected : JointFinding::indeterminate;
  }
  if (seen && spasm == SpasmCourse::free_and_back) return JointFinding::recurrence_suspected;
  if (seen && lasting && beyond) return JointFinding::incomplete_decompression_suspected;
  return JointFinding::indeterminate;
}

TEST(JointFinding, IsAsWrittenForEveryOutcomeCourseAndLapse) {
  for (const Outcome outcome : kOutcomes) {
    for (const SpasmCourse spasm : kCourses) {
      for (const int days : {100, 250}) {
        EXPECT_EQ(name(jointFinding(outcome, courseOf(spasm, days))),
                  name(expected(outcome, spasm, days > 183)))
            << name(outcome) << ", " << name(spasm) << ", day " << days;
      }
    }
  }
}

TEST(JointTable, HasNoTwoRowsForOneCase) {
  std::set<std::tuple<Outcome, SpasmCourse, Lapse>> seen;
  for (const JointRow& row : jointTable()) {
    EXPECT_TRUE(seen.emplace(row.outcome, row.spasm, row.lapse).second);
    if (row.lapse != Lapse::any) {
      EXPECT_EQ(seen.count({row.outcome, row.spasm, Lapse::any}), 0U);
    }
  }
}

TEST(JointFinding, IsIndeterminateWithoutASurgery) {
  SideCourse course;
  course.spasm = SpasmCourse::free;
  EXPECT_EQ(jointFinding(Outcome::decompressed, course), JointFinding::indeterminate);
}

TEST(JointFinding, CallsNoShortFreedomARecurrence) {
  const SideCourse brief = courseOf(SpasmCourse::free_and_back, 200, 90);
  EXPECT_EQ(jointFinding(Outcome::new_contact, brief), JointFinding::indeterminate);
  const SideCourse longer = courseOf(SpasmCourse::free_and_back, 200, 91);
  EXPECT_EQ(jointFinding(Outcome::new_contact, longer), JointFinding::recurrence_suspected);
}

TEST(JointFinding, ReassuresNobodyBesideAComplication) {
  SideCourse course = courseOf(SpasmCourse::free, 100);
  course.complication = true;
  EXPECT_EQ(jointFinding(Outcome::decompressed, course), JointFinding::indeterminate);
  course = courseOf(SpasmCourse::never_free, 250);
  course.complication = true;
  EXPECT_EQ(jointFinding(Outcome::residual_contact, course),
            JointFinding::incomplete_decompression_suspected);
}

TEST(Sides, AgreeWhereNothingContradicts) {
  EXPECT_FALSE(sidesDisagree({}));
  EXPECT_FALSE(sidesDisagree({SymptomSide::left, Side::left, Side::left, {Side::left}}));
  EXPECT_FALSE(sidesDisagree({SymptomSide::left, {}, {}, {Side::left, Side::right}}));
  EXPECT_FALSE(sidesDisagree({SymptomSide::both, Side::left, {}, {Side::right}}));
  EXPECT_FALSE(sidesDisagree({SymptomSide::left, Side::left, {}, {}}));
}

TEST(Sides, DisagreeWhereTwoCluesNameDifferentOnes) {
  EXPECT_TRUE(sidesDisagree({SymptomSide::left, Side::right, {}, {}}));
  EXPECT_TRUE(sidesDisagree({SymptomSide::left, {}, Side::right, {}}));
  EXPECT_TRUE(sidesDisagree({{}, Side::left, Side::right, {}}));
  EXPECT_TRUE(sidesDisagree({SymptomSide::left, Side::left, {}, {Side::right}}));
}

}  // namespace
}  // namespace neurovasc::followup
