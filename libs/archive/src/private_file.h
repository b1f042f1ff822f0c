#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace neurovasc::archive {

/// While it lives, new files are their owner's alone. Whatever other threads make meanwhile is so
/// as well, which does no harm.
class PrivateFiles {
 public:
  PrivateFiles() : before_(::umask(0077)) {}
  ~PrivateFiles() { ::umask(before_); }
  PrivateFiles(const PrivateFiles&) = delete;
  PrivateFiles& operator=(const PrivateFiles&) = delete;

 private:
  mode_t before_;
};

/// As result::replaceFile(), for its owner's eyes alone (mode 0600) from the first byte on.
void replacePrivateFile(const std::filesystem::path& file, std::string_view content);

}  // namespace neurovasc::archive
