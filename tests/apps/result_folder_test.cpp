#include "neurovasc/result/result_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::readText;
using testing::runProgram;
using testing::ScratchFolder;

json assessment(const fs::path& folder) {
  return json::parse(readText(folder / "assessment.json"));
}

TEST(ResultFolder, HoldsEveryFileItLists) {
  const fs::path result = testing::sampleResult();
  const json listed = assessment(result).at("files");
  EXPECT_GT(listed.size(), 10U);
  for (const auto& file : listed) {
    EXPECT_TRUE(fs::is_regular_file(result / file.at("path").get<std::string>())) << file;
  }
}

TEST(ResultFolder, HasAFingerprintOfEveryOutput) {
  const fs::path result = testing::sampleResult();
  const json run = json::parse(readText(result / "run.json"));
  for (const auto& output : run.at("outputs")) {
    EXPECT_EQ(result::sha256OfFile(result / output.at("path").get<std::string>()),
              output.at("sha256"));
  }
}

TEST(ResultFolder, HasTheSameAssessmentAtAnyNumberOfThreads) {
  const ScratchFolder scratch;
  const std::string study = testing::sampleStudy().string();
  for (const char* threads : {"1", "4"}) {
    const auto run = runProgram({"analyze", study, "--threads", threads, "--without", "pictures",
                                 "--output", (scratch / threads).string()});
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }
  EXPECT_EQ(readText(scratch / "1/assessment.json"), readText(scratch / "4/assessment.json"));
}

TEST(ResultFolder, IsReplacedAsAWholeWhenAskedTo) {
  const ScratchFolder scratch;
  const std::string out = (scratch / "out").string();
  const std::vector<std::string> analyze = {
      "analyze", testing::sampleStudy().string(), "--without", "pictures,source", "--output", out};
  ASSERT_EQ(runProgram(analyze).exit_code, 0);
  EXPECT_EQ(runProgram(analyze).exit_code, 8);
  std::vector<std::string> again = analyze;
  again.emplace_back("--overwrite");
  EXPECT_EQ(runProgram(again).exit_code, 0);
}

TEST(ResultFolder, FindsTheContactOfTheSampleStudyOnItsSide) {
  const json truth =
      json::parse(readText(testing::sampleStudy().parent_path() / "truth" / "truth.json"));
  const std::string side = truth.at("side");
  std::string finding = "the side is missing";
  const json result = assessment(testing::sampleResult());
  for (const auto& found : result.at("sides")) {
    if (found.at("side") == side) {
      finding = found.at("finding");
    }
  }
  EXPECT_THAT(finding, ::testing::AnyOf("contact", "compression"));
}

TEST(ResultFolder, IsEnoughToRenderFromAfterItWasMoved) {
  const ScratchFolder scratch;
  fs::copy(testing::sampleResult(), scratch / "moved", fs::copy_options::recursive);
  const std::string picture = (scratch / "overview.png").string();
  const auto run = runProgram(
      {"render", (scratch / "moved").string(), "--view", "overview", "--output", picture});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_GT(fs::file_size(picture), 10000U);
  EXPECT_EQ(runProgram(
                {"render", (scratch / "moved").string(), "--view", "overview", "--output", picture})
                .exit_code,
            8);
}

}  // namespace
}  // namespace neurovasc
