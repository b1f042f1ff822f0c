#include "neurovasc/archive/index.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "bids_scan.h"
#include "index_batch.h"
#include "index_store.h"
#include "neurovasc/archive/surgery.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "pacs_copies.h"
#include "tree.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

bool isUnchanged(const FileEntry& a, const FileEntry& b) {
  return a.size == b.size && a.mtime_ns == b.mtime_ns;
}

/// Compares what a walk meets with what the catalogue knows, and hands on the difference in
/// batches. Headers are read by other threads while this one walks; a batch is written when the one
/// after it is full, so that there is always something to read meanwhile.
class Indexer {
 public:
  Indexer(Catalogue& catalogue, const result::SiteKey& key, const IndexOptions& options,
          const Progress& progress)
      : key_(key),
        bids_(key),
        store_(catalogue.database()),
        job_(store_, catalogue.database(), key, options.threads, progress.stop()),
        batch_files_(options.batch_files),
        progress_(progress),
        open_(job_.open()) {}

  IndexSummary run(const std::vector<fs::path>& roots) {
    const std::int64_t scan = store_.beginScan();
    for (const fs::path& root : roots) {
      walkTree(
          root, [this](const FolderListing& listing) { visit(listing); }, progress_.stop());
      noteGone(fs::canonical(root));
    }
    flush();
    writeFull();
    summary_.files_read = job_.filesRead();
    summary_.studies_changed = job_.studiesWritten();
    store_.endScan(scan, summary_.files_met, summary_.files_read);
    progress_.report("index", 1, text());
    return summary_;
  }

 private:
  std::string text() const {
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - started_;
    const double rate = static_cast<double>(summary_.files_met) / std::max(spent.count(), 1e-3);
    return std::to_string(summary_.files_met) + " files, " + std::to_string(job_.filesRead()) +
           " read, " + fixedDecimals(rate, 0) + " files/s";
  }

  void visit(const FolderListing& listing) {
    const std::string path = listing.path.string();
    met_.insert(path);
    const auto known = store_.folder(path);
    std::vector<FileEntry> files;
    for (const FileEntry& entry : listing.files) {
      if (isContainerName(entry.name)) {
        visitContainer((listing.path / entry.name).string(), entry);
      } else {
        files.push_back(entry);
      }
    }
    summary_.files_met += listing.files.size();
    const std::string problem = bids_.enter(listing);
    FolderRow folder{known ? known->id : 0,
                     path,
                     false,
                     0,
                     0,
                     listing.problem.empty() ? problem : listing.problem};
    std::vector<ChangedFile> changed = changedIn(folder, files, listing);
    const auto session = changedSession(folder, files, changed, listing.path);
    if (session || !changed.empty() || (known ? known->problem : std::string()) != folder.problem) {
      addFolder(std::move(folder), std::move(changed));
    }
    if (session) {
      addSession(*session);
    }
    if (batch().size() >= batch_files_) {
      flush();
    }
  }

  /// The files of @p folder that are not as they were. What a folder does not show is gone, unless
  /// not all of it was asked for or could be seen.
  std::vector<ChangedFile> changedIn(const FolderRow& folder, const std::vector<FileEntry>& files,
                                     const FolderListing& listing) {
    std::unordered_map<std::string, FileRow> before;
    for (FileRow& row : folder.id == 0 ? std::vector<FileRow>{} : store_.filesIn(folder.id)) {
      before.emplace(row.entry.name, std::move(row));
    }
    std::vector<ChangedFile> changed;
    for (const FileEntry& entry : files) {
      const auto row = before.find(entry.name);
      if (row == before.end()) {
        changed.push_back({0, entry, {}, {}});
        continue;
      }
      if (!isUnchanged(row->second.entry, entry)) {
        changed.push_back({0, entry, row->second.study_id, {}});
      }
      before.erase(row);
    }
    if (!listing.is_partial && listing.problem.empty()) {
      for (auto& [name, row] : before) {
        batch().removed.push_back(std::move(row));
        ++summary_.files_gone;
      }
    }
    return changed;
  }

  void addFolder(FolderRow folder, std::vector<ChangedFile> changed) {
    const std::string prefix = folder.path + (folder.path == "/" ? "" : "/");
    std::vector<std::string> paths;
    for (ChangedFile& file : changed) {
      file.folder = batch().folders.size();
      std::string path = prefix + file.entry.name;
      // Roots may hold each other: no file is read twice.
      if (batch().changed.insert_or_assign(path, std::move(file)).second) {
        paths.push_back(std::move(path));
      }
    }
    batch().folders.push_back(std::move(folder));
    open_->read(std::move(paths));
  }

  /// The session whose images lie in @p folder, where it is not as the catalogue has it; its files
  /// are then taken out of @p changed.
  std::optional<ChangedSession> changedSession(FolderRow& folder,
                                               const std::vector<FileEntry>& files,
                                               std::vector<ChangedFile>& changed,
                                               const fs::path& path) {
    const BidsStudy* study = bids_.studyIn(path);
    if (study == nullptr) {
      return std::nullopt;
    }
    ChangedSession session;
    session.study = *study;
    for (const BidsImage& image : study->images) {
      const std::string name = fs::path(image.path).filename().string();
      const auto file = std::find_if(files.begin(), files.end(), [&name](const FileEntry& entry) {
        return entry.name == name;
      });
      if (file == files.end()) {
        folder.problem = "images that lead nowhere, as of a dataset that is not there in full";
        return std::nullopt;
      }
      session.files.push_back(*file);
    }
    if (changed.empty() && isKnown(session, folder)) {
      return std::nullopt;
    }
    changed.erase(std::remove_if(changed.begin(), changed.end(),
                                 [&session](const ChangedFile& file) {
                                   return contains(session.files, file.entry);
                                 }),
                  changed.end());
    return session;
  }

  static bool contains(const std::vector<FileEntry>& files, const FileEntry& wanted) {
    return std::any_of(files.begin(), files.end(),
                       [&wanted](const FileEntry& file) { return file.name == wanted.name; });
  }

  /// Whether the catalogue has this session with these images and days.
  bool isKnown(const ChangedSession& session, const FolderRow& folder) {
    const auto id = store_.studyId(session.study.keys.study);
    for (const FileRow& row : store_.filesIn(folder.id)) {
      const bool is_image = contains(session.files, row.entry);
      const bool is_of_session = id && row.study_id == id;
      if (is_image != (is_of_session || (is_image && row.is_unreadable))) {
        return false;
      }
    }
    return !id || store_.hasDaysOf(session.study, key_);
  }

  /// Of the folder added last.
  void addSession(const ChangedSession& session) {
    batch().sessions.push_back(session);
    batch().sessions.back().folder = batch().folders.size() - 1;
    open_->read(batch().sessions.back());
  }

  void visitContainer(const std::string& path, const FileEntry& entry) {
    met_.insert(path);
    const auto known = store_.folder(path);
    if (known && known->size == entry.size && known->mtime_ns == entry.mtime_ns) {
      return;
    }
    if (known) {
      forgetFiles(*known);
    }
    batch().containers.push_back(batch().folders.size());
    batch().folders.push_back({known ? known->id : 0, path, true, entry.size, entry.mtime_ns, {}});
    // A container's size says how much there is to read in one go.
    if (batch().containers.size() >= kMostContainers) {
      flush();
    }
  }

  void forgetFiles(const FolderRow& folder) {
    for (FileRow& row : store_.filesIn(folder.id)) {
      batch().removed.push_back(std::move(row));
      ++summary_.files_gone;
    }
  }

  void noteGone(const fs::path& root) {
    for (const FolderRow& folder : store_.foldersBelow(root.string())) {
      if (met_.count(folder.path) == 0) {
        forgetFiles(folder);
        batch().removed_folders.push_back(folder);
      }
    }
  }

  Batch& batch() { return open_->batch(); }

  void flush() {
    if (!batch().empty()) {
      writeFull();
      full_ = std::exchange(open_, job_.open());
    }
    progress_.report("index", 0, text());
  }

  void writeFull() {
    if (const std::unique_ptr<OpenBatch> full = std::move(full_)) {
      job_.run(*full);
    }
  }

  /// A study is often a container of its own, with some hundred members.
  static constexpr std::size_t kMostContainers = 16;

  const result::SiteKey& key_;
  BidsScan bids_;
  IndexStore store_;
  BatchJob job_;
  std::size_t batch_files_;
  const Progress& progress_;
  std::unique_ptr<OpenBatch> open_;
  std::unique_ptr<OpenBatch> full_;
  std::unordered_set<std::string> met_;
  IndexSummary summary_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace

void validate(const IndexOptions& options) {
  if (options.threads < 0) {
    throw Error(ErrorCode::usage, "threads is negative", "Give 0 for one per processor, or more.");
  }
  if (options.batch_files == 0) {
    throw Error(ErrorCode::usage, "batch_files is 0", "Give 1 or more.");
  }
}

IndexSummary indexArchive(Catalogue& catalogue, const std::vector<fs::path>& roots,
                          const result::SiteKey& key, const IndexOptions& options,
                          const Progress& progress) {
  validate(options);
  if (roots.empty()) {
    throw Error(ErrorCode::usage, "no folder to index", "Name one or more.");
  }
  IndexSummary summary = Indexer(catalogue, key, options, progress).run(roots);
  joinCopies(catalogue.database());
  applySurgeryOrder(catalogue);
  summary.totals = catalogue.totals();
  return summary;
}

}  // namespace neurovasc::archive
