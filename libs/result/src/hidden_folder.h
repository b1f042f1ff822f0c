#pragma once

#include <filesystem>

namespace neurovasc::result {

/// A new folder ".NAME.part-PID-RANDOM" beside a target NAME, removed with the object.
///
/// It is locked while its process lives. One that a killed process left goes with the next one
/// beside the same target (abandoned.h).
class HiddenFolder {
 public:
  /// The folder that @p target stands in has to exist. Throws Error(output_unwritable).
  explicit HiddenFolder(const std::filesystem::path& target);
  ~HiddenFolder();
  HiddenFolder(const HiddenFolder&) = delete;
  HiddenFolder& operator=(const HiddenFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path target_;
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace neurovasc::result
