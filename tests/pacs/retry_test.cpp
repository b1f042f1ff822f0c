#include "retry.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace neurovasc::pacs {
namespace {

RetryOptions fast(int attempts) {
  RetryOptions options;
  options.attempts = attempts;
  options.first_wait_s = 0.01;
  return options;
}

TEST(Retries, EndWithTheFirstAttemptThatSucceeds) {
  int calls = 0;
  int warnings = 0;
  const Progress progress({}, [&](std::string_view) { ++warnings; }, {});
  withRetries(fast(5), progress, [&] {
    if (++calls < 3) {
      throw TransientFailure("broken");
    }
  });
  EXPECT_EQ(calls, 3);
  EXPECT_EQ(warnings, 2);
}

TEST(Retries, GiveTheLastFailureWhenAttemptsAreUsedUp) {
  int calls = 0;
  EXPECT_THROW(withRetries(fast(3), {}, [&] { throw TransientFailure(std::to_string(++calls)); }),
               TransientFailure);
  EXPECT_EQ(calls, 3);
}

TEST(Retries, AreNotMadeOfARefusal) {
  int calls = 0;
  EXPECT_THROW(withRetries(fast(5), {},
                           [&] {
                             ++calls;
                             throw Error(ErrorCode::network_refused, "no");
                           }),
               Error);
  EXPECT_EQ(calls, 1);
}

TEST(Retries, WaitTwiceAsLongEachTimeUpToTheLongest) {
  RetryOptions options;
  options.attempts = 5;
  options.first_wait_s = 0.05;
  options.longest_wait_s = 0.1;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THROW(withRetries(options, {}, [] { throw TransientFailure("broken"); }), Error);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_GE(took.count(), 0.05 + 3 * 0.1);
  EXPECT_LT(took.count(), 2);
}

TEST(Retries, AreOverAtOnceWhenStopped) {
  const StopToken stop;
  RetryOptions options;
  options.first_wait_s = 60;
  std::thread stopper([copy = stop]() mutable {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    copy.requestStop();
  });
  const auto begin = std::chrono::steady_clock::now();
  try {
    withRetries(options, Progress({}, {}, stop), [] { throw TransientFailure("broken"); });
    ADD_FAILURE() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took.count(), 2);
  stopper.join();
}

}  // namespace
}  // namespace neurovasc::pacs
