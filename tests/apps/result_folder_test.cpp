#include "neurovasc/result/result_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::readText;
using testing::runProgram;
using testing::TemporaryFolder;

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

/// An assessment without the list of the other files.
std::string findingsOf(const fs::path& folder) {
  json document = assessment(folder);
  document.erase("files");
  return document.dump();
}

TEST(ResultFolder, HasTheSameAssessmentAtAnyNumberOfThreads) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"analyze", testing::sampleStudy().string(), "--threads", "1",
                               "--without", "pictures,page,pdf", "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(findingsOf(scratch.path("out")), findingsOf(testing::sampleResult()));
}

TEST(ResultFolder, IsReplacedAsAWholeWhenAskedTo) {
  const TemporaryFolder scratch;
  const std::string out = scratch.path("out");
  fs::copy(testing::sampleResult(), out, fs::copy_options::recursive);
  const std::vector<std::string> analyze = {"analyze",   testing::sampleStudy().string(),
                                            "--without", "pictures,page,pdf,source",
                                            "--output",  out};
  EXPECT_EQ(runProgram(analyze).exit_code, 8);
  std::vector<std::string> again = analyze;
  again.emplace_back("--overwrite");
  EXPECT_EQ(runProgram(again).exit_code, 0);
  EXPECT_FALSE(fs::exists(out + "/pictures")) << "of the result before";
  std::ofstream(scratch.path("out/landmarks.mrk.json")) << "placed by hand";
  EXPECT_EQ(runProgram(again).exit_code, 8);
  EXPECT_EQ(readText(scratch.path("out/landmarks.mrk.json")), "placed by hand");
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
  const TemporaryFolder scratch;
  fs::copy(testing::sampleResult(), scratch.path("moved"), fs::copy_options::recursive);
  const std::string picture = scratch.path("overview.png");
  const auto run =
      runProgram({"render", scratch.path("moved"), "--view", "overview", "--output", picture});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_GT(fs::file_size(picture), 10000U);
  EXPECT_EQ(runProgram({"render", scratch.path("moved"), "--view", "overview", "--output", picture})
                .exit_code,
            8);
}

}  // namespace
}  // namespace neurovasc
