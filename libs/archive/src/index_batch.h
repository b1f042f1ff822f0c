#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "bids_scan.h"
#include "database.h"
#include "index_store.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/task_pool.h"
#include "neurovasc/dicom/header_scan.h"
#include "neurovasc/result/site_key.h"
#include "tree.h"

namespace neurovasc::archive {

/// A file that is new or has changed.
struct ChangedFile {
  std::size_t folder = 0;  ///< in Batch::folders
  FileEntry entry;
  std::optional<std::int64_t> study_id;  ///< that it belonged to
  std::string problem;                   ///< why it could not be unpacked
};

/// A session of a BIDS dataset that is new or has changed.
struct ChangedSession {
  BidsStudy study;
  std::size_t folder = 0;        ///< in Batch::folders
  std::vector<FileEntry> files;  ///< of study.images
  Study images;                  ///< read by OpenBatch::read()
};

/// What a scan met since its last commit that is not as the catalogue has it.
struct Batch {
  std::vector<FolderRow> folders;
  std::vector<std::size_t> containers;                   ///< in folders: to be read whole
  std::unordered_map<std::string, ChangedFile> changed;  ///< by path, see IndexStore::filesOfStudy
  std::deque<ChangedSession> sessions;  ///< which stay where they are while they are read
  std::vector<FileRow> removed;
  std::vector<FolderRow> removed_folders;

  bool empty() const { return folders.empty() && removed.empty() && removed_folders.empty(); }
  std::size_t size() const { return folders.size() + changed.size() + removed.size(); }
};

/// A batch that is still collected, and the headers of its files, which are read meanwhile.
class OpenBatch {
 public:
  OpenBatch(TaskPool& pool, dicom::ScanOptions options, const StopToken& stop);

  Batch& batch() { return batch_; }
  dicom::HeaderScan& scan() { return scan_; }
  /// Has the headers of @p paths read at some time before finish() ends.
  void read(std::vector<std::string> paths);
  /// As well, of the images of a session of the batch.
  void read(ChangedSession& session);
  /// Throws Error(cancelled).
  void finish() { reading_.finish(); }

 private:
  const StopToken& stop_;
  Batch batch_;
  dicom::HeaderScan scan_;
  TaskPool::Group reading_;  // ends before what its tasks use
};

/// Writes what a batch says is new into the catalogue in one transaction.
class BatchJob {
 public:
  BatchJob(IndexStore& store, Database& database, const result::SiteKey& key, int threads,
           const StopToken& stop);

  /// A new batch, to be run after those opened before it.
  std::unique_ptr<OpenBatch> open();
  void run(OpenBatch& open);

  std::size_t filesRead() const { return files_read_; }
  std::size_t studiesWritten() const { return studies_written_; }

 private:
  using Others = std::unordered_map<std::string, FileRow>;

  void readContainers(dicom::HeaderScan& scan);
  void readMembers(const std::string& container, const std::set<std::string>* wanted,
                   std::size_t folder, dicom::HeaderScan& scan);
  void readOthers(const Others& others, dicom::HeaderScan& scan);
  std::set<std::int64_t> affectedBy(const dicom::StudyCatalogue& found);
  Others othersOf(const std::set<std::int64_t>& studies);
  void write(const dicom::StudyCatalogue& found, const std::set<std::int64_t>& affected,
             const Others& others);
  void writeStudies(const dicom::StudyCatalogue& found, const Others& others);
  void writeSession(const ChangedSession& session);
  void writeSkipped(const dicom::StudyCatalogue& found, const Others& others);
  FileRow rowOf(const std::string& path, const Others& others) const;

  IndexStore& store_;
  Database& database_;
  const result::SiteKey& key_;
  int threads_;
  const StopToken& stop_;
  TaskPool pool_;
  Batch batch_;
  std::size_t files_read_ = 0;
  std::size_t studies_written_ = 0;
};

}  // namespace neurovasc::archive
