#include "program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "patient.h"
#include "support/paths.h"

extern char** environ;

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// A child process with its output going to files, so that no pipe can fill up.
class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments) : start_(Clock::now()) {
    std::vector<std::string> words = {program().string()};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (auto& word : words) {
      argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    const int flags = O_CREAT | O_TRUNC | O_WRONLY;
    const std::string out = scratch_.path("out");
    const std::string err = scratch_.path("err");
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), flags, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, err.c_str(), flags, 0600);
    // As from a terminal, whatever started the tests has ignored.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int signal : {SIGHUP, SIGINT, SIGTERM}) {
      sigaddset(&usual, signal);
    }
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    const int error = posix_spawn(&pid_, argv[0], &actions, &attributes, argv.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
      throw std::runtime_error("cannot start " + words[0]);
    }
  }

  /// Waits until it has said something on stderr, so that it has started for sure.
  void waitForFirstWord() const {
    const Clock::time_point latest = Clock::now() + std::chrono::seconds(20);
    while (Clock::now() < latest && fs::file_size(scratch_.path("err")) == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }

  void send(int signal) {
    kill(pid_, signal);
    start_ = Clock::now();
  }

  RunResult wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    RunResult result;
    result.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    result.out = readText(scratch_.path("out"));
    result.err = readText(scratch_.path("err"));
    return result;
  }

 private:
  TemporaryFolder scratch_;
  Clock::time_point start_;
  pid_t pid_ = 0;
};

using Finish = void (*)(const fs::path& folder);

/// Where what a run said stands that made the folder @p folder.
fs::path saidFile(const fs::path& folder, const char* stream) {
  return folder.string() + "." + stream;
}

/// Makes the folder @p name by running @p arguments and then @p finish, unless it is there; safe
/// when tests run side by side.
fs::path madeOnce(const std::string& name, const std::vector<std::string>& arguments,
                  Finish finish) {
  const fs::path base = buildDir() / "test-data";
  const fs::path folder = base / name;
  fs::create_directories(base);
  const int lock = open((base / ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  flock(lock, LOCK_EX);
  const fs::file_time_type built = fs::last_write_time(program());
  if (!fs::exists(folder) || fs::last_write_time(folder) < built) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {"--output", folder.string(), "--overwrite"});
    const RunResult result = runProgram(all);
    if (result.exit_code != 0) {
      close(lock);
      throw std::runtime_error(arguments[0] + " failed:\n" + result.err);
    }
    std::ofstream(saidFile(folder, "out"), std::ios::binary) << result.out;
    std::ofstream(saidFile(folder, "err"), std::ios::binary) << result.err;
    finish(folder);
  }
  close(lock);
  return folder;
}

}  // namespace

RunResult runProgram(const std::vector<std::string>& arguments) { return Child(arguments).wait(); }

RunResult runProgramAndSignal(const std::vector<std::string>& arguments,
                              const std::vector<int>& signals, double seconds) {
  std::vector<std::string> all = arguments;
  all.insert(all.end(), {"--progress", "json"});
  Child child(all);
  child.waitForFirstWord();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  for (const int signal : signals) {
    child.send(signal);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return child.wait();
}

fs::path sampleStudy() {
  const std::string named = "sample-" + std::string(kPatient.surname) + "-" + kPatient.id;
  return madeOnce(named, {"phantom", "--scenario", "contact", "--size", "small", "--seed", "3"},
                  plantPatient) /
         "dicom";
}

fs::path sampleResult() {
  return madeOnce("sample-result", {"analyze", sampleStudy().string(), "--threads", "4"},
                  [](const fs::path&) {});
}

fs::path sampleComparison() {
  return madeOnce("sample-comparison",
                  {"compare", "--post-only", sampleStudy().string(), "--surgery-date",
                   kSampleSurgeryDate, "--json", "--verbose", "--progress", "json"},
                  [](const fs::path&) {});
}

RunResult sampleComparisonRun() {
  const fs::path folder = sampleComparison();
  RunResult run;
  run.exit_code = 0;
  run.out = readText(saidFile(folder, "out"));
  run.err = readText(saidFile(folder, "err"));
  return run;
}

std::string readText(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace neurovasc::testing
