#include "file_list.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "dataset.h"
#include "file_guard.h"
#include "neurovasc/core/error.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

namespace fs = std::filesystem;

// Symbolic links to folders are not followed, so that only a broken file system goes deeper.
constexpr int kMostFolders = 64;

bool isDicomdirName(const fs::path& path) {
  return lowered(path.filename().string()) == "dicomdir";
}

void listFolder(const fs::path& folder, int depth, const Progress& progress, FileList& list) {
  progress.stop().throwIfStopped();
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    entries.push_back(*it);
  }
  if (error || depth > kMostFolders) {
    list.skipped.push_back({folder.string(), "folder that cannot be read", true});
    return;
  }
  std::sort(entries.begin(), entries.end());
  for (const auto& entry : entries) {
    std::error_code ignored;
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
      listFolder(entry.path(), depth + 1, progress, list);
    } else if (entry.is_regular_file(ignored) && !isDicomdirName(entry.path())) {
      list.files.push_back(entry.path().string());
    }
  }
}

/// The file a DICOMDIR record names, in the upper or lower case that discs are copied in.
std::optional<fs::path> referencedFile(const fs::path& folder, const std::string& file_id) {
  for (const std::string& id : {file_id, lowered(file_id)}) {
    fs::path path = folder;
    for (const auto& part : split(id, '\\')) {
      if (part.empty() || part == ".." || part.find('/') != std::string::npos) {
        return std::nullopt;
      }
      path /= part;
    }
    std::error_code error;
    if (fs::is_regular_file(path, error)) {
      return path;
    }
  }
  return std::nullopt;
}

void listRecords(const std::vector<Attributes>& records, const fs::path& folder, FileList& list) {
  std::size_t absent = 0;
  for (const Attributes& record : records) {
    const std::string file_id = record.text(DCM_ReferencedFileID);
    if (file_id.empty()) {
      continue;
    }
    if (const auto path = referencedFile(folder, file_id)) {
      list.files.push_back(path->string());
    } else {
      ++absent;
    }
  }
  if (absent > 0) {
    list.skipped.push_back({(folder / "DICOMDIR").string(),
                            std::to_string(absent) + " files that it lists are not there", true});
  }
}

FileList listDicomdir(const fs::path& path) {
  const FileHead head = headOf(path.string());
  const Attributes dataset(head);
  if (!head.outline.problem.empty() || !dataset.has(DCM_DirectoryRecordSequence)) {
    throw Error(ErrorCode::input_unreadable, path.string() + " is not a readable DICOMDIR",
                "Give the folder that holds the images instead.");
  }
  FileList list;
  listRecords(dataset.items(DCM_DirectoryRecordSequence), path.parent_path(), list);
  std::sort(list.files.begin(), list.files.end());
  list.files.erase(std::unique(list.files.begin(), list.files.end()), list.files.end());
  return list;
}

}  // namespace

FileList listFiles(const fs::path& path, const Progress& progress) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    throw Error(ErrorCode::input_unreadable, path.string() + " does not exist",
                "Check the path; it can be a folder, a DICOM file or a DICOMDIR.");
  }
  if (fs::is_directory(path, error)) {
    FileList list;
    listFolder(path, 0, progress, list);
    return list;
  }
  if (isDicomdirName(path)) {
    return listDicomdir(path);
  }
  return {{path.string()}, {}};
}

}  // namespace neurovasc::dicom
