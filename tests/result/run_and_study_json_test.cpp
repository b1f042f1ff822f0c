#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "neurovasc/core/error.h"
#include "neurovasc/result/run_json.h"
#include "neurovasc/result/study_json.h"
#include "result/sample_assessments.h"
#include "result/schema_check.h"

namespace neurovasc::result {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

RunRecord record() {
  RunRecord run;
  run.command = "analyze";
  run.started = std::chrono::system_clock::from_time_t(1763717700);
  run.versions = {{"VTK", "9.1.0"}, {"ITK", "5.2.1"}};
  run.options = {{"--sides", "left"},
                 {"--landmarks", "/home/doe/jane_doe.json"},
                 {"--surgery-date", "2025-02-03"},
                 {"--overwrite", std::nullopt}};
  run.threads = 2;
  run.stages = {{"read", 1.23456}, {"register", 10}};
  run.peak_memory_mib = 812.34;
  run.outputs = {{"report.txt", 3, sha256("abc")}};
  return run;
}

TEST(RunJson, IsValidByItsSchema) {
  EXPECT_THAT(testing::schemaErrors("neurovasc.run-1", toJson(record())), IsEmpty());
  EXPECT_THAT(testing::schemaErrors("neurovasc.run-1", toJson(RunRecord{})), IsEmpty());
}

TEST(RunJson, SaysWhenInUtc) {
  EXPECT_THAT(toJson(record()), HasSubstr("\"started\": \"2025-11-21T09:35:00Z\""));
}

TEST(RunJson, KeepsValuesButNoPathsAndNoDates) {
  const std::string text = toJson(record());
  EXPECT_THAT(text, Not(HasSubstr("doe")));
  EXPECT_THAT(text, Not(HasSubstr("2025-02-03")));
  const auto options = nlohmann::json::parse(text)["options"];
  EXPECT_EQ(options[0]["value"], "left");
  EXPECT_EQ(options[1]["flag"], "--landmarks");
  EXPECT_TRUE(options[1]["value"].is_null());
}

TEST(RunJson, TellsWhichFilesTheRunWrote) {
  EXPECT_THAT(outputPathsFromJson(toJson(record())), ElementsAre("report.txt"));
  EXPECT_THROW(outputPathsFromJson(""), Error);
  EXPECT_THROW(outputPathsFromJson(R"({"schema": "other", "outputs": []})"), Error);
}

Study study() {
  Study study;
  study.series = testing::richAssessment().series;
  for (FrameSource& frame : study.series[0].frames) {
    frame.path = "/archive/DOE_JANE/IM1";
  }
  study.cisternography = 0;
  study.tof = 1;
  study.warnings = {"One file was damaged."};
  return study;
}

TEST(StudyJson, IsValidByItsSchema) {
  EXPECT_THAT(testing::schemaErrors("neurovasc.inspect-1", toJson(std::vector<NumberedStudy>{})),
              IsEmpty());
  EXPECT_THAT(testing::schemaErrors("neurovasc.inspect-1", toJson({{1, study()}, {2, Study{}}})),
              IsEmpty());
}

TEST(StudyJson, NumbersStudiesAndNamesTheSeriesThatWouldBeUsed) {
  const auto json = nlohmann::json::parse(toJson({{1, study()}, {2, Study{}}}));
  EXPECT_EQ(json["studies"][0]["study"], 1);
  EXPECT_EQ(json["studies"][1]["study"], 2);
  EXPECT_EQ(json["studies"][0]["used"]["cisternography"], "s1");
  EXPECT_EQ(json["studies"][0]["used"]["tof"], "s2");
  EXPECT_TRUE(json["studies"][0]["used"]["ce_t1"].is_null());
  EXPECT_EQ(json["studies"][0]["series"][1]["missing_slices"][0], 24);
}

TEST(StudyJson, KeepsTheNumberOfAStudyThatStandsAlone) {
  EXPECT_EQ(nlohmann::json::parse(toJson({{3, study()}}))["studies"][0]["study"], 3);
}

TEST(StudyJson, HoldsNoPath) { EXPECT_THAT(toJson({{1, study()}}), Not(HasSubstr("DOE"))); }

}  // namespace
}  // namespace neurovasc::result
