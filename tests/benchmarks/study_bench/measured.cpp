#include "measured.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <exception>

#include "neurovasc/core/error.h"

namespace neurovasc::bench {
namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// The child's whole life: its status says whether the work was done.
[[noreturn]] void runAndExit(const std::function<void()>& work) {
  int status = 0;
  try {
    work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    status = 1;
  }
  _exit(status);
}

}  // namespace

Cost measured(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0)
    throw Error(ErrorCode::internal, "no process could be started", "free some memory");
  if (child == 0) runAndExit(work);
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(ErrorCode::internal, "a measured piece of work failed", "its message stands above");
  }
  Cost cost;
  cost.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  cost.cpu_s = seconds(used.ru_utime) + seconds(used.ru_stime);
  cost.peak_mib = static_cast<double>(used.ru_maxrss) / 1024;
  return cost;
}

}  // namespace neurovasc::bench
