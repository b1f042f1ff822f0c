#include "abandoned.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <random>
#include <string>
#include <system_error>

#include "neurovasc/core/process.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

std::string stemOf(const fs::path& target) { return "." + target.filename().string() + ".part-"; }

/// The process in "PID-RANDOM"; nothing for other texts.
std::optional<pid_t> processIn(const std::string& text) {
  pid_t process = 0;
  unsigned long long random = 0;
  const char* end = text.data() + text.size();
  const auto [dash, bad_process] = std::from_chars(text.data(), end, process);
  if (bad_process != std::errc() || process <= 0 || dash == end || *dash != '-') {
    return std::nullopt;
  }
  const auto [stop, bad_random] = std::from_chars(dash + 1, end, random);
  return bad_random == std::errc() && stop == end ? std::optional(process) : std::nullopt;
}

void removeUnlessHeld(const fs::path& hidden) {
  const int lock = lockHidden(hidden);
  if (lock >= 0) {
    std::error_code ignored;
    fs::remove_all(hidden, ignored);
    ::close(lock);
  }
}

}  // namespace

fs::path hiddenBeside(const fs::path& target) {
  std::random_device random;
  return target.parent_path() /
         (stemOf(target) + std::to_string(::getpid()) + "-" + std::to_string(random()));
}

int lockHidden(const fs::path& hidden) {
  const int file = ::open(hidden.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return -1;
  }
  return file;
}

void removeAbandoned(const fs::path& target) {
  const std::string stem = stemOf(target);
  std::error_code failed;
  for (fs::directory_iterator it(target.parent_path(), failed), end; !failed && it != end;
       it.increment(failed)) {
    const std::string name = it->path().filename().string();
    if (name.rfind(stem, 0) == 0) {
      const auto process = processIn(name.substr(stem.size()));
      if (process && hasEnded(*process)) {
        removeUnlessHeld(it->path());
      }
    }
  }
}

}  // namespace neurovasc::result
