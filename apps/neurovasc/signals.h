#pragma once

#include <atomic>
#include <csignal>
#include <thread>

#include "neurovasc/core/progress.h"

namespace neurovasc::app {

/// Turns SIGINT, SIGTERM and SIGHUP (a closed connection, unless it is ignored as under nohup) into
/// a stop request. A second signal, a second or more later, ends the program at once where a long
/// step does not hear the first; what it leaves is removed by the next run to the same output.
///
/// The signals are blocked in every thread and taken by one waiting thread, so that no code runs in
/// a signal handler and nothing global is needed. Make it before any other thread starts.
class SignalStop {
 public:
  SignalStop();
  ~SignalStop();
  SignalStop(const SignalStop&) = delete;
  SignalStop& operator=(const SignalStop&) = delete;

  const StopToken& token() const { return token_; }

 private:
  void serve();

  StopToken token_;
  sigset_t signals_{};
  std::atomic<bool> over_{false};
  std::thread waiter_;
};

}  // namespace neurovasc::app
