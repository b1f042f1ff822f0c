#include "hidden_folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "abandoned.h"
#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

/// A new folder with the usual access rights.
fs::path make(const fs::path& target) {
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const fs::path folder = hiddenBeside(target);
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

HiddenFolder::HiddenFolder(const fs::path& target) : target_(target) {
  removeAbandoned(target_);
  path_ = make(target_);
  lock_ = lockHidden(path_);
}

HiddenFolder::~HiddenFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  if (lock_ >= 0) {
    ::close(lock_);
  }
  // Who was killed a moment before this began may have been dying still.
  removeAbandoned(target_);
}

}  // namespace neurovasc::result
