#pragma once

#include <functional>

namespace neurovasc::bench {

/// What a piece of work took, measured on a process of its own.
struct Cost {
  double wall_s = 0;
  double cpu_s = 0;     ///< of all threads and of programs it started
  double peak_mib = 0;  ///< the largest resident set of any of these processes
};

/// Runs @p work in a child process, so that its peak memory is its own. Results must go through
/// files. Throws Error(internal) when the child ends in an error. Call it with no thread running.
Cost measured(const std::function<void()>& work);

}  // namespace neurovasc::bench
