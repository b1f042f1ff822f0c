#include "neurovasc/core/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace neurovasc {
namespace {

/// Enough chunks to balance the load; the number must not depend on the threads. More threads than
/// chunks would find nothing to do.
constexpr std::size_t kChunks = 64;

/// Hands out chunks until they are used up or a body throws.
class ChunkRunner {
 public:
  ChunkRunner(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body)
      : count_(count), chunks_(std::min(kChunks, count)), body_(body) {}

  void run() {
    for (std::size_t c = next_++; c < chunks_ && !failed_; c = next_++) {
      try {
        body_(count_ * c / chunks_, count_ * (c + 1) / chunks_);
      } catch (...) {
        const std::lock_guard<std::mutex> lock(mutex_);
        failed_ = true;
        error_ = error_ ? error_ : std::current_exception();
      }
    }
  }

  void rethrow() const {
    if (error_) {
      std::rethrow_exception(error_);
    }
  }

 private:
  std::size_t count_;
  std::size_t chunks_;
  const std::function<void(std::size_t, std::size_t)>& body_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::exception_ptr error_;
};

/// Threads that are joined before their runner goes, whatever is thrown in between.
class Helpers {
 public:
  explicit Helpers(ChunkRunner& runner) : runner_(runner) {}
  Helpers(const Helpers&) = delete;
  Helpers& operator=(const Helpers&) = delete;
  ~Helpers() {
    for (auto& thread : threads_) {
      thread.join();
    }
  }

  void start(std::size_t count) {
    threads_.reserve(count);
    try {
      while (threads_.size() < count) {
        threads_.emplace_back([this] { runner_.run(); });
      }
    } catch (const std::system_error&) {
      // The system gives no more threads: those there do the work, with the same result.
    }
  }

 private:
  ChunkRunner& runner_;
  std::vector<std::thread> threads_;
};

}  // namespace

void parallelFor(std::size_t count, int threads,
                 const std::function<void(std::size_t, std::size_t)>& body) {
  if (threads <= 0) {
    threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }
  ChunkRunner runner(count, body);
  {
    Helpers helpers(runner);
    helpers.start(
        std::min({static_cast<std::size_t>(threads), kChunks, std::max<std::size_t>(count, 1)}) -
        1);
    runner.run();
  }
  runner.rethrow();
}

}  // namespace neurovasc
