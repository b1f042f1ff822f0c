#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

/// Where the files of an export go: a staged folder, or a folder within it.
class ExportFolder {
 public:
  ExportFolder(const result::StagedFolder& staged, std::string prefix);

  std::filesystem::path path(const std::string& name) const { return staged_.path(prefix_ + name); }

  /// Throws Error(usage) unless the name of a file or folder begins with @p kind.
  void require(std::string_view kind) const;

  /// For its owner alone, before anything is in it. Throws Error(output_unwritable).
  void makePrivate() const;

 private:
  const result::StagedFolder& staged_;
  std::string prefix_;
};

}  // namespace neurovasc::pipeline
