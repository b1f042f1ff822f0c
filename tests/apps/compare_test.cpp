#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "patient.h"
#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::runProgram;
using testing::RunResult;
using testing::TemporaryFolder;

TEST(CompareCommand, SaysOfOneStudyWhatIsThereAfterSurgery) {
  const fs::path out = testing::sampleComparison();
  const json comparison = json::parse(testing::sampleComparisonRun().out);
  EXPECT_EQ(comparison.at("schema"), "neurovasc.comparison/1");
  EXPECT_EQ(comparison.at("dates").size(), 1U);
  bool any_contact = false;
  for (const auto& side : comparison.at("sides")) {
    const std::string outcome = side.at("outcome");
    any_contact = any_contact || outcome == "contact";
    EXPECT_TRUE(outcome == "contact" || outcome == "no_contact" || outcome == "not_assessable");
  }
  EXPECT_TRUE(any_contact) << "the sample study holds one";
  EXPECT_TRUE(comparison.at("pads").empty()) << "the sample study holds none";
  const json written = json::parse(testing::readText(out / "comparison.json"));
  EXPECT_EQ(written.at("sides"), comparison.at("sides"));
  EXPECT_TRUE(fs::exists(out / "report.txt"));
  EXPECT_TRUE(fs::exists(out / "run.json"));
}

TEST(CompareCommand, KeepsIdentityAndTheDayOfSurgeryOutOfItsFiles) {
  for (const char* file : {"comparison.json", "report.txt", "run.json"}) {
    const std::string text = testing::readText(testing::sampleComparison() / file);
    ASSERT_FALSE(text.empty()) << file;
    for (const char* word : {testing::kPatient.surname, testing::kPatient.id,
                             testing::kPatient.study_date, testing::kSampleSurgeryDate}) {
      EXPECT_EQ(text.find(word), std::string::npos) << file << " holds " << word;
    }
  }
}

TEST(CompareCommand, TellsTheWeeksSinceSurgeryFromHeadersThatStandInTheResult) {
  const TemporaryFolder scratch;
  const RunResult run = runProgram(
      {"compare", "--post-only", testing::sampleResult().string(), "--without", "pictures,page,pdf",
       "--output", scratch.path("out"), "--surgery-date", testing::kSampleSurgeryDate, "--json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  // The sample was scanned on 2023-04-19, 84 days later.
  EXPECT_EQ(json::parse(run.out).at("dates").at(0).at("weeks_since_surgery"), 12);
  EXPECT_FALSE(fs::exists(scratch.path("out/pictures")));
}

TEST(CompareCommand, RefusesOneSeriesTwiceAndWritesNothing) {
  const TemporaryFolder scratch;
  const std::string sample = testing::sampleResult().string();
  const RunResult run = runProgram({"compare", sample, sample, "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 11);
  EXPECT_NE(run.err.find("the same T2 series"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("Give one study from before surgery"), std::string::npos) << run.err;
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(CompareCommand, DrawsTheOneDateThereIs) {
  EXPECT_TRUE(fs::exists(testing::sampleComparison() / "pictures/overview.png"));
}

}  // namespace
}  // namespace neurovasc
