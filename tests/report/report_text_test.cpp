// The parts that the page is made of say what report.txt says.
#include "neurovasc/report/report_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "neurovasc/report/comparison_report.h"
#include "neurovasc/report/text_report.h"
#include "result/sample_assessments.h"
#include "result/sample_comparison.h"

namespace neurovasc::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

std::string withoutBlanks(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(),
                            [](unsigned char c) { return std::isspace(c) != 0; }),
             text.end());
  return text;
}

TEST(ReportText, SaysEverySentenceThatTheTextReportSays) {
  const Assessment assessment = testing::richAssessment();
  const std::string report = withoutBlanks(textReport(assessment));
  const ReportText text = reportText(assessment);
  std::vector<std::string> sentences = text.technique;
  for (const auto* more : {&text.comparison, &text.impression, &text.limits, &text.course}) {
    sentences.insert(sentences.end(), more->begin(), more->end());
  }
  for (const SideText& side : text.sides) {
    sentences.push_back(side.finding);
    sentences.push_back(side.nerve);
    sentences.insert(sentences.end(), side.contacts.begin(), side.contacts.end());
  }
  for (const std::string& sentence : sentences) {
    EXPECT_THAT(report, HasSubstr(withoutBlanks(sentence)));
  }
}

TEST(ReportText, HasARowForEachContactUnderItsTitles) {
  const Assessment assessment = testing::richAssessment();
  const ReportText text = reportText(assessment);
  ASSERT_EQ(text.sides.size(), assessment.sides.size());
  for (std::size_t n = 0; n < text.sides.size(); ++n) {
    const auto& contacts = assessment.sides[n].contacts;
    const TextTable& table = text.sides[n].contact_table;
    ASSERT_EQ(table.size(), contacts.empty() ? 0 : contacts.size() + 1);
    for (std::size_t c = 0; c < contacts.size(); ++c) {
      EXPECT_THAT(table[c + 1], SizeIs(table[0].size()));
      EXPECT_EQ(table[c + 1][0], contacts[c].id);
    }
  }
}

TEST(ReportText, SaysWhatIsNotMeasuredInsteadOfAZero) {
  Assessment assessment;
  SideAssessment side;
  Contact contact;
  contact.id = "L1";
  side.contacts = {contact};
  assessment.sides = {side};
  const TextTable table = reportText(assessment).sides[0].contact_table;
  EXPECT_EQ(table[1], (std::vector<std::string>{"L1", "vessel of uncertain kind", "not known",
                                                "not measured", "not measured", "not measured"}));
}

TEST(ReportText, SaysHowMuchOfAVesselIsNotSeen) {
  Assessment assessment;
  SideAssessment side;
  side.contacts.resize(1);
  assessment.sides = {side};
  std::optional<double>& unseen_mm = assessment.sides[0].contacts[0].unseen_vessel_mm;
  const auto told = [&assessment] { return reportText(assessment).sides[0].contacts[0]; };
  EXPECT_THAT(told(), Not(HasSubstr("lost")));
  unseen_mm = 1.2;
  EXPECT_THAT(told(), HasSubstr("lost 1.2 mm before that place"));
  unseen_mm = 0;
  EXPECT_THAT(told(), HasSubstr("lost at that place"));
}

TEST(ReportText, CountsLengthsFromNoRootThatWasNotFound) {
  Assessment assessment = testing::richAssessment();
  NerveLandmarks& marks = assessment.sides[0].nerve.landmarks;
  ASSERT_TRUE(marks.detachment_point);
  marks.root_exit_point.reset();
  const std::string nerve = reportText(assessment).sides[0].nerve;
  EXPECT_THAT(nerve, HasSubstr("root exit point is not known"));
  EXPECT_THAT(nerve, Not(HasSubstr("detaches from the pons at")));
}

TEST(ReportText, GivesTheReasonInsteadOfATableOfUnseenZones) {
  const ReportText text = reportText(testing::notAssessableAssessment());
  for (const SideText& side : text.sides) {
    EXPECT_NE(side.zones.empty(), side.zones_reason.empty());
  }
}

TEST(ReportText, NamesOnlyUsedSeriesAsUsed) {
  const Assessment assessment = testing::richAssessment();
  const TextTable table = reportText(assessment).series;
  ASSERT_EQ(table.size(), assessment.series.size() + 1);
  for (std::size_t n = 0; n < assessment.series.size(); ++n) {
    const std::string& id = assessment.series[n].id;
    const SeriesUsed& used = assessment.series_used;
    const bool is_used = id == used.t2 || id == used.tof || id == used.ce_t1;
    EXPECT_EQ(table[n + 1][0], id);
    EXPECT_EQ(table[n + 1].back() != "not used", is_used);
  }
}

TEST(ReportText, SaysWhyARegistrationWasRefused) {
  Assessment assessment;
  Registration refused;
  refused.reason = "the series overlap by 3 %";
  assessment.registrations = {refused};
  const TextTable table = reportText(assessment).registration;
  ASSERT_EQ(table.size(), 2U);
  EXPECT_THAT(table[1].back(), HasSubstr("the series overlap by 3 %"));
}

TEST(ComparisonText, SaysEverySentenceThatTheTextReportSays) {
  for (const Comparison& comparison : {testing::richComparison(), testing::postOnlyComparison()}) {
    const std::string report = withoutBlanks(comparisonReport(comparison));
    const ComparisonText text = comparisonText(comparison);
    std::vector<std::string> sentences = text.dates;
    sentences.insert(sentences.end(), text.limits.begin(), text.limits.end());
    for (const ComparedSideText& side : text.sides) {
      for (const auto* more : {&side.findings, &side.contacts, &side.pads, &side.course}) {
        sentences.insert(sentences.end(), more->begin(), more->end());
      }
      sentences.push_back(side.outcome);
      sentences.push_back(side.joint);
    }
    for (const std::string& sentence : sentences) {
      EXPECT_THAT(report, HasSubstr(withoutBlanks(sentence)));
    }
  }
}

TEST(ComparisonText, HasTheGapAtEachDateAndItsChangeForEachContact) {
  const Comparison comparison = testing::richComparison();
  const TextTable table = comparisonText(comparison).sides[0].contact_table;
  ASSERT_THAT(table, SizeIs(comparison.sides[0].contacts.size() + 1));
  EXPECT_THAT(table[0], SizeIs(5 + comparison.dates.size()));
  for (std::size_t n = 1; n < table.size(); ++n) {
    ASSERT_THAT(table[n], SizeIs(table[0].size()));
    EXPECT_EQ(table[n][0], comparison.sides[0].contacts[n - 1].id);
  }
  EXPECT_EQ(table[1][3], "0.00 ± 0.15 mm");
  EXPECT_EQ(table[1].back(), "touches no more");
}

TEST(ComparisonText, OfOneDateHasNoChange) {
  const Comparison one = testing::postOnlyComparison();
  for (const ComparedSideText& side : comparisonText(one).sides) {
    for (const auto& row : side.contact_table) {
      EXPECT_THAT(row, SizeIs(5));
    }
  }
}

}  // namespace
}  // namespace neurovasc::report
