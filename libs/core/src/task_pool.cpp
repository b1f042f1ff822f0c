#include "neurovasc/core/task_pool.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace neurovasc {

struct TaskPool::Group::State {
  int waiting = 0;
  int running = 0;
  std::exception_ptr error;
};

struct TaskPool::Shared {
  using State = Group::State;
  struct Task {
    State* group;
    std::function<void()> run;
  };

  std::mutex mutex;
  std::condition_variable changed;  ///< a task was added or has ended, or the pool ends
  std::deque<Task> tasks;
  bool is_ending = false;
  std::vector<std::thread> threads;

  /// Runs the first task; @p lock is held before and after.
  void runFirst(std::unique_lock<std::mutex>& lock) {
    const Task task = std::move(tasks.front());
    tasks.pop_front();
    --task.group->waiting;
    ++task.group->running;
    lock.unlock();
    std::exception_ptr error;
    try {
      task.run();
    } catch (...) {
      error = std::current_exception();
    }
    lock.lock();
    --task.group->running;
    if (error && !task.group->error) {
      task.group->error = error;
      drop(*task.group);
    }
    changed.notify_all();
  }

  void drop(State& group) {
    tasks.erase(std::remove_if(tasks.begin(), tasks.end(),
                               [&group](const Task& task) { return task.group == &group; }),
                tasks.end());
    group.waiting = 0;
  }

  void work() {
    std::unique_lock<std::mutex> lock(mutex);
    while (true) {
      changed.wait(lock, [this] { return is_ending || !tasks.empty(); });
      if (is_ending) {
        return;
      }
      runFirst(lock);
    }
  }

  /// Works along until nothing of @p group waits or runs.
  void finish(State& group) {
    std::unique_lock<std::mutex> lock(mutex);
    while (group.waiting + group.running > 0) {
      if (!tasks.empty() && group.waiting > 0) {
        runFirst(lock);
      } else {
        changed.wait(lock);
      }
    }
  }
};

TaskPool::TaskPool(int threads) : shared_(std::make_unique<Shared>()) {
  if (threads <= 0) {
    threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  }
  try {
    while (static_cast<int>(shared_->threads.size()) < threads - 1) {
      shared_->threads.emplace_back([shared = shared_.get()] { shared->work(); });
    }
  } catch (const std::system_error&) {
    // Those there do the work, if need be the owner alone.
  }
}

TaskPool::~TaskPool() {
  {
    const std::lock_guard<std::mutex> lock(shared_->mutex);
    shared_->is_ending = true;
  }
  shared_->changed.notify_all();
  for (std::thread& thread : shared_->threads) {
    thread.join();
  }
}

TaskPool::Group::Group(TaskPool& pool)
    : shared_(*pool.shared_), state_(std::make_unique<State>()) {}

TaskPool::Group::~Group() {
  {
    const std::lock_guard<std::mutex> lock(shared_.mutex);
    shared_.drop(*state_);
  }
  shared_.finish(*state_);
}

void TaskPool::Group::add(std::function<void()> task) {
  {
    const std::lock_guard<std::mutex> lock(shared_.mutex);
    ++state_->waiting;
    shared_.tasks.push_back({state_.get(), std::move(task)});
  }
  // All wait for the same signal, also one that waits for a group to end.
  shared_.changed.notify_all();
}

void TaskPool::Group::finish() {
  shared_.finish(*state_);
  if (const std::exception_ptr error = std::exchange(state_->error, nullptr)) {
    std::rethrow_exception(error);
  }
}

}  // namespace neurovasc
