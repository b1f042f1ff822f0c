#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace neurovasc::testing {

/// A program that runs while the object lives, with its output going to a file.
class BackgroundProcess {
 public:
  /// Throws std::runtime_error where there is no such program.
  BackgroundProcess(const std::vector<std::string>& command, const std::string& log);
  /// Ends it as a power failure would, and waits until it is gone.
  ~BackgroundProcess();
  BackgroundProcess(const BackgroundProcess&) = delete;
  BackgroundProcess& operator=(const BackgroundProcess&) = delete;

 private:
  pid_t pid_ = -1;
};

/// A port of the loopback address that nobody listens at.
int freePort();

/// Waits until somebody listens at @p port of the loopback address; throws std::runtime_error when
/// nobody does for long.
void waitForPort(int port);

}  // namespace neurovasc::testing
