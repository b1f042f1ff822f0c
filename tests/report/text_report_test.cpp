#include "neurovasc/report/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "result/sample_assessments.h"
#include "support/paths.h"
#include "text_layout.h"

namespace neurovasc::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// The report as one line, so that tests do not depend on where lines break.
std::string spoken(const Assessment& assessment) {
  return std::regex_replace(textReport(assessment), std::regex("\\s+"), " ");
}

std::vector<std::string> linesOf(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

/// Compares a report with tests/report/golden/@p name. Set NEUROVASC_UPDATE_GOLDEN to write the
/// reports anew; then read them aloud.
void expectGolden(const std::string& name, const Assessment& assessment) {
  const std::string path = (testing::sourceDir() / "tests/report/golden" / name).string();
  const std::string text =
      std::regex_replace(textReport(assessment), std::regex("neurovasc " + std::string(version())),
                         "neurovasc VERSION");
  if (std::getenv("NEUROVASC_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << text;
  }
  std::stringstream golden;
  golden << std::ifstream(path).rdbuf();
  EXPECT_EQ(text, golden.str());
}

TEST(TextReport, ReadsAsItDidForAContactWithDeformity) {
  expectGolden("deformity.txt", testing::richAssessment());
}
TEST(TextReport, ReadsAsItDidWithoutContact) {
  expectGolden("clear.txt", testing::clearAssessment());
}
TEST(TextReport, ReadsAsItDidForOneSide) {
  expectGolden("one_side.txt", testing::oneSideAssessment());
}
TEST(TextReport, ReadsAsItDidWhereNothingCouldBeAssessed) {
  expectGolden("not_assessable.txt", testing::notAssessableAssessment());
}
TEST(TextReport, ReadsAsItDidForThickSlices) {
  expectGolden("too_thick.txt", testing::tooThickAssessment());
}

TEST(TextReport, KeepsWithinItsWidth) {
  Assessment assessment = testing::richAssessment();
  assessment.warnings.push_back(std::string(250, 'x'));
  for (const int width : {90, 100, 120}) {
    for (const std::string& line : linesOf(textReport(assessment, {width}))) {
      EXPECT_LE(widthOf(line), static_cast<std::size_t>(width)) << line;
      EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
  }
}

TEST(TextReport, RefusesAWidthThatNothingFitsInto) {
  EXPECT_THROW(textReport({}, {40}), Error);
  EXPECT_THROW(validate(ReportOptions{1000}), Error);
  EXPECT_NO_THROW(validate(ReportOptions{}));
}

TEST(TextReport, HoldsNoDate) {
  const std::string text = textReport(testing::richAssessment());
  for (const char* date : {"2024", "2025"}) {
    EXPECT_THAT(text, Not(HasSubstr(date)));
  }
  EXPECT_THAT(spoken(testing::richAssessment()), HasSubstr("13 weeks before the first surgery"));
}

TEST(TextReport, SaysOfEachProbabilityWhatItIsOf) {
  EXPECT_THAT(
      spoken(testing::richAssessment()),
      HasSubstr("Probability 97 % (that vessel and nerve touch, not that it causes spasm)"));
}

TEST(TextReport, NeverClaimsCertainty) {
  Assessment assessment = testing::richAssessment();
  assessment.sides[0].contacts[0].contact_probability = 1.0;
  assessment.sides[0].contacts[1].contact_probability = 0.0;
  EXPECT_THAT(spoken(assessment), HasSubstr("Probability 99 %"));
  EXPECT_THAT(spoken(assessment), HasSubstr("Probability 1 %"));
}

TEST(TextReport, GivesAGapItsDoubt) {
  EXPECT_THAT(spoken(testing::richAssessment()), HasSubstr("Gap 0.62 ± 0.20 mm."));
}

TEST(TextReport, OffersAnUncertainNameAsAPossibility) {
  Assessment assessment = testing::richAssessment();
  assessment.sides[0].contacts[0].name_confidence = 0.4;
  EXPECT_THAT(spoken(assessment), HasSubstr("An artery that may be AICA"));
}

TEST(TextReport, GivesNoPerCentForAName) {
  for (const double confidence : {0.5, 0.74}) {
    Assessment assessment = testing::richAssessment();
    assessment.sides[0].contacts[0].name_confidence = confidence;
    EXPECT_THAT(spoken(assessment), HasSubstr("an artery that may be AICA touches"));
  }
  EXPECT_THAT(spoken(testing::richAssessment()), Not(HasSubstr("% certain")));
}

TEST(TextReport, SaysProbablyOfADeformingContactBelowTheResolution) {
  Assessment assessment = testing::richAssessment();
  assessment.sides[0].contacts[0].state = ContactState::below_resolution;
  assessment.sides[0].contacts[0].contact_probability = 0.5;
  const std::string text = spoken(assessment);
  EXPECT_THAT(text, Not(HasSubstr("touches and deforms")));
  EXPECT_THAT(text, HasSubstr("probably touches the left facial nerve"));
  EXPECT_THAT(text, HasSubstr("The nerve is deformed there."));
  EXPECT_THAT(text, HasSubstr(", which is deformed there (L1, 50 %)"));
}

TEST(TextReport, KeepsHalfAGradeOfAScore) {
  Assessment assessment = testing::richAssessment();
  assessment.clinical.symptoms[0].score = 2.5;
  EXPECT_THAT(spoken(assessment), HasSubstr("SMC score 2.5"));
  EXPECT_THAT(spoken(testing::richAssessment()), HasSubstr("SMC score 3,"));
}

TEST(TextReport, SaysThatTouchingCannotBeToldBelowTheResolution) {
  Assessment assessment = testing::clearAssessment();
  Contact contact = testing::richAssessment().sides[0].contacts[1];
  contact.contact_probability = 0.35;
  contact.state = ContactState::below_resolution;
  assessment.sides[0].contacts = {contact};
  assessment.sides[0].finding = Finding::not_assessable;
  EXPECT_THAT(spoken(assessment), HasSubstr("whether it touches cannot be told"));
  EXPECT_THAT(spoken(assessment), HasSubstr("touching cannot be told (L2, 35 %)"));
}

TEST(TextReport, ListsEveryContactThatTouchesInTheImpression) {
  Assessment assessment = testing::richAssessment();
  assessment.sides[0].contacts[1].contact_probability = 0.8;
  assessment.sides[0].contacts[1].state = ContactState::touching;
  EXPECT_THAT(spoken(assessment), HasSubstr("(L1, 97 %); a vessel"));
  EXPECT_THAT(spoken(assessment), HasSubstr("(L2, 80 %)"));
}

TEST(TextReport, LeavesTheCanalOutOfTheImpression) {
  Assessment assessment = testing::clearAssessment();
  Contact contact = testing::richAssessment().sides[0].contacts[0];
  contact.zone = Zone::internal_canal;
  assessment.sides[0].contacts = {contact};
  const std::string text = spoken(assessment);
  EXPECT_THAT(text, HasSubstr("in the internal auditory canal, 4.4 mm"));
  EXPECT_THAT(text, HasSubstr("Left: no vessel contact seen"));
  EXPECT_THAT(text, HasSubstr("Nearest vessel short of the canal: left none within 3 mm"));
}

TEST(TextReport, SaysProbablyWhereTheGapIsBelowTheResolution) {
  Assessment assessment = testing::oneSideAssessment();
  assessment.sides[0].contacts[0].state = ContactState::below_resolution;
  assessment.sides[0].contacts[0].contact_probability = 0.64;
  EXPECT_THAT(spoken(assessment), HasSubstr("Left: a vein probably touches the facial nerve"));
}

TEST(TextReport, NamesWhatCouldNotBeSeenBesideAContact) {
  Assessment assessment = testing::richAssessment();
  assessment.sides[0].zones[0].status = ZoneStatus::not_assessable;
  assessment.sides[0].zones[0].reason = "a flow void in the cistern.";
  EXPECT_THAT(
      spoken(assessment),
      HasSubstr("Further contact is not excluded where the nerve could not be assessed: the "
                "root exit point (a flow void in the cistern)."));
}

TEST(TextReport, SaysWhereClinicAndImagesDiffer) {
  Assessment assessment = testing::richAssessment();
  assessment.clinical.symptoms[0].side = SymptomSide::right;
  EXPECT_THAT(spoken(assessment),
              HasSubstr("The side of the symptoms (right) and the side of the contact (left) "
                        "differ."));
  EXPECT_THAT(spoken(testing::richAssessment()), Not(HasSubstr("differ.")));
}

TEST(TextReport, NamesTheDirectionOfTheBodyOnBothSides) {
  Assessment assessment = testing::richAssessment();
  assessment.sides[0].contacts.resize(1);
  const Point3 at = *assessment.sides[0].contacts[0].nerve_point_mm;
  assessment.vessels[0].tube.points_mm = {at + Vec3{3, -2, 0}, at + Vec3{3, 2, 0}};
  assessment.vessels[0].tube.radius_mm = {0.5, 0.5};
  assessment.vessels[0].tube.confidence.clear();
  EXPECT_THAT(spoken(assessment), HasSubstr("lies lateral to the nerve's axis"));
  std::swap(assessment.sides[0].side, assessment.sides[1].side);
  EXPECT_THAT(spoken(assessment), HasSubstr("lies medial to the nerve's axis"));
}

TEST(TextReport, SaysWhyASeriesWasLeftOut) {
  Assessment assessment = testing::richAssessment();
  assessment.registrations[0].accepted = false;
  assessment.registrations[0].reason = "the correction of 9.1 mm is beyond 5 mm";
  EXPECT_THAT(spoken(assessment), HasSubstr("TOF angiography: not used, it could not be brought "
                                            "onto T2 (the correction of 9.1 mm is beyond 5 mm)."));
}

TEST(TextReport, SpeaksOfNoImagesWhereShapesWereMeasured) {
  Assessment assessment = testing::oneSideAssessment();
  assessment.quality = {};
  const std::string text = spoken(assessment);
  EXPECT_THAT(text, HasSubstr("No images were read: shapes drawn beforehand were measured."));
  EXPECT_THAT(text, Not(HasSubstr("too thick")));
  EXPECT_THAT(text, Not(HasSubstr("TOF")));
  EXPECT_THAT(text, HasSubstr("touches the left facial nerve"));
}

TEST(TextReport, NamesTheT2SeriesThatWasMeasuredOn) {
  Assessment assessment = testing::richAssessment();
  Series repeated = assessment.series[0];
  repeated.id = "s9";
  repeated.description = "t2_ciss3d_repeated";
  assessment.series.insert(assessment.series.begin(), repeated);
  EXPECT_THAT(spoken(assessment), HasSubstr("T2: t2_ciss3d_tra, acquired voxel"));
  assessment.series_used.t2 = "s9";
  EXPECT_THAT(spoken(assessment), HasSubstr("T2: t2_ciss3d_repeated, acquired voxel"));
}

TEST(TextReport, TellsASeriesThatIsMissingFromOneThatCouldNotBeUsed) {
  Assessment assessment = testing::richAssessment();
  assessment.registrations.clear();
  EXPECT_THAT(spoken(assessment), HasSubstr("TOF angiography: there is one, but it could not"));
  EXPECT_THAT(spoken(assessment), HasSubstr("Contrast-enhanced T1: none."));
  assessment.series.resize(1);
  EXPECT_THAT(spoken(assessment), HasSubstr("TOF angiography: none."));
}

TEST(TextReport, KeepsProblemsOfSeriesThatAreOfNoUseToItself) {
  Assessment assessment = testing::richAssessment();
  assessment.series[1].role = SeriesRole::other;
  EXPECT_THAT(spoken(assessment), Not(HasSubstr("slice 25 of 64")));
}

TEST(TextReport, SaysARepeatedReasonOnce) {
  const std::string text = spoken(testing::notAssessableAssessment());
  EXPECT_THAT(text, HasSubstr("attached segment 1.5 to 7.5 mm not assessable as above"));
}

TEST(TextReport, SaysWhereTheImagesHardlySupportTheNerve) {
  Assessment assessment = testing::clearAssessment();
  for (std::size_t i = 4; i <= 8; ++i) {
    assessment.sides[0].nerve.tube.confidence[i] = 0.2;
  }
  EXPECT_THAT(spoken(assessment), HasSubstr("hardly support its course from 2.0 to 4.0 mm"));
}

TEST(TextReport, SaysAProblemOfASeriesOnce) {
  Assessment assessment = testing::tooThickAssessment();
  Series& t2 = assessment.series.at(0);
  t2.role = SeriesRole::t2_thick;
  t2.problems = {{SeriesProblemKind::too_thick, "voxel of 2.00 mm: too thick to measure on"},
                 {SeriesProblemKind::missing_slices, "slice 35 of 56 is missing"}};
  assessment.warnings = {"series " + t2.id + " (t2_thick): slice 35 of 56 is missing"};
  const std::string text = spoken(assessment);
  const auto count = [&text](const std::string& words) {
    int found = 0;
    for (auto at = text.find(words); at != std::string::npos; at = text.find(words, at + 1)) {
      ++found;
    }
    return found;
  };
  EXPECT_EQ(count("slice 35 of 56"), 1) << text;
  EXPECT_EQ(count("voxel of 2.00 mm"), 0) << text;
  EXPECT_EQ(count("too thick to measure on (largest"), 1) << text;
}

TEST(TextReport, MeasuresNothingOnThickSlices) {
  const std::string text = spoken(testing::tooThickAssessment());
  EXPECT_THAT(text, HasSubstr("The left facial nerve is shown; nothing is measured on it."));
  EXPECT_THAT(text, Not(HasSubstr("Calibre")));
  EXPECT_THAT(text, HasSubstr("largest acquired voxel side 2.00 mm"));
}

}  // namespace
}  // namespace neurovasc::report
