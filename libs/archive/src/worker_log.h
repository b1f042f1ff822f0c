#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace neurovasc::archive {

/// Takes a worker's lines (`--progress json`) and keeps those that can name nobody in
/// OUTPUT/logs/KEY.log: stages, warnings and errors, as JSON lines. Others are counted.
class WorkerLog {
 public:
  explicit WorkerLog(const std::filesystem::path& file);

  void take(const std::string& line);
  /// The last words, once the worker has ended.
  void close(const std::string& outcome);

  /// The message of the last error line; empty where there was none.
  const std::string& error() const { return error_; }
  /// Its name in the table of exit codes.
  const std::string& errorCode() const { return error_code_; }

 private:
  void keep(const std::string& line);

  std::ofstream file_;
  std::uintmax_t bytes_ = 0;
  std::size_t dropped_ = 0;
  std::string stage_;
  std::string error_;
  std::string error_code_;
};

}  // namespace neurovasc::archive
