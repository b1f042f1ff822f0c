#include "neurovasc/report/study_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "result/sample_assessments.h"
#include "text_layout.h"

namespace neurovasc::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Study study() {
  Study study;
  study.series = testing::richAssessment().series;
  study.series[0].frames[0].path = "/archive/DOE_JANE/IM1";
  study.cisternography = 0;
  study.tof = 1;
  study.warnings = {"One file was damaged."};
  return study;
}

TEST(StudyText, ShowsEachSeriesWithItsRoleReasonsAndProblems) {
  const std::string text = studyText({{1, study()}});
  EXPECT_THAT(text, HasSubstr("Study 1: 2 series"));
  EXPECT_THAT(text, HasSubstr("384x384x64"));
  EXPECT_THAT(text, HasSubstr("s1 is cisternography: balanced steady state, TE 4.4 ms;"));
  EXPECT_THAT(text, HasSubstr("s2: slice 25 of 64 is missing (gap 1.2 mm)."));
  EXPECT_THAT(text, HasSubstr("Note: One file was damaged."));
  EXPECT_THAT(text, HasSubstr("T2 (s1) is fine enough to measure on."));
  EXPECT_THAT(text, Not(HasSubstr("DOE")));
}

TEST(StudyText, SaysThatATooThickSeriesIsShownOnly) {
  Study thick = study();
  thick.series[0].resolution = Resolution::too_thick;
  EXPECT_THAT(studyText({{1, thick}}), HasSubstr("too thick: nerve and vessels are shown"));
}

TEST(StudyText, SaysWhatIsMissingWithoutT2) {
  Study none = study();
  none.cisternography.reset();
  EXPECT_THAT(studyText({{1, none}}), HasSubstr("No series can serve as T2"));
}

TEST(StudyText, NumbersSeveralStudiesAndSaysHowToChoose) {
  const std::string text = studyText({{1, study()}, {2, study()}});
  EXPECT_THAT(text, HasSubstr("Study 2: 2 series"));
  EXPECT_THAT(text, HasSubstr("--study N"));
  EXPECT_THAT(studyText({{1, study()}}), Not(HasSubstr("--study")));
}

TEST(StudyText, KeepsTheNumberOfAStudyThatStandsAlone) {
  EXPECT_THAT(studyText({{3, study()}}), HasSubstr("Study 3: 2 series"));
}

TEST(StudyText, SaysThatNothingWasFound) {
  EXPECT_EQ(studyText({}), "No series of images was found.\n");
}

TEST(StudyText, KeepsWithinItsWidth) {
  Study wide = study();
  wide.series[0].description = std::string(300, 'd');
  wide.series[0].role_reasons.push_back(std::string(300, 'r'));
  wide.series[0].geometry.size = {1024, 1024, 1024};
  wide.series[0].id = "s1234";
  wide.series[0].number = 99999;
  std::istringstream lines(studyText({{1, wide}}));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(widthOf(line), 120U) << line;
  }
}

}  // namespace
}  // namespace neurovasc::report
