#include "index_batch.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

#include "container.h"
namespace neurovasc::archive {
namespace {

/// Between a container and its member, which no path has.
constexpr char kMember = '\t';
// A millisecond's work from a warm cache: few enough to share, too many to wait for each other.
constexpr std::size_t kFilesPerTask = 32;

bool isImageName(const std::string& name) {
  const std::string ending = std::filesystem::path(name).extension().string();
  return ending == ".dcm" || ending == ".DCM" || ending == ".ima" || ending == ".IMA";
}

/// Whether a file that no study uses is to be complained of.
bool isUnreadable(const dicom::SkippedFile& file) { return file.damaged || isImageName(file.path); }

}  // namespace

OpenBatch::OpenBatch(TaskPool& pool, dicom::ScanOptions options, const StopToken& stop)
    : stop_(stop), scan_(std::move(options)), reading_(pool) {}

void OpenBatch::read(std::vector<std::string> paths) {
  for (std::size_t begin = 0; begin < paths.size(); begin += kFilesPerTask) {
    const std::size_t end = std::min(begin + kFilesPerTask, paths.size());
    std::vector<std::string> some(std::make_move_iterator(paths.begin() + begin),
                                  std::make_move_iterator(paths.begin() + end));
    reading_.add([this, files = std::move(some)] {
      for (const std::string& file : files) {
        stop_.throwIfStopped();
        scan_.readAs(file, file);
      }
    });
  }
}

void OpenBatch::read(ChangedSession& session) {
  reading_.add([this, &session] {
    stop_.throwIfStopped();
    session.images = readImages(session.study);
  });
}

BatchJob::BatchJob(IndexStore& store, Database& database, const result::SiteKey& key, int threads,
                   const StopToken& stop)
    : store_(store),
      database_(database),
      key_(key),
      threads_(threads),
      stop_(stop),
      pool_(threads) {}

std::unique_ptr<OpenBatch> BatchJob::open() {
  dicom::ScanOptions options;
  options.threads = threads_;
  options.pseudonym = [this](std::string_view identity) { return key_.hash(identity); };
  return std::make_unique<OpenBatch>(pool_, std::move(options), stop_);
}

void BatchJob::run(OpenBatch& open) {
  open.finish();
  batch_ = std::move(open.batch());
  dicom::HeaderScan& scan = open.scan();
  const Progress quiet({}, {}, stop_);
  readContainers(scan);
  dicom::StudyCatalogue found = scan.studies(quiet);
  const std::set<std::int64_t> affected = affectedBy(found);
  const Others others = othersOf(affected);
  if (!others.empty()) {
    readOthers(others, scan);
    found = scan.studies(quiet);
  }
  files_read_ += scan.size();
  for (const ChangedSession& session : batch_.sessions) {
    files_read_ += session.files.size();
  }
  write(found, affected, others);
}

void BatchJob::readContainers(dicom::HeaderScan& scan) {
  for (const std::size_t container : batch_.containers) {
    readMembers(batch_.folders[container].path, nullptr, container, scan);
  }
}

void BatchJob::readMembers(const std::string& container, const std::set<std::string>* wanted,
                           std::size_t folder, dicom::HeaderScan& scan) {
  const auto is_wanted = [wanted](const std::string& name) {
    return wanted == nullptr || wanted->count(name) > 0;
  };
  const auto visit = [&](const Member& member) {
    const std::string path = container + kMember + member.name;
    if (wanted == nullptr) {
      ChangedFile& file = batch_.changed[path];
      file.folder = folder;
      file.entry = {member.name, member.size, 0};
      file.problem = member.problem;
    }
    if (!member.path.empty()) {
      scan.readAs(member.path, path);
    }
  };
  const std::string problem = forEachMember(container, is_wanted, visit, stop_);
  if (wanted == nullptr) {
    batch_.folders[folder].problem = problem;
  }
}

void BatchJob::readOthers(const Others& others, dicom::HeaderScan& scan) {
  std::vector<std::string> plain;
  std::map<std::string, std::set<std::string>> members;
  for (const auto& [path, row] : others) {
    const std::size_t cut = path.find(kMember);
    if (cut == std::string::npos) {
      plain.push_back(path);
    } else {
      members[path.substr(0, cut)].insert(path.substr(cut + 1));
    }
  }
  scan.read(plain, Progress({}, {}, stop_));
  for (const auto& [container, names] : members) {
    readMembers(container, &names, 0, scan);
  }
}

std::set<std::int64_t> BatchJob::affectedBy(const dicom::StudyCatalogue& found) {
  std::set<std::int64_t> studies;
  for (const auto& [path, file] : batch_.changed) {
    if (file.study_id) {
      studies.insert(*file.study_id);
    }
  }
  for (const FileRow& row : batch_.removed) {
    if (row.study_id) {
      studies.insert(*row.study_id);
    }
  }
  const auto insert = [&](const dicom::StudyKeys& keys) {
    if (const auto id = store_.studyId(keys.study)) {
      studies.insert(*id);
    }
  };
  for (const dicom::StudyEntry& entry : found.studies) {
    insert(entry.keys);
  }
  for (const ChangedSession& session : batch_.sessions) {
    insert(session.study.keys);
  }
  return studies;
}

BatchJob::Others BatchJob::othersOf(const std::set<std::int64_t>& studies) {
  std::set<std::pair<std::int64_t, std::string>> removed;
  for (const FileRow& row : batch_.removed) {
    removed.emplace(row.folder_id, row.entry.name);
  }
  std::set<std::string> images;
  for (const ChangedSession& session : batch_.sessions) {
    for (const BidsImage& image : session.study.images) {
      images.insert(image.path);
    }
  }
  Others others;
  for (const std::int64_t study : studies) {
    for (auto& [path, row] : store_.filesOfStudy(study)) {
      if (batch_.changed.count(path) == 0 && images.count(path) == 0 &&
          removed.count({row.folder_id, row.entry.name}) == 0) {
        others.emplace(path, std::move(row));
      }
    }
  }
  return others;
}

void BatchJob::write(const dicom::StudyCatalogue& found, const std::set<std::int64_t>& affected,
                     const Others& others) {
  Transaction transaction(database_);
  for (FolderRow& folder : batch_.folders) {
    folder.id = store_.putFolder(folder);
  }
  for (const std::int64_t study : affected) {
    store_.clearStudy(study);
  }
  for (const FileRow& row : batch_.removed) {
    store_.removeFile(row);
  }
  for (const FolderRow& folder : batch_.removed_folders) {
    store_.removeFolder(folder.id);
  }
  writeStudies(found, others);
  for (const ChangedSession& session : batch_.sessions) {
    writeSession(session);
  }
  writeSkipped(found, others);
  transaction.commit();
}

FileRow BatchJob::rowOf(const std::string& path, const Others& others) const {
  const auto other = others.find(path);
  if (other != others.end()) {
    return other->second;
  }
  const ChangedFile& file = batch_.changed.at(path);
  return {batch_.folders[file.folder].id, file.entry, std::nullopt};
}

void BatchJob::writeStudies(const dicom::StudyCatalogue& found, const Others& others) {
  for (const dicom::StudyEntry& entry : found.studies) {
    std::vector<FileRow> rows;
    std::uint64_t bytes = 0;
    for (const std::string& path : entry.paths) {
      rows.push_back(rowOf(path, others));
      bytes += static_cast<std::uint64_t>(rows.back().entry.size);
    }
    const std::int64_t id = store_.writeStudy(entry, bytes, key_);
    for (FileRow& row : rows) {
      row.study_id = id;
      store_.writeFile(row, "image", {});
    }
    ++studies_written_;
  }
}

void BatchJob::writeSession(const ChangedSession& session) {
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < session.files.size(); ++i) {
    const bool is_used = session.study.images[i].problem.empty();
    bytes += is_used ? static_cast<std::uint64_t>(session.files[i].size) : 0;
  }
  const bool is_study = !session.images.series.empty();
  const auto id =
      is_study ? std::optional(store_.writeBidsStudy(session.study, session.images, bytes, key_))
               : std::nullopt;
  for (std::size_t i = 0; i < session.files.size(); ++i) {
    const std::string& problem = session.study.images[i].problem;
    const std::int64_t folder = batch_.folders[session.folder].id;
    store_.writeFile({folder, session.files[i], problem.empty() ? id : std::nullopt},
                     problem.empty() ? "image" : "unreadable", problem);
  }
  studies_written_ += is_study ? 1 : 0;
}

void BatchJob::writeSkipped(const dicom::StudyCatalogue& found, const Others& others) {
  for (const dicom::SkippedFile& file : found.skipped) {
    FileRow row = rowOf(file.path, others);
    row.study_id.reset();
    store_.writeFile(row, isUnreadable(file) ? "unreadable" : "ignored", file.reason);
  }
  for (const auto& [path, file] : batch_.changed) {
    if (!file.problem.empty()) {
      store_.writeFile(rowOf(path, others), "unreadable", file.problem);
    }
  }
}

}  // namespace neurovasc::archive
