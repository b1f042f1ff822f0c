#include "neurovasc/followup/course.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "courses.h"
#include "neurovasc/core/error.h"

namespace neurovasc::followup {
namespace {

using testing::emgOn;
using testing::look;
using testing::operatedLeft;
using testing::surgeryOn;
using testing::treatmentOn;

/// One course after surgery on day 0, and what it is called.
struct Row {
  std::string what;
  std::vector<Symptom> looks;
  std::vector<Treatment> treatments;
  SpasmCourse expected;
  std::optional<int> free_days;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.what; }

class CourseAfterSurgery : public ::testing::TestWithParam<Row> {};

TEST_P(CourseAfterSurgery, IsCalledByItsLooks) {
  ClinicalCourse course = operatedLeft();
  const Row& row = GetParam();
  course.symptoms.insert(course.symptoms.end(), row.looks.begin(), row.looks.end());
  course.treatments = row.treatments;
  const SideCourse side = sideCourse(course, Side::left, 400);
  EXPECT_EQ(name(side.spasm), name(row.expected));
  EXPECT_EQ(side.free_days, row.free_days);
}

INSTANTIATE_TEST_SUITE_P(
    Courses, CourseAfterSurgery,
    ::testing::Values(
        Row{"no look since", {}, {}, SpasmCourse::unknown, {}},
        Row{"gone", {look(60, 0)}, {}, SpasmCourse::free, {}},
        Row{"still there at last", {look(60, 3), look(200, 3)}, {}, SpasmCourse::never_free, {}},
        Row{"a grade less than before", {look(60, 2)}, {}, SpasmCourse::improving, {}},
        Row{"on another scale", {look(60, 9, "HFS-7")}, {}, SpasmCourse::never_free, {}},
        Row{"less on another scale since",
            {look(10, 16, "HFS-7"), look(90, 9, "HFS-7")},
            {},
            SpasmCourse::improving,
            {}},
        Row{"two points of HFS-7 are no change",
            {look(10, 16, "HFS-7"), look(90, 14, "HFS-7")},
            {},
            SpasmCourse::never_free,
            {}},
        Row{"gone on the first days, back on the fourth",
            {look(1, 0), look(4, 2)},
            {},
            SpasmCourse::early_return,
            3},
        Row{"back after a year", {look(30, 0), look(370, 2)}, {}, SpasmCourse::free_and_back, 340},
        Row{"gone, back and gone again",
            {look(2, 0), look(60, 2), look(200, 0)},
            {},
            SpasmCourse::free,
            {}},
        Row{"the last freedom counts",
            {look(1, 0), look(4, 2), look(90, 0), look(380, 2)},
            {},
            SpasmCourse::free_and_back,
            290},
        Row{"gone under a toxin",
            {look(200, 0)},
            {treatmentOn(150, TreatmentKind::botulinum_toxin)},
            SpasmCourse::masked,
            {}},
        Row{"gone long after a toxin",
            {look(300, 0)},
            {treatmentOn(150, TreatmentKind::botulinum_toxin)},
            SpasmCourse::free,
            {}},
        Row{"gone before the toxin",
            {look(100, 0)},
            {treatmentOn(150, TreatmentKind::botulinum_toxin)},
            SpasmCourse::free,
            {}},
        Row{"gone under a drug that did nothing",
            {look(200, 0)},
            {treatmentOn(150, TreatmentKind::medication, "resistance")},
            SpasmCourse::free,
            {}},
        Row{"gone under a drug",
            {look(200, 0)},
            {treatmentOn(150, TreatmentKind::medication, "response")},
            SpasmCourse::masked,
            {}},
        Row{"exercise hides nothing",
            {look(200, 0)},
            {treatmentOn(150, TreatmentKind::supportive)},
            SpasmCourse::free,
            {}}));

TEST(SideCourseOf, TheOtherSideIsItsOwn) {
  ClinicalCourse course = operatedLeft();
  course.symptoms.push_back(look(60, 3));
  const SideCourse right = sideCourse(course, Side::right, 60);
  EXPECT_EQ(right.spasm, SpasmCourse::no_surgery);
  EXPECT_FALSE(right.days_since_surgery);
  EXPECT_FALSE(right.healing);
}

TEST(SideCourseOf, CountsFromTheLastSurgeryOfTheSide) {
  ClinicalCourse course = operatedLeft();
  course.surgeries.push_back(surgeryOn(300));
  course.surgeries.push_back(surgeryOn(350, Side::right));
  course.symptoms.push_back(look(200, 0));
  course.symptoms.push_back(look(320, 3));
  const SideCourse left = sideCourse(course, Side::left, 400);
  EXPECT_EQ(left.days_since_surgery, 100);
  EXPECT_EQ(left.spasm, SpasmCourse::never_free);
}

TEST(SideCourseOf, LooksAfterTheScanDoNotCount) {
  ClinicalCourse course = operatedLeft();
  course.symptoms.push_back(look(60, 3));
  course.symptoms.push_back(look(200, 0));
  EXPECT_EQ(sideCourse(course, Side::left, 100).spasm, SpasmCourse::never_free);
  EXPECT_EQ(sideCourse(course, Side::left, 200).spasm, SpasmCourse::free);
}

TEST(SideCourseOf, WithoutADayTheLastOneNotedIsTaken) {
  ClinicalCourse course = operatedLeft();
  course.symptoms.push_back(look(60, 3));
  course.emg.push_back(emgOn(75, true, "after"));
  EXPECT_EQ(sideCourse(course, Side::left).days_since_surgery, 75);
}

TEST(SideCourseOf, AsksForImagingAgainAfterSixMonthsWithoutImprovement) {
  ClinicalCourse course = operatedLeft();
  course.symptoms.push_back(look(60, 3));
  EXPECT_FALSE(sideCourse(course, Side::left, 182).imaging_again);
  EXPECT_TRUE(sideCourse(course, Side::left, 183).imaging_again);
  course.symptoms.push_back(look(150, 1));
  EXPECT_FALSE(sideCourse(course, Side::left, 183).imaging_again);
}

TEST(SideCourseOf, AnUnknownCourseAsksForNothing) {
  EXPECT_FALSE(sideCourse(operatedLeft(), Side::left, 400).imaging_again);
  EXPECT_TRUE(sideCourse(operatedLeft(), Side::left, 183).six_months_passed);
  EXPECT_FALSE(sideCourse(operatedLeft(), Side::left, 182).six_months_passed);
}

TEST(SideCourseOf, SaysNothingReassuringBesideAComplication) {
  ClinicalCourse course = operatedLeft();
  EXPECT_TRUE(sideCourse(course, Side::left, 60).healing);
  course.complications.push_back({"hearing", "", {}, 3});
  const SideCourse side = sideCourse(course, Side::left, 60);
  EXPECT_TRUE(side.complication);
  EXPECT_FALSE(side.healing);
}

TEST(SideCourseOf, TakesTheLastLateralSpreadSinceSurgery) {
  ClinicalCourse course = operatedLeft();
  course.emg = {emgOn(-20, true, "before")};
  EXPECT_FALSE(sideCourse(course, Side::left, 200).lateral_spread);
  course.emg.push_back(emgOn(100, false, "after"));
  course.emg.push_back(emgOn(0, true, "during"));
  const SideCourse side = sideCourse(course, Side::left, 200);
  EXPECT_EQ(side.lateral_spread, false);
  EXPECT_DOUBLE_EQ(side.spread_meaning.value().spasm_if_gone, 0.042);
}

TEST(CourseOptions, NameTheOneThatIsOutOfRange) {
  CourseOptions options;
  options.masking_days = 0;
  try {
    validate(options);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_NE(error.message().find("masking_days"), std::string::npos);
  }
  options = {};
  options.assumed_cure = 1;
  EXPECT_THROW(validate(options), Error);
  EXPECT_NO_THROW(validate(CourseOptions{}));
}

}  // namespace
}  // namespace neurovasc::followup
