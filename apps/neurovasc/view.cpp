#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "command.h"
#include "neurovasc/core/error.h"

extern char** environ;

namespace neurovasc::app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kViewer = "neurovasc-viewer";
/// How soon the end of the viewer or a stop is noticed.
constexpr std::chrono::milliseconds kLook{50};
/// What a shell says of a program that a signal ended.
constexpr int kBySignal = 128;

po::options_description viewOptions() {
  po::options_description options("Viewer");
  options.add_options()(
      "result", po::value<std::vector<std::string>>()->value_name("RESULT")->composing(),
      "result folder of analyze or compare, or a study, which is analysed first; after a "
      "comparison, its dates' result folders where it does not hold them")(
      "output,o", po::value<std::string>()->value_name("OUT"),
      "result folder to make of a study; without it the window asks")(
      "study", po::value<int>()->value_name("N"), "which study, where the path holds several")(
      "reader", po::value<std::string>()->value_name("NAME"),
      "who reviews; can be given in the window as well")(
      "read-first", flagValue(),
      "show slices without results until the reader's own verdict is saved");
  return options;
}

/// Beside this program, where build and package put it.
std::string viewerPath() {
  std::error_code failed;
  const fs::path own = fs::read_symlink("/proc/self/exe", failed);
  const fs::path viewer = own.parent_path() / kViewer;
  if (failed || !fs::exists(viewer, failed)) {
    throw Error(
        ErrorCode::usage,
        "the viewer is not installed: there is no neurovasc-viewer beside this program",
        "Build it with Qt 5 and VTK's Qt module (docs/building.md), or open report.html of the "
        "result in a browser.");
  }
  return viewer.string();
}

std::vector<std::string> wordsFor(const Arguments& arguments) {
  std::vector<std::string> words = {viewerPath()};
  if (const auto reader = arguments.find<std::string>("reader")) {
    words.push_back("--reader=" + *reader);
  }
  if (const auto output = arguments.find<std::string>("output")) {
    words.push_back("--output=" + *output);
  }
  if (const auto study = arguments.find<int>("study")) {
    words.push_back("--study=" + std::to_string(*study));
  }
  if (arguments.flag("read-first")) {
    words.emplace_back("--read-first");
  }
  words.emplace_back("--");
  const auto folders = arguments.find<std::vector<std::string>>("result");
  if (!folders) {
    throw Error(ErrorCode::usage, "no result or study was named", "neurovasc view RESULT");
  }
  words.insert(words.end(), folders->begin(), folders->end());
  return words;
}

pid_t start(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  // This program's threads have signals blocked; the viewer takes them as any other program.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, argv[0], nullptr, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) {
    throw Error(ErrorCode::usage, "the viewer cannot be started", "Install neurovasc again.");
  }
  return pid;
}

int run(const Arguments& arguments, const Terminal& /*terminal*/, const StopToken& stop) {
  const pid_t viewer = start(wordsFor(arguments));
  int status = 0;
  bool told = false;
  while (waitpid(viewer, &status, WNOHANG) == 0) {
    if (stop.stopRequested() && !told) {
      kill(viewer, SIGTERM);
      told = true;
    }
    std::this_thread::sleep_for(kLook);
  }
  stop.throwIfStopped();
  return WIFEXITED(status) ? WEXITSTATUS(status) : kBySignal + WTERMSIG(status);
}

}  // namespace

Command viewCommand() {
  return {{"view",
           "view RESULT|STUDY [DATE...] [--reader NAME] [--read-first]",
           "Open the viewer: linked slices, scene, contact list, review.",
           viewOptions(),
           {"result"},
           "result"},
          run};
}

}  // namespace neurovasc::app
