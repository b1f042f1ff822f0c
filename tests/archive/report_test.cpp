#include "neurovasc/archive/report.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "cohort_fixture.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using testing::errorOf;
using ::testing::HasSubstr;
using ::testing::Not;

double pointsOf(const Assessment& assessment, const std::string& kind) {
  double points = 0;
  for (const page::Doubt& doubt : doubtsOf(assessment)) {
    points += doubt.kind == kind ? doubt.points : 0;
  }
  return points;
}

/// Both sides seen, nothing near.
Assessment plain() {
  Assessment assessment = testing::clearAssessment();
  assessment.registrations.clear();
  return assessment;
}

TEST(ArchiveDoubt, IsNoneWhereAllWasSeen) { EXPECT_TRUE(doubtsOf(plain()).empty()); }

TEST(ArchiveDoubt, GrowsWithTheErrorOfRegistration) {
  Assessment assessment = plain();
  Registration registration;
  registration.accepted = true;
  registration.error_mm = 0.4;
  assessment.registrations = {registration};
  EXPECT_EQ(pointsOf(assessment, "registration"), 0);
  assessment.registrations[0].error_mm = 0.75;
  EXPECT_NEAR(pointsOf(assessment, "registration"), 1.5, 1e-12);
  assessment.registrations[0].error_mm = 9;
  EXPECT_EQ(pointsOf(assessment, "registration"), 4);
  assessment.registrations[0].accepted = false;
  EXPECT_EQ(pointsOf(assessment, "registration"), 2);
}

TEST(ArchiveDoubt, IsGravestWhereTheClinicNamesAClearSide) {
  Assessment assessment = plain();
  Symptom symptom;
  symptom.side = SymptomSide::left;
  symptom.score = 3;
  assessment.clinical.symptoms = {symptom};
  EXPECT_EQ(pointsOf(assessment, "told_side"), 3);
  for (SideAssessment& side : assessment.sides) {
    side.finding = side.side == Side::left ? Finding::contact : Finding::no_contact;
  }
  EXPECT_EQ(pointsOf(assessment, "told_side"), 0);
}

TEST(ArchiveDoubt, CountsContactsThatMayOrMayNotBe) {
  Assessment assessment = plain();
  Contact contact;
  contact.id = "L1";
  contact.kind = VesselKind::artery;
  for (const double probability : {0.29, 0.3, 0.7, 0.71}) {
    contact.contact_probability = probability;
    assessment.sides[0].contacts.push_back(contact);
  }
  EXPECT_EQ(pointsOf(assessment, "probability"), 2);
  EXPECT_EQ(pointsOf(assessment, "unknown_vessel"), 0);
  assessment.sides[0].contacts[0].kind = VesselKind::unknown;
  EXPECT_EQ(pointsOf(assessment, "unknown_vessel"), 0.5);
}

TEST(ArchiveDoubt, CountsZonesOfTheRootThatWereNotSeen) {
  Assessment assessment = plain();
  for (ZoneFinding& zone : assessment.sides[0].zones) {
    zone.status = ZoneStatus::not_assessable;
  }
  EXPECT_EQ(pointsOf(assessment, "not_assessable"), 4 * 0.5);
}

TEST(ArchiveDoubt, RefusesOptionsOutOfRange) {
  DoubtOptions options;
  options.registration_mm = 0;
  EXPECT_EQ(errorOf([&] { validate(options); }), ErrorCode::usage);
  options = {};
  options.lowest_probability = 0.8;
  EXPECT_EQ(errorOf([&] { validate(options); }), ErrorCode::usage);
  ReportOptions report;
  report.most_studies = 0;
  EXPECT_EQ(errorOf([&] { validate(report); }), ErrorCode::usage);
}

class ArchiveReport : public testing::CohortTest {
 protected:
  ReportSummary write(const ReportOptions& options = {}) {
    return writeReport(catalogue_, plan(), results_, scratch_.path() / "page", options, true);
  }
  std::string page() const { return contentOf(scratch_.path() / "page/index.html"); }
};

TEST_F(ArchiveReport, SaysWhatBecameOfEachStudyAndSumsAreRight) {
  analysed("p1", "1.2.1");
  analysed("p1", "1.2.2");
  analysed("p2", "1.2.3");
  failed("p3", "1.2.4", "timed_out");
  added("p4", "1.2.5");
  testing::TestSlice thick = testing::sliceOf("p5", "1.2.6");
  thick.grid.spacing_mm = {0.5, 0.6, 3};
  testing::writeStack(root_ / "thick", thick);
  index();
  const Flow flow = flowOf(catalogue_, plan());
  ASSERT_EQ(flow.steps.size(), 4U);
  EXPECT_EQ(flow.steps[0].studies, 6U);
  EXPECT_EQ(flow.steps[0].patients, 5U);
  EXPECT_EQ(flow.steps[2].studies, 3U);
  EXPECT_EQ(flow.steps[3].studies, 2U);
  for (std::size_t i = 0; i + 1 < flow.steps.size(); ++i) {
    std::size_t left = flow.steps[i].studies;
    for (const FlowExit& exit : flow.steps[i].exits) {
      left -= exit.studies;
    }
    EXPECT_EQ(left, flow.steps[i + 1].studies) << flow.steps[i].name;
  }
  const std::string table = flowTsv(flow);
  EXPECT_THAT(table, HasSubstr("found\tt2_too_thick\t1\t\t\n"));
  EXPECT_THAT(table, HasSubstr("thin_enough\tfailed_timed_out\t1\t\t\n"));
  EXPECT_THAT(table, HasSubstr("thin_enough\twaiting\t1\t\t\n"));
  EXPECT_THAT(table, HasSubstr("analysed\tsingle\t1\t\t\n"));
  EXPECT_THAT(flowSvg(flow), HasSubstr(">Studies found: 6</text>"));
}

TEST_F(ArchiveReport, PutsTheMostDoubtfulFirst) {
  if (!page::isPageBuilt()) {
    GTEST_SKIP() << "this build has no page";
  }
  const std::string sure = analysed("p1", "1.2.1", plain());
  const std::string unsure = analysed("p2", "1.2.2", testing::notAssessableAssessment());
  const ReportSummary summary = write();
  EXPECT_EQ(summary.shown, 2U);
  EXPECT_LT(page().find(unsure), page().find(sure));
  ReportOptions one;
  one.most_studies = 1;
  EXPECT_EQ(write(one).shown, 1U);
  EXPECT_THAT(page(), Not(HasSubstr(sure)));
}

TEST_F(ArchiveReport, LeavesOutAResultThatIsNotAsCollected) {
  if (!page::isPageBuilt()) {
    GTEST_SKIP() << "this build has no page";
  }
  const std::string key = analysed("p1", "1.2.1");
  std::ofstream(results_ / "results" / key / "assessment.json") << "{}";
  const ReportSummary summary = write();
  EXPECT_EQ(summary.studies, 1U);
  EXPECT_EQ(summary.not_there, 1U);
  EXPECT_EQ(summary.shown, 0U);
}

TEST_F(ArchiveReport, TellsNobodysNameOrPath) {
  if (!page::isPageBuilt()) {
    GTEST_SKIP() << "this build has no page";
  }
  analysed("doe1234567", "1.2.840.99.7");
  write();
  for (const char* file : {"index.html", "flow.svg", "flow.tsv", "run.json"}) {
    const std::string text = contentOf(scratch_.path() / "page" / file);
    EXPECT_FALSE(text.empty());
    EXPECT_THAT(text, Not(HasSubstr("doe1234567")));
    EXPECT_THAT(text, Not(HasSubstr("1.2.840.99.7")));
    EXPECT_THAT(text, Not(HasSubstr(scratch_.path().string())));
  }
}

}  // namespace
}  // namespace neurovasc::archive
