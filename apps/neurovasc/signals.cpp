#include "signals.h"

#include <pthread.h>
#include <unistd.h>

#include <chrono>

#include "neurovasc/core/error.h"

namespace neurovasc::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Sooner than this, a second signal is the same one: timeout(1) sends to the program and its
/// group.
constexpr auto kSameSignal = std::chrono::seconds(1);

bool isIgnored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

SignalStop::SignalStop() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  if (!isIgnored(SIGHUP)) {
    sigaddset(&signals_, SIGHUP);
  }
  // SIGUSR1 wakes the waiter when the program ends by itself.
  sigaddset(&signals_, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  waiter_ = std::thread([this] { serve(); });
}

SignalStop::~SignalStop() {
  over_ = true;
  pthread_kill(waiter_.native_handle(), SIGUSR1);
  waiter_.join();
}

void SignalStop::serve() {
  Clock::time_point first;
  while (true) {
    int signal = 0;
    sigwait(&signals_, &signal);
    if (over_) {
      return;
    }
    if (signal == SIGUSR1) {
      continue;
    }
    if (!token_.stopRequested()) {
      first = Clock::now();
      token_.requestStop();
    } else if (Clock::now() - first > kSameSignal) {
      _exit(describe(ErrorCode::cancelled).exit_code);
    }
  }
}

}  // namespace neurovasc::app
