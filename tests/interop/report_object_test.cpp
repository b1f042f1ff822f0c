#include "neurovasc/interop/report_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmsr/dsrdoc.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fixture.h"
#include "neurovasc/result/assessment_json.h"
#include "result/sample_assessments.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::IsEmpty;

/// The report of @p assessment with the fixture's structures.
struct WrittenReport {
  ExportFixture fixture;
  std::string file = fixture.path("sr.dcm");

  explicit WrittenReport(const Assessment& assessment, const std::string& reader = {}) {
    const auto structures = structuresOf(fixture.labels(), fixture.vessels());
    const auto slices = onGrid(structures, fixture.t2Grid(), 1);
    const auto segments = segmentReferences(slices, SegmentationType::binary, fixture.context());
    writeMeasurementReport(assessment, structures, segments, fixture.context(), {reader}, file);
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
    const auto errors = testing::dicomErrors(WrittenReport(assessment, "Reader^Rita").file);
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

TEST(ReportObject, NamesAPersonOnlyWhereOneReviewed) {
  const auto mentions = [](const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    return bytes.find("Reader^Rita") != std::string::npos;
  };
  EXPECT_TRUE(mentions(WrittenReport(testing::richAssessment(), "Reader^Rita").file));
  EXPECT_FALSE(mentions(WrittenReport(testing::richAssessment()).file));
}

}  // namespace
}  // namespace neurovasc::interop
