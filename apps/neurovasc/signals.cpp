#include "signals.h"

#include <pthread.h>

namespace neurovasc::app {

SignalStop::SignalStop() {
  sigemptyset(&signals_);
  sigaddset(&signals_, SIGINT);
  sigaddset(&signals_, SIGTERM);
  // SIGUSR1 ends the waiter when the program ends by itself.
  sigaddset(&signals_, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  waiter_ = std::thread([this] {
    int signal = 0;
    sigwait(&signals_, &signal);
    if (signal != SIGUSR1) {
      token_.requestStop();
    }
  });
}

SignalStop::~SignalStop() {
  pthread_kill(waiter_.native_handle(), SIGUSR1);
  waiter_.join();
}

}  // namespace neurovasc::app
