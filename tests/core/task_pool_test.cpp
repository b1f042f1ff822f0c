#include "neurovasc/core/task_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace neurovasc {
namespace {

class TaskPoolOf : public ::testing::TestWithParam<int> {};

TEST_P(TaskPoolOf, RunsEachTaskOnce) {
  TaskPool pool(GetParam());
  std::vector<std::atomic<int>> runs(500);
  TaskPool::Group group(pool);
  for (auto& count : runs) {
    group.add([&count] { ++count; });
  }
  group.finish();
  for (const auto& count : runs) {
    EXPECT_EQ(count, 1);
  }
}

TEST_P(TaskPoolOf, FinishesAGroupWhileAnotherWaits) {
  TaskPool pool(GetParam());
  std::atomic<int> first_runs = 0;
  std::atomic<int> second_runs = 0;
  TaskPool::Group first(pool);
  TaskPool::Group second(pool);
  for (int i = 0; i < 50; ++i) {
    first.add([&] { ++first_runs; });
    second.add([&] { ++second_runs; });
  }
  first.finish();
  EXPECT_EQ(first_runs, 50);
  second.finish();
  EXPECT_EQ(second_runs, 50);
}

TEST_P(TaskPoolOf, RethrowsAndGoesOnWithOtherGroups) {
  TaskPool pool(GetParam());
  TaskPool::Group failing(pool);
  TaskPool::Group sound(pool);
  int runs = 0;
  failing.add([] { throw std::runtime_error("no"); });
  sound.add([&runs] { ++runs; });
  EXPECT_THROW(failing.finish(), std::runtime_error);
  EXPECT_NO_THROW(failing.finish()) << "an error is told once";
  sound.finish();
  EXPECT_EQ(runs, 1);
}

TEST_P(TaskPoolOf, LetsAGroupGoThatIsNotFinished) {
  TaskPool pool(GetParam());
  std::atomic<int> running = 0;
  {
    TaskPool::Group group(pool);
    for (int i = 0; i < 100; ++i) {
      group.add([&running] {
        ++running;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        --running;
      });
    }
  }
  EXPECT_EQ(running, 0);
}

INSTANTIATE_TEST_SUITE_P(Threads, TaskPoolOf, ::testing::Values(1, 2, 5));

TEST(TaskPool, WorksWhileItsOwnerDoesSomethingElse) {
  TaskPool pool(2);
  TaskPool::Group group(pool);
  std::promise<void> done;
  group.add([&done] { done.set_value(); });
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  group.finish();
}

}  // namespace
}  // namespace neurovasc
