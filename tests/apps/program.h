#pragma once

#include <filesystem>
#include <string>
#include <vector>

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

/// Runs it and sends it SIGINT @p seconds after its first report of progress; RunResult::seconds
/// counts from the signal.
RunResult runProgramAndInterrupt(const std::vector<std::string>& arguments, double seconds);

/// A folder of its own for this test, empty, removed at the end.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
  const std::filesystem::path& path() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// A small simulated study (DICOM files below the returned folder), made once for all tests of a
/// build and kept between them.
std::filesystem::path sampleStudy();

/// Its result folder, analysed once with default options.
std::filesystem::path sampleResult();

std::string readText(const std::filesystem::path& file);

}  // namespace neurovasc::testing
