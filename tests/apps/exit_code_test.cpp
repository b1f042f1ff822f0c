// One test for each exit code that exists by now (docs/exit-codes.md).

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using testing::runProgram;
using testing::RunResult;
using testing::ScratchFolder;

TEST(ExitCode, IsZeroForHelpAndVersion) {
  EXPECT_EQ(runProgram({"--help"}).exit_code, 0);
  EXPECT_EQ(runProgram({"--version"}).exit_code, 0);
  for (const char* command : {"inspect", "analyze", "contact", "render", "phantom"}) {
    EXPECT_EQ(runProgram({command, "--help"}).exit_code, 0) << command;
  }
}

TEST(ExitCode, IsTwoForOptionsThatCannotBeUnderstood) {
  EXPECT_EQ(runProgram({}).exit_code, 2);
  EXPECT_EQ(runProgram({"dance"}).exit_code, 2);
  EXPECT_EQ(runProgram({"analyze", "--no-such-option"}).exit_code, 2);
  EXPECT_EQ(runProgram({"analyze", "/tmp"}).exit_code, 2);
  EXPECT_EQ(runProgram({"analyze", "/tmp", "--output", "/tmp/x", "--sides", "top"}).exit_code, 2);
}

TEST(ExitCode, IsThreeForAnInputThatIsNotThere) {
  const ScratchFolder scratch;
  const RunResult run =
      runProgram({"analyze", "/nowhere/at/all", "--output", (scratch / "out").string()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.err.find("/nowhere/at/all"), std::string::npos) << run.err;
  EXPECT_FALSE(fs::exists(scratch / "out"));
}

TEST(ExitCode, IsFourForAStudyWithNothingUsable) {
  const ScratchFolder scratch;
  fs::create_directory(scratch / "study");
  std::ofstream(scratch / "study/readme.txt") << "not an image";
  const RunResult run =
      runProgram({"analyze", (scratch / "study").string(), "--output", (scratch / "out").string()});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_NE(run.err.find("--t2"), std::string::npos) << "no word of what to do next: " << run.err;
  EXPECT_FALSE(fs::exists(scratch / "out"));
}

TEST(ExitCode, IsFourWhenTofAloneIsGiven) {
  const ScratchFolder scratch;
  EXPECT_EQ(
      runProgram({"analyze", "--tof", (testing::sampleResult() / "volumes/tof.nii.gz").string(),
                  "--output", (scratch / "out").string()})
          .exit_code,
      4);
}

TEST(ExitCode, IsFourWhenARequiredSeriesIsMissing) {
  const ScratchFolder scratch;
  EXPECT_EQ(runProgram({"analyze", testing::sampleStudy().string(), "--require", "ce_t1",
                        "--output", (scratch / "out").string()})
                .exit_code,
            4);
}

TEST(ExitCode, IsEightForAnOutputThatExists) {
  const ScratchFolder scratch;
  fs::create_directory(scratch / "out");
  std::ofstream(scratch / "out/precious.txt") << "keep me";
  const RunResult run = runProgram(
      {"analyze", testing::sampleStudy().string(), "--output", (scratch / "out").string()});
  EXPECT_EQ(run.exit_code, 8);
  EXPECT_EQ(testing::readText(scratch / "out/precious.txt"), "keep me");
  EXPECT_LT(run.seconds, 5) << "refused only after the work was done";
}

TEST(ExitCode, IsTenWhenInterruptedWithinTwoSecondsAndNothingIsLeft) {
  const ScratchFolder scratch;
  const std::string study = testing::sampleStudy().string();
  for (const double after : {0.0, 0.7, 2.0}) {
    const RunResult run = testing::runProgramAndInterrupt(
        {"analyze", study, "--output", (scratch / "out").string()}, after);
    EXPECT_EQ(run.exit_code, 10) << run.err;
    EXPECT_LT(run.seconds, 2);
    EXPECT_TRUE(fs::is_empty(scratch.path())) << "something half-written stayed";
  }
}

}  // namespace
}  // namespace neurovasc
