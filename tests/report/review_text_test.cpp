#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "neurovasc/contact/reviewed.h"
#include "neurovasc/report/tables.h"
#include "neurovasc/report/text_report.h"
#include "result/sample_assessments.h"
#include "result/sample_reviews.h"

namespace neurovasc::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<ReviewedAssessment> sampleReviews() {
  Review second;
  second.reader = "B. Second";
  return {contact::reviewed(testing::richAssessment(), testing::richReview()),
          contact::reviewed(testing::richAssessment(), second)};
}

std::string onOneLine(const std::string& text) {
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

std::string spoken() {
  return onOneLine(textReport(testing::richAssessment(), {}, sampleReviews()));
}

TEST(ReviewedReport, KeepsEveryWordOfTheProgramBesideTheReaders) {
  const std::string before = textReport(testing::richAssessment());
  const std::string after = textReport(testing::richAssessment(), {}, sampleReviews());
  const auto from = before.find("LEFT FACIAL NERVE");
  const auto to = before.find("\nLIMITS");
  EXPECT_THAT(after, HasSubstr(before.substr(from, to - from)));
}

TEST(ReviewedReport, GivesEachReaderAPartOfTheirOwn) {
  EXPECT_THAT(spoken(), HasSubstr("REVIEW BY A. READER, 2026-11-21 10:15 UTC"));
  EXPECT_THAT(spoken(), HasSubstr("REVIEW BY B. SECOND"));
}

TEST(ReviewedReport, SaysBothFindingsOfASideWhoseFindingChanged) {
  EXPECT_THAT(spoken(),
              HasSubstr("Right: contact after the review; the program found no contact."));
  EXPECT_THAT(spoken(), HasSubstr("Left: contact with deformity, as the program found it."));
  EXPECT_THAT(spoken(), HasSubstr("own finding on the left: contact (a loop at the root)."));
  EXPECT_THAT(spoken(), HasSubstr("right nerve was measured anew"));
}

TEST(ReviewedReport, ShowsWhatBecameOfEachContact) {
  EXPECT_THAT(spoken(), HasSubstr("changed to PICA"));
  EXPECT_THAT(spoken(), HasSubstr("rejected: a pad, no vessel"));
  EXPECT_THAT(spoken(), HasSubstr("added: vein"));
}

TEST(ReviewedReport, KeepsWithinItsWidthWhateverAReaderWrites) {
  Review review = testing::richReview();
  review.verdicts[0].comment = std::string(40, 'x') + " " + std::string(60, 'y') + " and more";
  const Assessment assessment = testing::richAssessment();
  std::istringstream lines(textReport(assessment, {}, {contact::reviewed(assessment, review)}));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 100U + 8U) << line;  // some letters have two bytes
  }
}

TEST(ReviewedReport, SaysThatNoPhysicianReadItOnlyWhileThatIsSo) {
  EXPECT_THAT(textReport(testing::richAssessment()), HasSubstr("no physician has read it"));
  EXPECT_THAT(spoken(), Not(HasSubstr("no physician has read it")));
}

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

TEST(ReviewsTable, HasARowPerReaderAndContactAndOneForASideWithoutAny) {
  const auto lines = linesOf(reviewsTsv(sampleReviews()));
  ASSERT_EQ(lines.size(), 1U + 3U + 3U) << "L1, L2, R1; L1, L2, and the right side";
  for (const std::string& line : lines) {
    EXPECT_EQ(std::count(line.begin(), line.end(), '\t'),
              std::count(lines[0].begin(), lines[0].end(), '\t'));
  }
  EXPECT_THAT(lines[1], HasSubstr("\tL1\taccepted\tyes\tartery\tartery\tAICA\tPICA\t"));
  EXPECT_THAT(lines[2], HasSubstr("\tL2\tundecided\tno\t"));
  EXPECT_THAT(lines[3], HasSubstr("\tR1\tadded\tyes\t"));
}

TEST(ReviewsTable, IsNotBrokenByAComment) {
  Review review = testing::richReview();
  review.verdicts[0].comment = "one\ttwo\nthree";
  const auto lines = linesOf(reviewsTsv({contact::reviewed(testing::richAssessment(), review)}));
  EXPECT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[1], HasSubstr("\tone two three"));
}

TEST(ReviewsTable, HasEveryColumnInTheDictionary) {
  const std::string dictionary = dataDictionaryTsv();
  std::istringstream names(linesOf(reviewsTsv({})).at(0));
  for (std::string name; std::getline(names, name, '\t');) {
    EXPECT_THAT(dictionary, HasSubstr("\nreviews\t" + name + "\t"));
  }
}

}  // namespace
}  // namespace neurovasc::report
