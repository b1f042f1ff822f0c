#pragma once

#include <functional>
#include <memory>

namespace neurovasc {

/// Threads that work on tasks while their owner goes on with something else. Who has nothing else
/// to do takes parallelFor() (parallel.h).
///
///     TaskPool pool(threads);
///     TaskPool::Group reading(pool);
///     for (...) reading.add([&] { ... });
///     // something else
///     reading.finish();
///
/// One thread, its owner's, adds tasks and finishes groups. Tasks begin in the order in which they
/// are added.
class TaskPool {
  struct Shared;

 public:
  /// @p threads with the owner's, which works along in Group::finish() (0: one per processor): with
  /// 1 nothing is done before. Where the system gives fewer threads, these do the work.
  explicit TaskPool(int threads);
  /// To be called when there are no groups any more.
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// Tasks that are waited for together.
  class Group {
   public:
    explicit Group(TaskPool& pool);
    /// Drops tasks that have not begun and waits for those that have.
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    void add(std::function<void()> task);
    /// Works along until all tasks of this group have ended. Rethrows the first exception of a
    /// task, after which those that had not begun were dropped.
    void finish();

   private:
    friend struct Shared;
    struct State;
    Shared& shared_;
    std::unique_ptr<State> state_;
  };

 private:
  std::unique_ptr<Shared> shared_;
};

}  // namespace neurovasc
