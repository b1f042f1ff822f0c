#include "retry.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace neurovasc::pacs {
namespace {

using Clock = std::chrono::steady_clock;

void waitFor(double wait_s, const StopToken& stop) {
  const auto end = Clock::now() + std::chrono::duration<double>(wait_s);
  while (Clock::now() < end) {
    stop.throwIfStopped();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

}  // namespace

void withRetries(const RetryOptions& options, const Progress& progress,
                 const std::function<void()>& attempt) {
  double wait_s = options.first_wait_s;
  for (int left = options.attempts - 1;; --left) {
    try {
      attempt();
      return;
    } catch (const TransientFailure& failure) {
      progress.stop().throwIfStopped();
      if (left <= 0) {
        throw;
      }
      progress.warn(fmt::format("{}; trying again in {:.0f} s", failure.message(), wait_s));
    }
    waitFor(wait_s, progress.stop());
    wait_s = std::min(2 * wait_s, options.longest_wait_s);
  }
}

}  // namespace neurovasc::pacs
