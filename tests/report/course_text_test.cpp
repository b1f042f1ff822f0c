#include "neurovasc/report/course_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "neurovasc/core/comparison.h"
#include "phrases.h"
#include "support/paths.h"
#include "text_layout.h"

namespace neurovasc::report {
namespace {

using followup::SideCourse;
using followup::SpasmCourse;
using ::testing::HasSubstr;
using ::testing::Not;

SideCourse courseAt(int days, SpasmCourse spasm) {
  SideCourse course;
  course.spasm = spasm;
  course.days_since_surgery = days;
  course.reference_point = followup::referencePoint(days);
  course.healing = followup::healingCurve(days);
  return course;
}

std::string text(const SideCourse& course) { return joinedBy(" ", courseSentences(course)); }

std::string onOneLine(const std::string& text) {
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

TEST(CourseSentences, GiveBothDenominatorsWithTheirSources) {
  const std::string said = text(courseAt(100, SpasmCourse::never_free));
  EXPECT_THAT(said, HasSubstr("14 weeks since the last surgery of the left side."));
  EXPECT_THAT(said,
              HasSubstr("Groups of patients, not this one: of those without spasm in the end, "
                        "13 to 27 % are not so yet"));
  EXPECT_THAT(said, HasSubstr("Of those who still twitch at this time, 53 to 71 %"));
  EXPECT_THAT(said, HasSubstr("if in the end 90 % of all"));
  EXPECT_THAT(said, HasSubstr("J Neurol Surg B 2022;83:548"));
  EXPECT_THAT(said, HasSubstr("Reached so far: 3 months."));
}

TEST(CourseSentences, OfAComplicationReassureNobody) {
  SideCourse course = courseAt(100, SpasmCourse::never_free);
  course.complication = true;
  course.healing.reset();
  course.lateral_spread = false;
  course.spread_meaning = followup::lateralSpreadMeaning(100);
  const std::string said = text(course);
  EXPECT_THAT(said, HasSubstr("A complication was noted"));
  for (const char* reassurance : {"without spasm later", "85 to 95 %", "Lateral spread is gone"}) {
    EXPECT_THAT(said, Not(HasSubstr(reassurance)));
  }
}

TEST(CourseSentences, CallAnEarlyReturnNoRecurrence) {
  SideCourse course = courseAt(20, SpasmCourse::early_return);
  course.free_days = 3;
  EXPECT_THAT(text(course), HasSubstr("is not called a recurrence"));
}

TEST(CourseSentences, SayHowLongSpasmWasGone) {
  SideCourse course = courseAt(400, SpasmCourse::free_and_back);
  course.free_days = 340;
  EXPECT_THAT(text(course), HasSubstr("it was gone for at most 48 weeks"));
}

TEST(CourseSentences, SayOnlyThatNothingIsKnownWithoutSurgery) {
  SideCourse course;
  course.side = Side::right;
  EXPECT_EQ(courseSentences(course).size(), 1U);
  EXPECT_THAT(text(course), HasSubstr("No dated surgery of the right side"));
}

TEST(CourseSentences, ExistForEveryCourseOutcomeAndLookAlike) {
  for (const SpasmCourse spasm :
       {SpasmCourse::unknown, SpasmCourse::free, SpasmCourse::masked, SpasmCourse::improving,
        SpasmCourse::never_free, SpasmCourse::early_return}) {
    for (const int days : {1, 40, 100, 200, 400}) {
      EXPECT_GE(courseSentences(courseAt(days, spasm)).size(), 2U) << name(spasm);
    }
  }
  using followup::LookAlike;
  EXPECT_EQ(lookAlikeSentences({LookAlike::blepharospasm, LookAlike::bilateral_spasm,
                                LookAlike::synkinesis_after_palsy, LookAlike::eyelid_twitch})
                .size(),
            4U);
}

/// What is said of imaging from six months on, by course; nullptr: nothing.
struct SixMonthsRow {
  SpasmCourse spasm;
  const char* said;
};

TEST(CourseSentences, SpeakOfImagingAtSixMonthsByCourse) {
  const std::vector<SixMonthsRow> rows = {
      {SpasmCourse::never_free, "Six months have passed without improvement"},
      {SpasmCourse::improving, "spasm is there and less than before. Imaging"},
      {SpasmCourse::unknown, "whether spasm is less is not known"},
      {SpasmCourse::free, nullptr},
      {SpasmCourse::masked, nullptr},
      {SpasmCourse::early_return, nullptr},
      {SpasmCourse::free_and_back, nullptr}};
  for (const SixMonthsRow& row : rows) {
    SideCourse course = courseAt(200, row.spasm);
    course.six_months_passed = true;
    course.imaging_again = row.spasm == SpasmCourse::never_free;
    course.free_days =
        row.spasm == SpasmCourse::free_and_back ? std::optional<int>(90) : std::nullopt;
    if (row.said == nullptr) {
      EXPECT_THAT(text(course), Not(HasSubstr("Six months have passed"))) << name(row.spasm);
    } else {
      EXPECT_THAT(text(course), HasSubstr(row.said)) << name(row.spasm);
    }
    course.six_months_passed = course.imaging_again = false;
    EXPECT_THAT(text(course), Not(HasSubstr("Six months have passed"))) << name(row.spasm);
  }
}

TEST(JointSentence, IsReplacedWhereTheSidesDisagree) {
  using followup::JointFinding;
  EXPECT_THAT(jointSentence(JointFinding::recurrence_suspected, false),
              HasSubstr("recurrence is suspected"));
  EXPECT_THAT(jointSentence(JointFinding::recurrence_suspected, true),
              Not(HasSubstr("recurrence is suspected")));
  EXPECT_THAT(jointSentence(JointFinding::healing_as_expected, false),
              HasSubstr("adhesion cannot be seen"));
}

/// docs/clinical-course.md on one line.
std::string page() {
  std::ifstream file(testing::sourceDir() / "docs/clinical-course.md");
  std::stringstream all;
  all << file.rdbuf();
  return onOneLine(all.str());
}

TEST(ClinicalCoursePage, PrintsEverySentence) {
  const std::string docs = page();
  std::istringstream phrases{std::string(phraseText())};
  int sentences = 0;
  for (std::string line; std::getline(phrases, line);) {
    if (line.rfind("course.", 0) != 0 && line.rfind("joint.", 0) != 0) continue;
    const std::string key = line.substr(0, line.find(": "));
    ++sentences;
    const std::string sentence = say(key, {{"side", "{side}"},
                                           {"time", "{time}"},
                                           {"low", "{low}"},
                                           {"high", "{high}"},
                                           {"share", "{share}"},
                                           {"persists", "{persists}"},
                                           {"gone", "{gone}"}});
    EXPECT_THAT(docs, HasSubstr(sentence)) << key;
  }
  EXPECT_GT(sentences, 25);
}

TEST(ClinicalCoursePage, PrintsEveryRowOfTheJointTable) {
  const std::string docs = page();
  for (const followup::JointRow& row : followup::jointTable()) {
    const std::string printed =
        "| " + std::string(name(row.outcome)) + " | " + std::string(name(row.spasm)) + " | " +
        std::string(name(row.lapse)) + " | " + std::string(name(row.finding)) + " |";
    EXPECT_THAT(docs, HasSubstr(printed));
  }
}

}  // namespace
}  // namespace neurovasc::report
