#include "neurovasc/core/parallel.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <mutex>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace neurovasc {
namespace {

std::set<std::pair<std::size_t, std::size_t>> chunksOf(std::size_t count, int threads) {
  std::set<std::pair<std::size_t, std::size_t>> chunks;
  std::mutex mutex;
  parallelFor(count, threads, [&](std::size_t begin, std::size_t end) {
    const std::lock_guard<std::mutex> lock(mutex);
    chunks.insert({begin, end});
  });
  return chunks;
}

TEST(ParallelFor, VisitsEachIndexOnce) {
  std::vector<int> visits(1000, 0);
  parallelFor(visits.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      ++visits[i];
    }
  });
  EXPECT_EQ(visits, std::vector<int>(1000, 1));
}

TEST(ParallelFor, CutsTheSameChunksForAnyNumberOfThreads) {
  EXPECT_EQ(chunksOf(12345, 1), chunksOf(12345, 4));
  EXPECT_EQ(chunksOf(3, 1), chunksOf(3, 4));
}

TEST(ParallelFor, DoesNothingForAnEmptyRange) {
  parallelFor(0, 4, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(ParallelFor, RethrowsWhatABodyThrows) {
  EXPECT_THROW(parallelFor(100, 4,
                           [](std::size_t begin, std::size_t) {
                             if (begin > 50) {
                               throw std::out_of_range("body");
                             }
                           }),
               std::out_of_range);
}

TEST(ParallelFor, StartsNoMoreThreadsThanThereAreChunks) {
  std::mutex mutex;
  std::ptrdiff_t most = 0;
  parallelFor(10000, 500, [&](std::size_t, std::size_t) {
    const std::lock_guard<std::mutex> lock(mutex);
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    most = std::max(most, std::distance(begin(tasks), end(tasks)));
  });
  EXPECT_GE(most, 1);
  EXPECT_LE(most, 70);  // 64 chunks, and what the test program itself runs
}

#ifndef __SANITIZE_ADDRESS__  // which needs more address space than the test leaves
TEST(ParallelForDeathTest, MakesDoWithTheThreadsThatTheSystemGives) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run_without_room_for_stacks = [] {
    const rlimit little{1U << 20U, 1U << 20U};
    setrlimit(RLIMIT_AS, &little);
    std::vector<int> visits(64, 0);
    parallelFor(visits.size(), 8, [&](std::size_t begin, std::size_t) { ++visits[begin]; });
    std::_Exit(std::count(visits.begin(), visits.end(), 1) == 64 ? 0 : 1);
  };
  EXPECT_EXIT(run_without_room_for_stacks(), testing::ExitedWithCode(0), "");
}
#endif

}  // namespace
}  // namespace neurovasc
