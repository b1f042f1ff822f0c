#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "abandoned.h"
#include "neurovasc/result/result_folder.h"
#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

/// An open file, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) {
      ::close(number_);
    }
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

bool writeAll(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno != EINTR) {
      return false;
    }
    content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  return ::fsync(file) == 0;
}

/// Writes @p content to a new file; 0 or the error's number.
int written(const fs::path& aside, std::string_view content) {
  constexpr mode_t kUsualRights = 0666;
  const Descriptor file(
      ::open(aside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kUsualRights));
  if (!file.open()) {
    return errno;
  }
  ::flock(file.number(), LOCK_EX | LOCK_NB);
  return writeAll(file.number(), content) ? 0 : errno;
}

/// The rename itself has to reach the disk; some network file systems know no such thing.
void syncFolder(const fs::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.open()) {
    ::fsync(opened.number());
  }
}

}  // namespace

void replaceFile(const fs::path& file, std::string_view content) {
  const fs::path whole = fs::absolute(file);
  const std::string shown = file.filename().string();
  removeAbandoned(whole);
  const fs::path aside = hiddenBeside(whole);
  int failed = written(aside, content);
  if (failed == 0 && ::rename(aside.c_str(), whole.c_str()) != 0) {
    failed = errno;
  }
  if (failed != 0) {
    std::error_code ignored;
    fs::remove(aside, ignored);
    throwUnwritable(shown, causeOf(failed), "Make room, or make the folder writable.");
  }
  syncFolder(whole.parent_path());
}

}  // namespace neurovasc::result
