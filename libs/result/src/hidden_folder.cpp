#include "hidden_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <random>
#include <string>
#include <system_error>

#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

std::string stemOf(const fs::path& target) { return "." + target.filename().string() + ".part-"; }

/// An open folder under an exclusive lock, -1 where it cannot be had.
int lockFolder(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) != 0) {
    ::close(file);
    return -1;
  }
  return file;
}

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

bool isDead(pid_t process) { return ::kill(process, 0) != 0 && errno == ESRCH; }

void removeIfAbandoned(const fs::path& folder) {
  const int lock = lockFolder(folder);
  if (lock >= 0) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    ::close(lock);
  }
}

/// Removes what processes that are no more left beside @p target.
void sweep(const fs::path& target) {
  const std::string stem = stemOf(target);
  std::error_code failed;
  for (fs::directory_iterator it(target.parent_path(), failed), end; !failed && it != end;
       it.increment(failed)) {
    const std::string name = it->path().filename().string();
    if (name.rfind(stem, 0) == 0) {
      const auto process = processIn(name.substr(stem.size()));
      if (process && isDead(*process)) {
        removeIfAbandoned(it->path());
      }
    }
  }
}

/// A new folder with the usual access rights.
fs::path make(const fs::path& target) {
  std::random_device random;
  constexpr int kTries = 100;
  const std::string stem = stemOf(target) + std::to_string(::getpid()) + "-";
  for (int i = 0; i < kTries; ++i) {
    const fs::path folder = target.parent_path() / (stem + std::to_string(random()));
    if (::mkdir(folder.c_str(), 0777) == 0) {
      return folder;
    }
    if (errno != EEXIST) {
      throwUnwritable(target.filename().string(), causeOf(errno));
    }
  }
  throwUnwritable(target.filename().string(), "no name is free beside it");
}

}  // namespace

HiddenFolder::HiddenFolder(const fs::path& target) {
  sweep(target);
  path_ = make(target);
  lock_ = lockFolder(path_);
}

HiddenFolder::~HiddenFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (lock_ >= 0) {
    ::close(lock_);
  }
}

}  // namespace neurovasc::result
