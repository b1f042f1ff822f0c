#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bids_scan.h"
#include "database.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/result/site_key.h"
#include "tree.h"

namespace neurovasc::archive {

/// A file's row in the catalogue.
struct FileRow {
  std::int64_t folder_id = 0;
  FileEntry entry;
  std::optional<std::int64_t> study_id;
  bool is_unreadable = false;
};

/// A folder's row, or that of a container, whose members are its files.
struct FolderRow {
  std::int64_t id = 0;  ///< 0: not in the catalogue yet
  std::string path;
  bool is_container = false;
  std::int64_t size = 0;      ///< of a container
  std::int64_t mtime_ns = 0;  ///< of a container
  std::string problem;
};

/// The rows that a scan reads and writes.
class IndexStore {
 public:
  explicit IndexStore(Database& database);

  /// Of files, or of the PACS @p node.
  std::int64_t beginScan(const std::optional<std::string>& node = {});
  void endScan(std::int64_t scan_id, std::size_t met, std::size_t read);

  std::optional<FolderRow> folder(const std::string& path);
  /// All folders at or below @p root.
  std::vector<FolderRow> foldersBelow(const std::string& root);
  /// Writes a folder's row and returns its id.
  std::int64_t putFolder(const FolderRow& folder);
  void removeFolder(std::int64_t folder_id);

  std::vector<FileRow> filesIn(std::int64_t folder_id);

  std::optional<std::int64_t> studyId(const std::string& key);
  /// Of the patient, who is added where not known yet.
  std::int64_t patientId(const dicom::StudyKeys& keys);
  /// By the path under which a scan reads them: of members "CONTAINER\tMEMBER".
  std::unordered_map<std::string, FileRow> filesOfStudy(std::int64_t study_id);

  /// A study's files are about to be written anew: until then it has none, and is at a PACS at
  /// best.
  void clearStudy(std::int64_t study_id);
  std::int64_t writeStudy(const dicom::StudyEntry& entry, std::uint64_t bytes,
                          const result::SiteKey& key);
  /// As writeStudy(); each of @p images, the study's series, is a file of its own.
  std::int64_t writeBidsStudy(const BidsStudy& study, const Study& images, std::uint64_t bytes,
                              const result::SiteKey& key);
  /// Whether the session's row says the same of its days as @p study.
  bool hasDaysOf(const BidsStudy& study, const result::SiteKey& key);
  void writeFile(const FileRow& row, const char* state, const std::string& reason);
  void removeFile(const FileRow& row);

 private:
  /// Moved by the patient's secret number of days.
  struct Days {
    std::optional<std::int64_t> scan;
    std::optional<std::int64_t> surgery;
  };

  static Days movedDays(const dicom::StudyKeys& keys, std::optional<int> scan,
                        std::optional<int> surgery, const result::SiteKey& key);
  std::int64_t putStudy(const dicom::StudyKeys& keys, const Days& days, std::size_t files,
                        std::uint64_t bytes);
  void writeSeries(std::int64_t study_id, const Study& study, bool in_files);

  Database& database_;
  Statement find_folder_, folders_below_, put_folder_, drop_folder_, files_in_, find_study_,
      days_of_study_, put_study_, clear_study_, fall_back_, free_files_, drop_series_, add_series_,
      add_problem_, put_file_, drop_file_, add_patient_, find_patient_, mark_patient_,
      files_of_study_;
};

}  // namespace neurovasc::archive
