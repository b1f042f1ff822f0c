#pragma once

#include <csignal>
#include <thread>

#include "neurovasc/core/progress.h"

namespace neurovasc::app {

/// Turns SIGINT and SIGTERM into a stop request.
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
  StopToken token_;
  sigset_t signals_{};
  std::thread waiter_;
};

}  // namespace neurovasc::app
