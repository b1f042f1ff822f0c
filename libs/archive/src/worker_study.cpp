#include "worker_study.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "container.h"
#include "neurovasc/archive/run.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/process.h"
#include "neurovasc/core/study.h"
#include "tree.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWorkFolder = ".work";
constexpr const char* kStudyFolder = "study";
/// Holds the UID of a study at a PACS: other users see what is given to a process, but not files.
constexpr const char* kUidFile = "study.uid";

/// Puts files into a folder under numbers.
class NumberedFolder {
 public:
  explicit NumberedFolder(fs::path folder) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
  }

  void link(const fs::path& file) { fs::create_symlink(file, next()); }

  void unpack(const std::string& container, const std::set<std::string>* wanted,
              const StopToken& stop) {
    const auto is_wanted = [wanted](const std::string& name) {
      return wanted == nullptr || wanted->count(name) > 0;
    };
    const auto keep = [this](const Member& member) {
      if (!member.path.empty()) {
        fs::copy_file(member.path, next());
      }
    };
    forEachMember(container, is_wanted, keep, stop);
  }

 private:
  fs::path next() {
    std::string number = std::to_string(++count_);
    constexpr std::size_t kDigits = 6;  // in the order of the files
    number.insert(0, kDigits - std::min(kDigits, number.size()), '0');
    return folder_ / number;
  }

  fs::path folder_;
  std::size_t count_ = 0;
};

void linkFolder(const fs::path& folder, NumberedFolder& study, const StopToken& stop) {
  walkTree(
      folder,
      [&study](const FolderListing& listing) {
        for (const FileEntry& file : listing.files) {
          if (!isContainerName(file.name)) {
            study.link(listing.path / file.name);
          }
        }
      },
      stop);
}

std::ifstream openList(const fs::path& list) {
  std::ifstream lines(list);
  if (!lines) {
    throw Error(ErrorCode::input_unreadable, "the list of its files cannot be read",
                "Write the manifest anew with 'neurovasc archive plan --manifest FILE'.");
  }
  return lines;
}

void linkList(const fs::path& list, NumberedFolder& study, const StopToken& stop) {
  std::ifstream lines = openList(list);
  std::map<std::string, std::set<std::string>> members;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t cut = line.find('\t');
    if (cut == std::string::npos) {
      study.link(line);
    } else {
      members[line.substr(0, cut)].insert(line.substr(cut + 1));
    }
  }
  for (const auto& [container, names] : members) {
    study.unpack(container, &names, stop);
  }
}

/// How `analyze` takes volumes by their role.
struct VolumeRole {
  SeriesRole role;
  const char* option;
};
constexpr std::array<VolumeRole, 3> kVolumeRoles = {{{SeriesRole::cisternography, "--t2"},
                                                     {SeriesRole::tof, "--tof"},
                                                     {SeriesRole::ce_t1, "--t1c"}}};

/// "tof.nii.gz": under other endings it would not be read.
std::string volumeName(SeriesRole role, bool is_compressed) {
  return std::string(name(role)) + (is_compressed ? ".nii.gz" : ".nii");
}

void linkVolumes(const fs::path& list, const fs::path& folder) {
  fs::create_directories(folder);
  std::ifstream lines = openList(list);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t cut = std::min(line.find('\t'), line.size());
    const auto role = parseSeriesRole(line.substr(0, cut));
    const fs::path image = line.substr(std::min(cut + 1, line.size()));
    if (!role || !fs::exists(image)) {
      throw Error(ErrorCode::input_unreadable, "its images are gone",
                  "Index the archive again with 'neurovasc archive index'.");
    }
    fs::create_symlink(image, folder / volumeName(*role, image.extension() == ".gz"));
  }
}

/// A comparison reads where results lie already: no files are set out for it.
void requireResults(const ManifestRow& row, const fs::path& output) {
  const auto [earlier, later] = comparedResults(row);
  for (const fs::path& result : {earlier, later}) {
    if (!fs::is_directory(output / result)) {
      throw Error(ErrorCode::input_unreadable, "there is no " + result.string(),
                  "Run the study first with 'neurovasc archive run'.");
    }
  }
}

void writeUid(const ManifestRow& row, const fs::path& folder) {
  std::ofstream file(folder.parent_path() / kUidFile);
  file << pacsPlaceOf(row).study_uid << '\n';
  if (!file.flush()) {
    throw Error(ErrorCode::output_unwritable, "its UID cannot be set out",
                "Make room where --output is.");
  }
}

void fill(const ManifestRow& row, const fs::path& folder, const StopToken& stop) {
  if (row.input_kind == InputKind::volumes) {
    return linkVolumes(row.input, folder);
  }
  if (row.input_kind == InputKind::pacs) {
    return writeUid(row, folder);
  }
  NumberedFolder study(folder);
  if (row.input_kind != InputKind::list && !fs::exists(row.input)) {
    throw Error(ErrorCode::input_unreadable, "its files are gone",
                "Index the archive again with 'neurovasc archive index'.");
  }
  switch (row.input_kind) {
    case InputKind::folder:
      return linkFolder(row.input, study, stop);
    case InputKind::container:
      return study.unpack(row.input, nullptr, stop);
    case InputKind::list:
      return linkList(row.input, study, stop);
    case InputKind::volumes:
    case InputKind::pacs:
    case InputKind::results:
      return;
  }
}

std::string hostName() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

/// Workers of several machines may share an output folder.
std::string ownersMark() { return "." + hostName() + "."; }

/// The process of this machine that a folder KEY.HOST.PID belongs to; 0 where its name tells none.
pid_t ownerOf(const fs::path& folder) {
  const std::string name = folder.filename().string();
  const std::string mark = ownersMark();
  const std::size_t found = name.find(mark);
  pid_t process = 0;
  if (found != std::string::npos) {
    std::from_chars(name.data() + found + mark.size(), name.data() + name.size(), process);
  }
  return process;
}

}  // namespace

WorkerStudy::Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

WorkerStudy::WorkerStudy(const ManifestRow& row, const fs::path& output, const StopToken& stop)
    : folder_(fs::absolute(output) / kWorkFolder /
              (row.job + ownersMark() + std::to_string(::getpid()))) {
  try {
    fs::remove_all(folder());
    fs::create_directories(folder());
    fs::permissions(folder(), fs::perms::owner_all);
    fs::create_directory_symlink(fs::absolute(output) / kResultsFolder, folder() / kResultsFolder);
    if (isComparison(row)) {
      requireResults(row, output);
      fs::create_directory_symlink(fs::absolute(output) / kComparisonsFolder,
                                   folder() / kComparisonsFolder);
    } else {
      fill(row, folder() / kStudyFolder, stop);
    }
  } catch (const fs::filesystem_error& failed) {
    throw Error(ErrorCode::output_unwritable,
                "its files cannot be set out: " + failed.code().message(),
                "Make room where --output is.");
  }
}

bool isComparison(const ManifestRow& row) { return row.input_kind == InputKind::results; }

std::vector<std::string> studyArguments(const ManifestRow& row, const fs::path& folder) {
  if (row.input_kind == InputKind::pacs) {
    return {"--from-pacs-file", kUidFile, "--fetch-to", kStudyFolder};
  }
  if (row.input_kind != InputKind::volumes) {
    return {kStudyFolder};
  }
  std::vector<std::string> arguments;
  for (const auto& [role, option] : kVolumeRoles) {
    for (const bool is_compressed : {false, true}) {
      const fs::path image = fs::path(kStudyFolder) / volumeName(role, is_compressed);
      if (fs::exists(folder / image)) {
        arguments.insert(arguments.end(), {option, image.string()});
      }
    }
  }
  return arguments;
}

PacsPlace pacsPlaceOf(const ManifestRow& row) {
  const std::size_t blank = row.input.rfind(' ');
  if (blank == std::string::npos || blank == 0 || blank + 1 == row.input.size()) {
    throw Error(ErrorCode::input_unreadable, "a study at a PACS does not name the PACS and its UID",
                "Write the manifest anew with 'neurovasc archive plan --manifest FILE'.");
  }
  return {row.input.substr(0, blank), row.input.substr(blank + 1)};
}

std::pair<fs::path, fs::path> comparedResults(const ManifestRow& row) {
  const std::size_t blank = row.input.find(' ');
  if (blank == std::string::npos) {
    throw Error(ErrorCode::input_unreadable, "a comparison does not name two results",
                "Run 'neurovasc archive compare' again.");
  }
  const fs::path results(kResultsFolder);
  return {results / row.input.substr(0, blank), results / row.input.substr(blank + 1)};
}

void removeLeftovers(const fs::path& output) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(output / kWorkFolder, error)) {
    const pid_t owner = ownerOf(entry.path());
    if (owner > 0 && (hasEnded(owner) || owner == ::getpid())) {
      fs::remove_all(entry.path(), error);
    }
  }
  fs::remove(output / kWorkFolder, error);
}

}  // namespace neurovasc::archive
