#include "neurovasc/core/parallel.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace neurovasc
