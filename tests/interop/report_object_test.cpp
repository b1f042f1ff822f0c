#include "neurovasc/interop/report_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmsr/dsrdoc.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>

#include "fixture.h"
#include "neurovasc/contact/reviewed.h"
#include "neurovasc/core/error.h"
#include "neurovasc/result/assessment_json.h"
#include "result/sample_assessments.h"
#include "result/sample_reviews.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The report of @p assessment with the fixture's structures.
struct WrittenReport {
  ExportFixture fixture;
  std::string file = fixture.path("sr.dcm");

  explicit WrittenReport(const Assessment& assessment, const ReportOptions& options = {},
                         const std::function<void(const ExportFixture&)>& prepare = {}) {
    if (prepare) {
      prepare(fixture);
    }
    const auto structures = structuresOf(fixture.labels(), fixture.vessels());
    const auto slices = onGrid(structures, fixture.t2Grid(), 1);
    const auto segments = segmentReferences(slices, SegmentationType::binary, fixture.context());
    writeMeasurementReport(assessment, structures, segments, fixture.context(), options, file);
  }

  /// What the script that reads it with pydicom says.
  testing::CommandResult compared(const Assessment& assessment) const {
    const std::string json = fixture.path("assessment.json");
    std::ofstream(json) << result::toJson(assessment);
    return testing::runScript("compare_sr.py", {file, json});
  }
};

/// Every kind of assessment that there can be.
std::vector<Assessment> samples() {
  return {testing::richAssessment(), testing::oneSideAssessment(), testing::clearAssessment(),
          testing::notAssessableAssessment(), testing::tooThickAssessment()};
}

TEST(ReportObject, HoldsTheValuesOfTheJsonAsPydicomReadsThem) {
  if (!testing::hasPydicom()) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  for (const auto& assessment : samples()) {
    const auto result = WrittenReport(assessment).compared(assessment);
    EXPECT_EQ(result.status, 0) << result.output;
  }
}

TEST(ReportObject, SaysWhereItDiffersFromTheJson) {
  if (!testing::hasPydicom()) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  Assessment assessment = testing::richAssessment();
  const WrittenReport report(assessment);
  assessment.sides[0].contacts[0].distance_mm = 0.77;
  EXPECT_NE(report.compared(assessment).status, 0);
}

TEST(ReportObject, PassesTheDicomValidator) {
  for (const auto& assessment : samples()) {
    const auto errors = testing::dicomErrors(WrittenReport(assessment).file);
    if (!errors) {
      GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
    }
    EXPECT_THAT(*errors, IsEmpty());
  }
}

TEST(ReportObject, IsReadByDcmtkAsUnverified) {
  const WrittenReport report(testing::richAssessment());
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(report.file.c_str()).good());
  DSRDocument document;
  ASSERT_TRUE(document.read(*file.getDataset()).good());
  EXPECT_EQ(document.getDocumentType(), DSRTypes::DT_Comprehensive3DSR);
  EXPECT_EQ(document.getVerificationFlag(), DSRTypes::VF_Unverified);
  OFString text;
  document.getSeriesDescription(text);
  EXPECT_STREQ(text.c_str(), "RESEARCH measurements");
}

TEST(ReportObject, TellsNoMomentButThatOfTheAnalysis) {
  const WrittenReport report(testing::richAssessment());
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(report.file.c_str()).good());
  for (const auto& tag : {DCM_InstanceCreationDate, DCM_SeriesDate, DCM_ContentDate}) {
    OFString date;
    ASSERT_TRUE(file.getDataset()->findAndGetOFString(tag, date).good());
    EXPECT_STREQ(date.c_str(), "20250301");
  }
}

/// The report of richAssessment() with richReview().
ReportOptions reviewOptions(const std::string& organization = {}) {
  const Assessment assessment = testing::richAssessment();
  return {ReportReview{contact::reviewed(assessment, testing::richReview()), "review", 1,
                       organization}};
}

bool mentions(const std::string& file, const std::string& text) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  return bytes.find(text) != std::string::npos;
}

std::string elementOf(const std::string& file, const DcmTagKey& tag) {
  DcmFileFormat loaded;
  OFString value;
  EXPECT_TRUE(loaded.loadFile(file.c_str()).good());
  EXPECT_TRUE(loaded.getDataset()->findAndGetOFString(tag, value, 0, OFTrue).good());
  return value.c_str();
}

TEST(ReportObject, NamesAPersonOnlyWhereOneReviewed) {
  EXPECT_TRUE(
      mentions(WrittenReport(testing::richAssessment(), reviewOptions()).file, "A. Reader"));
  EXPECT_FALSE(mentions(WrittenReport(testing::richAssessment()).file, "A. Reader"));
}

TEST(ReportObject, HoldsTheReadersWordBesideTheProgramsAsPydicomReadsThem) {
  if (!testing::hasPydicom()) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  const WrittenReport report(testing::richAssessment(), reviewOptions());
  const auto result = report.compared(testing::richAssessment());
  EXPECT_EQ(result.status, 0) << result.output;
  const auto review = testing::runScript("read_review.py", {report.file});
  EXPECT_EQ(
      review.output,
      "side left: program compression, A. Reader compression\n"
      "contact L1: program Moderate, A. Reader Accepted Severe\n"
      "contact L2: program , A. Reader Neither accepted nor rejected\n"
      "side right: program no-contact, A. Reader contact\n"
      "landmark 61671002: program at [[-28.05, -152.58, 38.685]], A. Reader at [[-27.25, -152.1, "
      "38.325]]\n");
}

TEST(ReportObject, HoldsWordsBeyondAsciiInAStudyWithCodeExtensions) {
  Review review = testing::richReview();
  review.reader = "佐藤^花子";
  review.verdicts[0].comment = "Gefäß berührt den Nerv – 接触";
  const ReportOptions options{ReportReview{contact::reviewed(testing::richAssessment(), review),
                                           "review", 1, "Universität"}};
  const WrittenReport report(testing::richAssessment(), options, [](const ExportFixture& fixture) {
    fixture.rename("\\ISO 2022 IR 87",
                   "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B");  // PS3.5 H.3.1
  });
  EXPECT_EQ(elementOf(report.file, DCM_SpecificCharacterSet), "ISO_IR 192");
  EXPECT_EQ(elementOf(report.file, DCM_PatientName), "Yamada^Tarou=山田^太郎");
  EXPECT_EQ(elementOf(report.file, DCM_VerifyingObserverName), review.reader);
  EXPECT_EQ(elementOf(report.file, DCM_VerifyingOrganization), "Universität");
  EXPECT_TRUE(mentions(report.file, review.verdicts[0].comment));
  EXPECT_EQ(result::toJson(readReport(report.file)),
            result::toJson(readReport(WrittenReport(testing::richAssessment()).file)));
  const auto errors = testing::dicomErrors(report.file);
  EXPECT_THAT(errors.value_or(std::vector<std::string>{}), IsEmpty());
}

TEST(ReportObject, WithAReviewPassesTheDicomValidatorVerifiedOrNot) {
  for (const char* organization : {"", "A hospital"}) {
    const auto errors = testing::dicomErrors(
        WrittenReport(testing::richAssessment(), reviewOptions(organization)).file);
    if (!errors) {
      GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
    }
    EXPECT_THAT(*errors, IsEmpty());
  }
}

TEST(ReportObject, IsVerifiedOnlyWhereAnOrganizationIsNamed) {
  const auto flag = [](const std::string& organization) {
    return elementOf(WrittenReport(testing::richAssessment(), reviewOptions(organization)).file,
                     DCM_VerificationFlag);
  };
  EXPECT_EQ(flag(""), "UNVERIFIED");
  EXPECT_EQ(flag("A hospital"), "VERIFIED");
}

TEST(ReportObject, WithAReviewFollowsTheProgramsOwn) {
  const WrittenReport own(testing::richAssessment());
  const WrittenReport read(testing::richAssessment(), reviewOptions());
  const std::string own_uid = elementOf(own.file, DCM_SOPInstanceUID);
  EXPECT_NE(elementOf(read.file, DCM_SOPInstanceUID), own_uid);
  EXPECT_EQ(elementOf(read.file, DCM_SeriesInstanceUID),
            elementOf(own.file, DCM_SeriesInstanceUID));
  EXPECT_TRUE(mentions(read.file, own_uid));
  EXPECT_EQ(elementOf(read.file, DCM_ContentDate), "20261121");
}

/// What a report can hold of an assessment.
Assessment heldByReport(Assessment assessment) {
  assessment.series.clear();
  assessment.series_used = {};
  assessment.registrations.clear();
  assessment.clinical = {};
  return assessment;
}

TEST(ReportReading, GivesTheAssessmentBackToThePrecisionOfTheJson) {
  for (const auto& assessment : samples()) {
    EXPECT_EQ(result::toJson(readReport(WrittenReport(assessment).file)),
              result::toJson(heldByReport(assessment)));
  }
}

TEST(ReportReading, LeavesTheReadersWordsAside) {
  const WrittenReport report(testing::richAssessment(), reviewOptions());
  EXPECT_EQ(result::toJson(readReport(report.file)),
            result::toJson(heldByReport(testing::richAssessment())));
}

/// What readReport() says of a file.
std::string complaintAbout(const std::string& file) {
  try {
    readReport(file);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
    return error.message();
  }
  return {};
}

TEST(ReportReading, NamesWhatIsMissing) {
  const WrittenReport report(testing::richAssessment());
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(report.file.c_str()).good());
  DcmStack stack;
  ASSERT_TRUE(file.getDataset()->search(DCM_CodeValue, stack).good());
  // Every "Kind of vessel" becomes something else.
  do {
    auto* element = dynamic_cast<DcmElement*>(stack.top());
    OFString value;
    element->getOFString(value, 0);
    if (value == "vessel-kind") {
      ASSERT_TRUE(element->putString("other").good());
    }
  } while (file.getDataset()->search(DCM_CodeValue, stack, ESM_afterStackTop).good());
  const std::string damaged = report.fixture.path("damaged.dcm");
  ASSERT_TRUE(file.saveFile(damaged.c_str()).good());
  EXPECT_EQ(complaintAbout(damaged), damaged + ": contact L1: 'Kind of vessel' is missing");
}

TEST(ReportReading, RefusesWhatIsNoReportOfThisProgram) {
  const ExportFixture fixture;
  EXPECT_THAT(complaintAbout(fixture.t2Files()[0]),
              HasSubstr("no structured report that neurovasc wrote"));
  EXPECT_THAT(complaintAbout(fixture.path("absent.dcm")), HasSubstr("absent.dcm"));
}

}  // namespace
}  // namespace neurovasc::interop
