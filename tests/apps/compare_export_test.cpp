// A comparison as DICOM objects.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "program.h"
#include "support/dicom_check.h"
#include "support/paths.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::readText;
using testing::runProgram;
using testing::RunResult;
using testing::TemporaryFolder;

RunResult exportOf(const std::vector<std::string>& paths, const std::string& kinds,
                   const std::string& output) {
  std::vector<std::string> words = {"export"};
  words.insert(words.end(), paths.begin(), paths.end());
  words.insert(words.end(), {"--to", kinds, "--output", output});
  return runProgram(words);
}

TEST(CompareExport, GivesValidObjectsAndTheSameOnesLaterOn) {
  const TemporaryFolder scratch;
  const std::string sample = testing::sampleResult().string();
  const std::string comparison = scratch.path("comparison");
  const RunResult run = runProgram({"compare", "--post-only", sample, "--without", "pictures,page",
                                    "--export", "sr,pdf", "--output", comparison});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(fs::status(comparison + "/export").permissions(), fs::perms::owner_all);
  EXPECT_THAT(readText(comparison + "/run.json"), HasSubstr("export/sr.dcm"));
  const RunResult later = exportOf({comparison, sample}, "sr,pdf", scratch.path("later"));
  ASSERT_EQ(later.exit_code, 0) << later.err;
  for (const char* file : {"/sr.dcm", "/pdf.dcm"}) {
    EXPECT_EQ(readText(comparison + "/export" + file), readText(scratch.path("later") + file));
    EXPECT_THAT(
        testing::dicomErrors(comparison + "/export" + file).value_or(std::vector<std::string>{}),
        IsEmpty());
  }
}

TEST(CompareExport, HoldsTheValuesOfComparisonJsonAndThePictures) {
  const TemporaryFolder scratch;
  const fs::path comparison = testing::sampleComparison();
  // Its date was analysed by compare itself, which keeps no headers: the study tells whose it is.
  const RunResult run = exportOf({comparison.string(), testing::sampleStudy().string()}, "sr,sc",
                                 scratch.path("out"));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(
      testing::dicomErrors(scratch.path("out/sc-1.dcm")).value_or(std::vector<std::string>{}),
      IsEmpty());
  if (testing::runCommand("/usr/bin/python3 -c 'import pydicom'").status != 0) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  const auto compared = testing::runCommand(
      "/usr/bin/python3 " +
      (testing::sourceDir() / "tests/interop/compare_comparison_sr.py").string() + " " +
      scratch.path("out/sr.dcm") + " " + (comparison / "comparison.json").string());
  EXPECT_EQ(compared.status, 0) << compared.output;
}

TEST(CompareExport, SaysWhichKindsAreNotOfAComparison) {
  const TemporaryFolder scratch;
  const RunResult run =
      exportOf({testing::sampleComparison().string(), testing::sampleStudy().string()}, "sr,seg",
               scratch.path("out"));
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--to seg: is not for a comparison"));
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(CompareExport, AsksForWhatWasCompared) {
  const TemporaryFolder scratch;
  const RunResult none =
      exportOf({testing::sampleComparison().string()}, "sr", scratch.path("out"));
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("PRE POST"));
  const std::string sample = testing::sampleResult().string();
  const RunResult two =
      exportOf({testing::sampleComparison().string(), sample, sample}, "sr", scratch.path("out"));
  EXPECT_EQ(two.exit_code, 2);
  EXPECT_THAT(two.err, HasSubstr("1 dates, 2 were named"));
  const RunResult of_one = exportOf({sample, sample}, "sr", scratch.path("out"));
  EXPECT_EQ(of_one.exit_code, 2);
  EXPECT_THAT(of_one.err, HasSubstr("after a comparison only"));
}

TEST(CompareExport, IsRefusedBeforeTheWorkWhereADateKeepsNoHeaders) {
  const TemporaryFolder scratch;
  fs::create_directories(scratch.path("bare"));
  fs::copy_file(testing::sampleResult() / "assessment.json", scratch.path("bare/assessment.json"));
  const RunResult run = runProgram({"compare", "--post-only", scratch.path("bare"), "--export",
                                    "sr", "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("keeps no headers"));
}

}  // namespace
}  // namespace neurovasc
