#include "neurovasc/report/comparison_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "phrases.h"
#include "result/sample_comparison.h"
#include "support/paths.h"

namespace neurovasc::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string onOneLine(const std::string& text) {
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

std::string reportOf(const Comparison& comparison) {
  return onOneLine(comparisonReport(comparison));
}

TEST(ComparisonReport, SaysWhatBecameOfEachContactWithItsDoubt) {
  const std::string said = reportOf(testing::richComparison());
  EXPECT_THAT(said, HasSubstr("Left: contact persists after surgery."));
  EXPECT_THAT(said, HasSubstr("L1: the anterior inferior cerebellar artery in the attached "
                              "segment, 4.3 mm from the root exit point: touched at the first "
                              "date and touches still."));
  EXPECT_THAT(said, HasSubstr("Gap 0.00 ± 0.15 mm before, 0.05 ± 0.15 mm now."));
  EXPECT_THAT(said, HasSubstr("No change that this data could show (smallest: 0.5 mm)."));
  EXPECT_THAT(said, HasSubstr("2.13 ± 0.18 mm from where it was, forward and outward."));
  EXPECT_THAT(said, HasSubstr("the order is brainstem, contact, pad, canal"));
  EXPECT_THAT(said, HasSubstr("35 weeks after surgery"));
}

TEST(ComparisonReport, SaysWhichSideTookTheFirstDatesLandmarks) {
  Comparison comparison = testing::richComparison();
  EXPECT_THAT(reportOf(comparison), HasSubstr("The left nerve was looked for again"));
  comparison.dates[1].measured_anew.clear();
  EXPECT_THAT(reportOf(comparison), Not(HasSubstr("looked for again")));
}

TEST(ComparisonReport, PutsAContactInAnUnexploredZoneFirst) {
  const std::string said = reportOf(testing::richComparison());
  EXPECT_THAT(said, HasSubstr("Contact now in a zone that surgery is not told to have explored: "
                              "the attached segment."));
  EXPECT_LT(said.find("L1: the anterior"), said.find("L2: the anterior"));
}

TEST(ComparisonReport, JoinsImagesAndCourseInOneCautiousSentence) {
  const std::string said = reportOf(testing::richComparison());
  EXPECT_THAT(said, HasSubstr("incomplete decompression is suspected"));
  Comparison disagreeing = testing::richComparison();
  disagreeing.sides[0].course.sides_disagree = true;
  EXPECT_THAT(reportOf(disagreeing), HasSubstr("images and course are not joined"));
  EXPECT_THAT(reportOf(disagreeing), Not(HasSubstr("incomplete decompression is suspected")));
}

TEST(ComparisonReport, BeginsWithTheSidesThatDiffer) {
  Comparison disagreeing = testing::richComparison();
  EXPECT_THAT(reportOf(disagreeing), Not(HasSubstr("THE SIDES DIFFER")));
  disagreeing.sides[0].course.sides_disagree = true;
  disagreeing.pads[0].pad.side = Side::right;
  const std::string said = reportOf(disagreeing);
  EXPECT_THAT(said,
              HasSubstr("THE SIDES DIFFER. Symptoms: left. Surgery: left. Pad: right. Contact "
                        "at any date: left. Images and course are not joined."));
  EXPECT_LT(said.find("THE SIDES DIFFER"), said.find("DATES Date 1"));
}

TEST(ComparisonReport, NamesTheVesselBesideAPadAsItsContactDoes) {
  Comparison comparison = testing::richComparison();
  EXPECT_THAT(reportOf(comparison), HasSubstr("The nearest vessel is the anterior inferior "
                                              "cerebellar artery (V3), 0.2 mm away."));
  for (ComparedPad& pad : comparison.pads) pad.vessel_id = "V99";
  EXPECT_THAT(reportOf(comparison), HasSubstr("The nearest vessel is V99, 0.2 mm away."));
}

TEST(ComparisonReport, SaysWhyAGapThatChangedCountsForNothing) {
  Comparison comparison = testing::richComparison();
  TrackedContact& contact = comparison.sides[0].contacts.back();
  contact.state = ContactChange::within_error;
  contact.gap_change_mm = 0.9;
  contact.smallest_change_mm = 0.4;
  const std::string said = reportOf(comparison);
  EXPECT_THAT(said, HasSubstr("the vessel moved less than the gap changed"));
  EXPECT_THAT(said, Not(HasSubstr("but no change that this data could show")));
}

TEST(ComparisonReport, TellsOfEveryDateBetween) {
  Comparison comparison = testing::richComparison();
  EXPECT_THAT(reportOf(comparison), Not(HasSubstr("At date ")));
  comparison.dates.push_back(comparison.dates.back());
  for (SideComparison& side : comparison.sides) {
    for (TrackedContact& contact : side.contacts) contact.dates.push_back(contact.dates.back());
  }
  ContactSighting& between = comparison.sides[0].contacts[0].dates[1];
  between.distance_mm = 1.2;
  between.distance_sd_mm = 0.15;
  between.contact_probability = 0.02;
  between.place = ZoneStatus::clear;
  EXPECT_THAT(reportOf(comparison), HasSubstr("At date 2: 1.20 ± 0.15 mm, not touching."));
  between.distance_mm.reset();
  between.place = ZoneStatus::not_assessable;
  EXPECT_THAT(reportOf(comparison), HasSubstr("At date 2: not within 3 mm, its place not seen."));
}

TEST(ComparisonReport, SaysThatNothingOfWhatIsLookedForWasFoundOnAnOperatedSide) {
  Comparison comparison = testing::richComparison();
  SideComparison& left = comparison.sides[0];
  left.findings.clear();
  for (ComparedZone& zone : left.zones) zone.explored.reset();
  EXPECT_THAT(reportOf(comparison),
              HasSubstr("None of these was found: contact left beside a pad"));
  left.outcome = Outcome::not_assessable;
  EXPECT_THAT(reportOf(comparison), Not(HasSubstr("None of these was found")));
}

TEST(ComparisonReport, SaysOfADecompressedSideWhetherThePadTouchesAndWhatMriCannotShow) {
  Comparison comparison = testing::richComparison();
  comparison.sides[0].outcome = Outcome::decompressed;
  EXPECT_THAT(reportOf(comparison),
              HasSubstr("Left: no vessel contact seen; a vessel touched at the first date. The pad "
                        "does not touch the nerve. Adhesion cannot be seen on MRI."));
  comparison.pads.clear();
  EXPECT_THAT(reportOf(comparison), HasSubstr("after transposition none is to be expected"));
}

TEST(ComparisonReport, OfOneDateSpeaksOfNoOther) {
  const std::string said = reportOf(testing::postOnlyComparison());
  EXPECT_THAT(said, HasSubstr("AFTER SURGERY"));
  EXPECT_THAT(said, HasSubstr("Left: no vessel contact seen. The pad touches the nerve. Adhesion "
                              "cannot be seen on MRI."));
  EXPECT_THAT(said, HasSubstr("in the first weeks blood, air and glue are as dark as a pad"));
  EXPECT_THAT(said, HasSubstr(kResearchUseOnly.data()));
}

TEST(ComparisonReport, RefusesAWidthThatNoTableFits) {
  EXPECT_THROW(comparisonReport({}, {20}), Error);
}

class ForbiddenInComparisons : public ::testing::TestWithParam<const char*> {};

TEST_P(ForbiddenInComparisons, StandsInNoReport) {
  const std::regex word(std::string("\\b") + GetParam(), std::regex::icase);
  for (const Comparison& comparison : {testing::richComparison(), testing::postOnlyComparison()}) {
    const std::string said =
        std::regex_replace(reportOf(comparison), std::regex("not that it causes spasm"), "");
    EXPECT_FALSE(std::regex_search(said, word));
  }
}

INSTANTIATE_TEST_SUITE_P(Reports, ForbiddenInComparisons,
                         ::testing::Values("caus", "recommend", "should", "advis", "normal",
                                           "healthy", "safe", "cure", "fail", "reoperat",
                                           "diagnos"));

TEST(FollowUpPage, PrintsEverySentence) {
  std::ifstream file(testing::sourceDir() / "docs/follow-up.md");
  std::stringstream all;
  all << file.rdbuf();
  const std::string docs = onOneLine(all.str());
  std::istringstream phrases(std::regex_replace(std::string(phraseText()), std::regex("\n "), " "));
  int sentences = 0;
  for (std::string line; std::getline(phrases, line);) {
    if (line.rfind("compare.", 0) != 0) continue;
    ++sentences;
    EXPECT_THAT(docs, HasSubstr(onOneLine(line.substr(line.find(": ") + 2)))) << line;
  }
  EXPECT_GT(sentences, 60);
}

}  // namespace
}  // namespace neurovasc::report
