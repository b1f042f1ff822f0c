#pragma once

#include <filesystem>
#include <random>
#include <string>

namespace neurovasc::test {

/// A folder of its own that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder()
      : root_(std::filesystem::temp_directory_path() /
              ("neurovasc-test-" + std::to_string(std::random_device()()))) {
    std::filesystem::create_directories(root_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(root_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path(const std::string& name) const { return (root_ / name).string(); }

 private:
  std::filesystem::path root_;
};

}  // namespace neurovasc::test
