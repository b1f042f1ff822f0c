// One test for each exit code that a user can bring about by now (docs/exit-codes.md): 1 is a
// defect, 9 and 12 belong to commands to come.

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using testing::runProgram;
using testing::RunResult;
using testing::TemporaryFolder;

TEST(ExitCode, IsZeroForHelpAndVersion) {
  EXPECT_EQ(runProgram({"--help"}).exit_code, 0);
  EXPECT_EQ(runProgram({"--version"}).exit_code, 0);
  for (const char* command : {"inspect", "analyze", "compare", "contact", "render", "review",
                              "view", "export", "phantom"}) {
    EXPECT_EQ(runProgram({command, "--help"}).exit_code, 0) << command;
  }
  EXPECT_EQ(runProgram({"archive", "--help"}).exit_code, 0);
  for (const char* command : {"index", "plan", "run", "status", "retry", "collect", "export"}) {
    EXPECT_EQ(runProgram({"archive", command, "--help"}).exit_code, 0) << command;
  }
}

TEST(ExitCode, IsTwoForOptionsThatCannotBeUnderstood) {
  EXPECT_EQ(runProgram({}).exit_code, 2);
  EXPECT_EQ(runProgram({"dance"}).exit_code, 2);
  EXPECT_EQ(runProgram({"archive"}).exit_code, 2);
  EXPECT_EQ(runProgram({"analyze", "--no-such-option"}).exit_code, 2);
  EXPECT_EQ(runProgram({"analyze", "/tmp"}).exit_code, 2);
  const TemporaryFolder scratch;
  EXPECT_EQ(
      runProgram({"analyze", "/tmp", "--output", scratch.path("x"), "--sides", "top"}).exit_code,
      2);
}

TEST(ExitCode, IsTwoForDatesThatAreTooFewOrTooMany) {
  const TemporaryFolder scratch;
  const std::string result = testing::sampleResult().string();
  const std::string out = scratch.path("out");
  EXPECT_EQ(runProgram({"compare", result, "--output", out}).exit_code, 2);
  EXPECT_EQ(runProgram({"compare", "--post-only", result, result, "--output", out}).exit_code, 2);
  EXPECT_EQ(runProgram({"compare", result, result, "--output", out, "--surgery-date", "02/03/2025"})
                .exit_code,
            2);
  EXPECT_FALSE(fs::exists(out));
}

TEST(ExitCode, IsElevenForOneSeriesGivenTwice) {
  const TemporaryFolder scratch;
  const std::string result = testing::sampleResult().string();
  const RunResult run = runProgram({"compare", result, result, "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 11) << run.err;
  EXPECT_NE(run.err.find("the same T2 series"), std::string::npos) << run.err;
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(ExitCode, IsThreeForAnInputThatIsNotThere) {
  const TemporaryFolder scratch;
  const RunResult run = runProgram({"analyze", "/nowhere/at/all", "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_NE(run.err.find("/nowhere/at/all"), std::string::npos) << run.err;
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(ExitCode, IsFourForAStudyWithNothingUsable) {
  const TemporaryFolder scratch;
  fs::create_directory(scratch.path("study"));
  std::ofstream(scratch.path("study/readme.txt")) << "not an image";
  const RunResult run =
      runProgram({"analyze", scratch.path("study"), "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_NE(run.err.find("--t2"), std::string::npos) << "no word of what to do next: " << run.err;
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(ExitCode, IsFourWhenTofAloneIsGiven) {
  const TemporaryFolder scratch;
  EXPECT_EQ(
      runProgram({"analyze", "--tof", (testing::sampleResult() / "volumes/tof.nii.gz").string(),
                  "--output", scratch.path("out")})
          .exit_code,
      4);
}

TEST(ExitCode, IsFourWhenARequiredSeriesIsMissing) {
  const TemporaryFolder scratch;
  EXPECT_EQ(runProgram({"analyze", testing::sampleStudy().string(), "--require", "ce_t1",
                        "--output", scratch.path("out")})
                .exit_code,
            4);
}

/// A plain NIfTI file of 16-bit numbers, all the same, whose sform is @p sform_rows. The quaternion
/// stays zero: the identity, scaled by pixdim.
void writeFlatNifti(const std::string& file, const std::array<float, 12>& sform_rows) {
  constexpr std::array<std::int16_t, 8> kSize = {3, 48, 40, 24, 1, 1, 1, 1};
  std::string bytes(352, '\0');
  const auto put = [&bytes](std::size_t at, const auto& value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
  };
  put(0, std::int32_t{348});
  put(40, kSize);
  put(70, std::int16_t{4});   // signed short
  put(72, std::int16_t{16});  // bits
  put(76, std::array<float, 4>{1, 0.6F, 0.6F, 0.6F});
  put(108, 352.0F);
  put(112, 1.0F);
  bytes[123] = 2;             // mm
  put(252, std::int16_t{1});  // scanner coordinates by quaternion
  put(254, std::int16_t{1});  // and by rows
  put(280, sform_rows);
  std::memcpy(bytes.data() + 344, "n+1", 4);
  const std::size_t voxels = 48 * 40 * 24;
  std::vector<std::int16_t> values(voxels, 100);
  bytes.append(reinterpret_cast<const char*>(values.data()), voxels * sizeof(std::int16_t));
  std::ofstream(file, std::ios::binary) << bytes;
}

constexpr std::array<float, 12> kStraight = {0.6F, 0, 0, 0, 0, 0.6F, 0, 0, 0, 0, 0.6F, 0};

TEST(ExitCode, IsFiveForAVolumeThatContradictsItself) {
  const TemporaryFolder scratch;
  std::array<float, 12> mirrored = kStraight;
  mirrored[0] = -0.6F;
  writeFlatNifti(scratch.path("t2.nii"), mirrored);
  const RunResult run =
      runProgram({"analyze", "--t2", scratch.path("t2.nii"), "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 5) << run.err;
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(ExitCode, IsSixWhenARequiredSeriesCannotBeBroughtOntoT2) {
  const TemporaryFolder scratch;
  writeFlatNifti(scratch.path("tof.nii"), kStraight);
  const RunResult run = runProgram(
      {"analyze", "--t2", (testing::sampleResult() / "volumes/t2.nii.gz").string(), "--tof",
       scratch.path("tof.nii"), "--require", "tof", "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 6) << run.err;
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(ExitCode, IsSevenWithAnAssessmentWhereThereIsNothingToSee) {
  const TemporaryFolder scratch;
  writeFlatNifti(scratch.path("t2.nii"), kStraight);
  const RunResult run =
      runProgram({"analyze", "--t2", scratch.path("t2.nii"), "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 7) << run.err;
  const std::string assessment = testing::readText(scratch.path("out/assessment.json"));
  EXPECT_NE(assessment.find("\"finding\": \"not_assessable\""), std::string::npos);
}

TEST(ExitCode, IsEightForAnOutputThatExists) {
  const TemporaryFolder scratch;
  fs::create_directory(scratch.path("out"));
  std::ofstream(scratch.path("out/precious.txt")) << "keep me";
  const RunResult run =
      runProgram({"analyze", testing::sampleStudy().string(), "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 8);
  EXPECT_EQ(testing::readText(scratch.path("out/precious.txt")), "keep me");
  EXPECT_LT(run.seconds, 5) << "refused only after the work was done";
}

/// Generous, because other work may share the processors: the bound that counts is for one alone.
constexpr double kSlowestStop_s = 8;

TEST(ExitCode, IsTenWhenInterruptedAndNothingIsLeft) {
  const TemporaryFolder scratch;
  const std::string study = testing::sampleStudy().string();
  for (const double after : {0.0, 0.7, 2.0}) {
    const RunResult run = testing::runProgramAndSignal(
        {"analyze", study, "--output", scratch.path("out")}, {SIGINT}, after);
    EXPECT_EQ(run.exit_code, 10) << run.err;
    EXPECT_LT(run.seconds, kSlowestStop_s);
    EXPECT_TRUE(fs::is_empty(scratch.path())) << "something half-written stayed";
  }
}

TEST(ExitCode, IsTenWhenTheConnectionCloses) {
  const TemporaryFolder scratch;
  const RunResult run = testing::runProgramAndSignal(
      {"analyze", testing::sampleStudy().string(), "--output", scratch.path("out")}, {SIGHUP}, 0.3);
  EXPECT_EQ(run.exit_code, 10) << run.err;
  EXPECT_TRUE(fs::is_empty(scratch.path()));
}

TEST(ExitCode, IsTenAlsoAfterASignalThatMeansNothing) {
  const TemporaryFolder scratch;
  const RunResult run = testing::runProgramAndSignal(
      {"analyze", testing::sampleStudy().string(), "--output", scratch.path("out")},
      {SIGUSR1, SIGINT}, 0.3);
  EXPECT_EQ(run.exit_code, 10) << run.err;
}

}  // namespace
}  // namespace neurovasc
