#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"

namespace neurovasc::archive {

struct ChildLimits {
  double time_s = 0;
  double memory_mib = 0;  ///< resident; 0: none
};

enum class ChildEnd { exited, killed, timed_out, out_of_memory, stopped };

struct ChildResult {
  ChildEnd end = ChildEnd::exited;
  int exit_code = 0;  ///< where it exited
  int signal = 0;     ///< where it was killed from outside or crashed
  double seconds = 0;
  double peak_mib = 0;
};

/// Runs @p words (a program's path and its arguments) in @p folder and waits for its end; each line
/// that it writes to stderr goes to @p line, stdout is thrown away. It dies with this process,
/// however that ends, and is killed when it is over a limit; asked to stop, it gets SIGTERM and
/// some seconds. Throws Error(internal) where no process can be made.
ChildResult runChild(const std::vector<std::string>& words, const std::filesystem::path& folder,
                     const ChildLimits& limits, const std::function<void(const std::string&)>& line,
                     const StopToken& stop);

}  // namespace neurovasc::archive
