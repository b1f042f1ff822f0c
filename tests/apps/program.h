#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_folder.h"

namespace neurovasc::testing {

/// What a run of the program gave.
struct RunResult {
  int exit_code = -1;  ///< -1 when a signal ended it
  std::string out;
  std::string err;
  double seconds = 0;
};

/// Runs the program under test and waits for it.
RunResult runProgram(const std::vector<std::string>& arguments);

/// Runs it and sends it @p signals, a little apart, @p seconds after its first report of progress;
/// RunResult::seconds counts from the last of them.
RunResult runProgramAndSignal(const std::vector<std::string>& arguments,
                              const std::vector<int>& signals, double seconds);

/// A small simulated study (DICOM files below the returned folder), made once for all tests of a
/// build and kept between them.
std::filesystem::path sampleStudy();

/// Its result folder, analysed once with default options, on four threads.
std::filesystem::path sampleResult();

/// The sample study compared as one date after surgery on that day, 84 days before it, with default
/// options: once as well, with its own result folder in it.
inline constexpr const char* kSampleSurgeryDate = "2023-01-25";
std::filesystem::path sampleComparison();

/// What the run said that made it, with --json, --verbose and progress as JSON.
RunResult sampleComparisonRun();

std::string readText(const std::filesystem::path& file);

}  // namespace neurovasc::testing
