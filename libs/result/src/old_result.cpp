#include "old_result.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/run_json.h"
#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

/// The files that the run in @p folder wrote, without those of source/; nothing for a folder that
/// is no result.
std::optional<std::set<std::string>> filesOfRun(const fs::path& folder) {
  std::ifstream file(folder / kRunFile, std::ios::binary);
  const std::string json{std::istreambuf_iterator<char>(file), {}};
  try {
    const std::vector<std::string> paths = outputPathsFromJson(json);
    std::set<std::string> files(paths.begin(), paths.end());
    files.emplace(kRunFile);
    return files;
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// source/ is not listed, so that no fingerprint of a header leaves it.
bool isSourceHeader(const fs::path& relative) {
  return *relative.begin() == kSourceFolder && relative.extension() == ".dcm";
}

/// What stands in @p folder besides @p own, sorted.
std::vector<std::string> foreignFiles(const fs::path& folder, const std::set<std::string>& own) {
  std::vector<std::string> foreign;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path relative = entry.path().lexically_relative(folder);
    const bool is_folder = entry.is_directory() && !entry.is_symlink();
    if (!is_folder && own.count(relative.generic_string()) == 0 && !isSourceHeader(relative)) {
      foreign.push_back(relative.generic_string());
    }
  }
  std::sort(foreign.begin(), foreign.end());
  return foreign;
}

std::string foreignText(const std::vector<std::string>& foreign) {
  return foreign.size() == 1 ? foreign[0] + " in it is not of the result that it holds"
                             : std::to_string(foreign.size()) +
                                   " files in it are not of the result that it holds, " +
                                   foreign[0] + " for instance";
}

}  // namespace

bool isEmptyFolder(const fs::path& path) { return fs::is_directory(path) && fs::is_empty(path); }

void requireFree(const fs::path& target, bool overwrite) {
  if (!fs::exists(target) || isEmptyFolder(target)) {
    return;
  }
  const std::string shown = target.filename().string();
  if (!overwrite) {
    throwUnwritable(shown, "it exists already", "Choose another --output, or give --overwrite.");
  }
  const auto own = fs::is_directory(target) ? filesOfRun(target) : std::nullopt;
  if (!own) {
    throwUnwritable(shown, "it holds something else than a neurovasc result, which is not deleted");
  }
  const std::vector<std::string> foreign = foreignFiles(target, *own);
  if (!foreign.empty()) {
    throwUnwritable(shown, foreignText(foreign),
                    "It is not deleted: move it to another place, or choose another --output.");
  }
}

}  // namespace neurovasc::result
