#include "tree.h"

#include <sys/stat.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

// As where studies are read: only a broken file system goes deeper.
constexpr int kMostFolders = 64;

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
  return text;
}

bool endsWithAny(const std::string& name, const std::vector<std::string_view>& ends) {
  const std::string text = lowered(name);
  return std::any_of(ends.begin(), ends.end(), [&text](std::string_view end) {
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
  });
}

std::optional<FileEntry> entryOf(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return std::nullopt;
  }
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return FileEntry{file.filename().string(), info.st_size,
                   info.st_mtim.tv_sec * kNanoseconds + info.st_mtim.tv_nsec};
}

/// Lists @p folder; its folders go to @p below.
FolderListing listingOf(const fs::path& folder, std::vector<fs::path>& below) {
  FolderListing listing;
  listing.path = folder;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored) && !it->is_symlink(ignored)) {
      below.push_back(it->path());
    } else if (auto entry = entryOf(it->path()); entry && lowered(entry->name) != "dicomdir") {
      listing.files.push_back(std::move(*entry));
    }
  }
  if (error) {
    listing.problem = "folder that cannot be read";
  }
  std::sort(listing.files.begin(), listing.files.end(),
            [](const FileEntry& a, const FileEntry& b) { return a.name < b.name; });
  std::sort(below.begin(), below.end());
  return listing;
}

void walkFolder(const fs::path& folder, int depth,
                const std::function<void(const FolderListing&)>& visit, const StopToken& stop) {
  stop.throwIfStopped();
  std::vector<fs::path> below;
  visit(listingOf(folder, below));
  for (const fs::path& next : below) {
    if (depth < kMostFolders) {
      walkFolder(next, depth + 1, visit, stop);
    } else {
      visit({next, {}, "folder that lies too deep", false});
    }
  }
}

}  // namespace

void walkTree(const fs::path& root, const std::function<void(const FolderListing&)>& visit,
              const StopToken& stop) {
  std::error_code error;
  const fs::path whole = fs::canonical(root, error);
  if (error) {
    throw Error(ErrorCode::input_unreadable, root.string() + ": " + error.message(),
                "Check the path; it can be a folder, a zip or tar file, or a DICOM file.");
  }
  if (fs::is_directory(whole)) {
    walkFolder(whole, 0, visit, stop);
  } else if (auto entry = entryOf(whole)) {
    visit({whole.parent_path(), {std::move(*entry)}, {}, true});
  }
}

bool isContainerName(const std::string& name) {
  return endsWithAny(name, {".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst"});
}

}  // namespace neurovasc::archive
