#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "neurovasc/core/version.h"
#include "program.h"

namespace neurovasc {
namespace {

using nlohmann::json;
using testing::runProgram;
using testing::RunResult;
using testing::TemporaryFolder;

TEST(CommandLine, SaysItsVersionAndThatItIsForResearch) {
  EXPECT_EQ(runProgram({"--version"}).out, "neurovasc " + std::string(version()) + "\n");
  EXPECT_NE(runProgram({"--help"}).out.find(kResearchUseOnly), std::string::npos);
  EXPECT_NE(runProgram({"analyze", "--help"}).out.find(kResearchUseOnly), std::string::npos);
}

TEST(CommandLine, ListsEveryExitCodeInItsHelp) {
  const std::string help = runProgram({"--help"}).out;
  for (const char* meaning : {"no usable series", "output exists", "cancelled or timed out"}) {
    EXPECT_NE(help.find(meaning), std::string::npos) << meaning;
  }
}

TEST(CommandLine, ReadsOptionsFromAConfigFileAndLetsTheCommandLineWin) {
  const TemporaryFolder scratch;
  std::ofstream(scratch.path("config.ini")) << "scenario = no-such-scenario\nsize = small\n";
  const std::string config = scratch.path("config.ini");
  const RunResult from_file =
      runProgram({"phantom", "--config", config, "--output", scratch.path("a")});
  EXPECT_EQ(from_file.exit_code, 2);
  EXPECT_NE(from_file.err.find("no-such-scenario"), std::string::npos) << from_file.err;
  const RunResult overridden = runProgram(
      {"phantom", "--config", config, "--scenario", "clear", "--output", scratch.path("b")});
  EXPECT_EQ(overridden.exit_code, 0) << overridden.err;
}

TEST(CommandLine, RefusesUnknownKeysInAConfigFile) {
  const TemporaryFolder scratch;
  std::ofstream(scratch.path("config.ini")) << "scenari = clear\n";
  EXPECT_EQ(
      runProgram({"phantom", "--config", scratch.path("config.ini"), "--output", scratch.path("a")})
          .exit_code,
      2);
}

TEST(CommandLine, ReportsProgressAsJsonLinesOnStderrAndTheResultOnStdout) {
  const TemporaryFolder scratch;
  const RunResult run =
      runProgram({"inspect", testing::sampleStudy().string(), "--json", "--progress", "json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(json::parse(run.out).at("schema"), "neurovasc.inspect/1");
  std::istringstream lines(run.err);
  int events = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_TRUE(json::parse(line).contains("event")) << line;
    ++events;
  }
  EXPECT_GT(events, 0);
}

TEST(CommandLine, ReportsAnErrorAsOneJsonLineForPrograms) {
  const RunResult run = runProgram({"inspect", "/nowhere", "--progress", "json"});
  const json line = json::parse(run.err.substr(0, run.err.find('\n')));
  EXPECT_EQ(line.at("event"), "error");
  EXPECT_EQ(line.at("exit_code"), 3);
  EXPECT_EQ(line.at("code"), "input_unreadable");
}

TEST(CommandLine, ReportsEvenAWrongOptionAsOneJsonLine) {
  const std::vector<std::vector<std::string>> wrong = {
      {"inspect", "--no-such-option", "--progress", "json"},
      {"analyze", "--progress=json"},
      {"dance", "--progress", "json"}};
  for (const auto& words : wrong) {
    const RunResult run = runProgram(words);
    EXPECT_EQ(run.exit_code, 2);
    const json line = json::parse(run.err, nullptr, false);
    ASSERT_FALSE(line.is_discarded()) << run.err;
    EXPECT_EQ(line.at("code"), "usage");
  }
}

TEST(CommandLine, TakesOnlyWholeNumbersInLists) {
  const TemporaryFolder scratch;
  for (const char* voxel : {"0.5abc,0.5,0.5", "nan,0.5,0.5", "0.5,0.5,0.5,0.5", "0.5,0.5"}) {
    const RunResult run = runProgram(
        {"phantom", "--size", "small", "--voxel-mm", voxel, "--output", scratch.path("phantom")});
    EXPECT_EQ(run.exit_code, 2) << voxel;
    EXPECT_NE(run.err.find("is not three numbers"), std::string::npos) << run.err;
  }
}

TEST(CommandLine, RequiresOnlySeriesThatMayBeMissing) {
  const TemporaryFolder scratch;
  EXPECT_EQ(runProgram({"analyze", testing::sampleStudy().string(), "--require", "t1", "--output",
                        scratch.path("out")})
                .exit_code,
            2);
}

TEST(CommandLine, InspectNamesTheRolesOfTheSampleStudy) {
  const json found =
      json::parse(runProgram({"inspect", testing::sampleStudy().string(), "--json"}).out);
  ASSERT_EQ(found.at("studies").size(), 1U);
  std::set<std::string> roles;
  for (const auto& series : found["studies"][0].at("series")) {
    roles.insert(series.at("role"));
  }
  EXPECT_EQ(roles, (std::set<std::string>{"cisternography", "tof"}));
}

}  // namespace
}  // namespace neurovasc
