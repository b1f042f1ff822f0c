#include "background_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "loopback.h"

extern char** environ;

namespace neurovasc::testing {
namespace {

bool answers(int port) {
  const sockaddr_in address = loopback(port);
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int done = connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  close(socket);
  return done == 0;
}

}  // namespace

BackgroundProcess::BackgroundProcess(const std::vector<std::string>& command,
                                     const std::string& log) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (auto& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, stream, log.c_str(), O_CREAT | O_APPEND | O_WRONLY,
                                     0600);
  }
  const int error = posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    throw std::runtime_error("cannot start " + command[0]);
  }
}

BackgroundProcess::~BackgroundProcess() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

int freePort() {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  close(socket);
  return ntohs(address.sin_port);
}

void waitForPort(int port) {
  constexpr int kMostLooks = 600;
  for (int n = 0; n < kMostLooks && !answers(port); ++n) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (!answers(port)) {
    throw std::runtime_error("nobody listens at port " + std::to_string(port));
  }
}

}  // namespace neurovasc::testing
