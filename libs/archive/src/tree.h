#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"

namespace neurovasc::archive {

struct FileEntry {
  std::string name;
  std::int64_t size = 0;
  std::int64_t mtime_ns = 0;  ///< since 1970
};

/// The files of one folder, by name.
struct FolderListing {
  std::filesystem::path path;  ///< absolute
  std::vector<FileEntry> files;
  std::string problem;      ///< why it cannot be read
  bool is_partial = false;  ///< one file of it was asked for
};

/// Visits @p root and every folder below, or lists the one file that @p root is. Links to folders
/// are not followed; DICOMDIRs are passed over in favour of the files. Throws
/// Error(input_unreadable) where @p root does not exist, Error(cancelled).
void walkTree(const std::filesystem::path& root,
              const std::function<void(const FolderListing&)>& visit, const StopToken& stop);

/// Whether @p name ends as zip and tar files do.
bool isContainerName(const std::string& name);

}  // namespace neurovasc::archive
