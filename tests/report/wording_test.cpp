// What the reports may not say, held over every phrase that they are made of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <fstream>
#include <regex>

#include "neurovasc/report/study_text.h"
#include "neurovasc/report/text_report.h"
#include "phrases.h"
#include "result/sample_assessments.h"

namespace neurovasc::report {
namespace {

using ::testing::HasSubstr;

/// @p text on one line, without the one disclaimer that names causing in order to deny it.
std::string withoutDisclaimer(std::string_view text) {
  std::string line = std::regex_replace(std::string(text), std::regex("\\s+"), " ");
  return std::regex_replace(line, std::regex("not that it causes spasm"), "");
}

/// The template without its comments, which name the forbidden words.
std::string phrasesAlone() {
  return std::regex_replace(std::string(phraseText()), std::regex("(^|\n)#[^\n]*"), "\n");
}

class ForbiddenWord : public ::testing::TestWithParam<const char*> {};

TEST_P(ForbiddenWord, StandsInNoPhrase) {
  const std::regex word(std::string("\\b") + GetParam(), std::regex::icase);
  EXPECT_FALSE(std::regex_search(withoutDisclaimer(phrasesAlone()), word));
}

TEST_P(ForbiddenWord, StandsInNoReport) {
  const std::regex word(std::string("\\b") + GetParam(), std::regex::icase);
  for (const Assessment& assessment :
       {testing::richAssessment(), testing::clearAssessment(), testing::oneSideAssessment(),
        testing::notAssessableAssessment(), testing::tooThickAssessment(), Assessment{}}) {
    EXPECT_FALSE(std::regex_search(withoutDisclaimer(textReport(assessment)), word));
  }
}

INSTANTIATE_TEST_SUITE_P(Reports, ForbiddenWord,
                         ::testing::Values("caus", "recommend", "should", "advis", "normal",
                                           "healthy", "safe", "cure", "fail", "reoperat", "diagnos",
                                           "culprit", "offend"));

TEST(EveryReport, SaysWhatItIsAndWhatItDidNotLookFor) {
  for (const Assessment& assessment :
       {testing::richAssessment(), testing::clearAssessment(), testing::oneSideAssessment(),
        testing::notAssessableAssessment(), testing::tooThickAssessment(), Assessment{}}) {
    const std::string text = textReport(assessment);
    const std::string line = std::regex_replace(text, std::regex("\\s+"), " ");
    EXPECT_EQ(text.find("Research use only, not a medical device."), text.find('\n') + 1);
    EXPECT_THAT(line, HasSubstr("Not looked for: tumour, aneurysm, malformation, demyelination, "
                                "stroke"));
    EXPECT_EQ(line.find("stroke, decompression material of an earlier operation") != line.npos,
              !assessment.pads.has_value());
    EXPECT_THAT(line, HasSubstr("perforating arteries, small veins or arachnoid"));
  }
}

TEST(EveryReportOfASide, SaysHowCommonContactIsWithoutSymptoms) {
  for (const Assessment& assessment :
       {testing::richAssessment(), testing::clearAssessment(), testing::oneSideAssessment()}) {
    EXPECT_THAT(std::regex_replace(textReport(assessment), std::regex("\\s+"), " "),
                HasSubstr("21 to 53 % of facial nerves without symptoms"));
  }
}

}  // namespace
}  // namespace neurovasc::report
