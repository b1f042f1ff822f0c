#pragma once

#include <filesystem>
#include <string>

namespace neurovasc::pipeline {

/// An empty folder for its owner alone, for what holds identity on its way; removed with the
/// object.
class PrivateFolder {
 public:
  /// Throws Error(output_unwritable).
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  std::filesystem::path path(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace neurovasc::pipeline
