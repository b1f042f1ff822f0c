#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fixture.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/own_objects.h"
#include "neurovasc/interop/report_object.h"
#include "neurovasc/result/comparison_json.h"
#include "result/sample_comparison.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// The report of @p comparison, whose last date is the study "now".
struct WrittenComparison {
  ExportFixture before{{21, 19, 9}, "before"};
  ExportFixture now{{25, 17, 8}, "now"};
  std::string file = now.path("sr.dcm");

  explicit WrittenComparison(const Comparison& comparison) {
    ExportContext context = now.context();
    context.subject = kComparisonSubject;
    std::vector<SourceStudy> earlier;
    if (comparison.dates.size() > 1) {
      earlier.push_back(before.context().source);
    }
    writeComparisonReport(comparison, earlier, context, file);
  }

  std::string element(const DcmTagKey& tag) const {
    DcmFileFormat loaded;
    OFString value;
    EXPECT_TRUE(loaded.loadFile(file.c_str()).good());
    EXPECT_TRUE(loaded.getDataset()->findAndGetOFString(tag, value).good());
    return value.c_str();
  }
};

TEST(ComparisonReport, HoldsTheValuesOfTheJsonAsPydicomReadsThem) {
  if (!testing::hasPydicom()) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  for (const Comparison& comparison : {testing::richComparison(), testing::postOnlyComparison()}) {
    const WrittenComparison report(comparison);
    const std::string json = report.now.path("comparison.json");
    std::ofstream(json) << result::toJson(comparison);
    const auto compared = testing::runScript("compare_comparison_sr.py", {report.file, json});
    EXPECT_EQ(compared.status, 0) << compared.output;
  }
}

TEST(ComparisonReport, PassesTheDicomValidator) {
  for (const Comparison& comparison : {testing::richComparison(), testing::postOnlyComparison()}) {
    const auto errors = testing::dicomErrors(WrittenComparison(comparison).file);
    if (!errors) {
      GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
    }
    EXPECT_THAT(*errors, IsEmpty());
  }
}

TEST(ComparisonReport, BelongsToTheStudyOfTheLastDateAndSaysThatItIsOfDatesCompared) {
  const WrittenComparison report(testing::richComparison());
  EXPECT_EQ(report.element(DCM_StudyInstanceUID), report.now.context().source.studyInstanceUid());
  const std::string description = report.element(DCM_SeriesDescription);
  EXPECT_EQ(description, "RESEARCH comparison: measurements");
  EXPECT_TRUE(isOfComparison(description));
  EXPECT_FALSE(isOfComparison("RESEARCH measurements"));
}

TEST(ComparisonReport, IsNoReportOfOneAssessment) {
  const WrittenComparison report(testing::richComparison());
  try {
    readReport(report.file);
    ADD_FAILURE() << "it was read as one date's report";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
  }
}

TEST(ComparisonReport, AsksForTheStudyOfEachDate) {
  const ExportFixture now;
  try {
    writeComparisonReport(testing::richComparison(), {}, now.context(), now.path("sr.dcm"));
    ADD_FAILURE() << "one of two studies was enough";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_THAT(error.message(), HasSubstr("2 dates"));
  }
}

}  // namespace
}  // namespace neurovasc::interop
