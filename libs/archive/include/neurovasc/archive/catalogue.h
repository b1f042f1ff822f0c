#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/study.h"

/// Many studies, unattended: what there is (index), what can be done with it (plan), doing it
/// (run), and what came out (collect, tables). docs/archive.md describes the catalogue's tables.
///
/// Patients and studies are known by keyed hashes (result/site_key.h) alone; descriptions are
/// cleaned. Paths, and Study Instance UIDs of studies at a PACS, stand in the catalogue and in
/// manifests, which are made for their owner alone (mode 0600), and nowhere else.
namespace neurovasc::archive {

class Database;

/// Where a study is. One that has files and is at a PACS as well is taken from its files.
enum class StudySource { files, pacs };

std::string_view name(StudySource source);

/// A series as a catalogue keeps it. Of a study at a PACS only what a query told is known.
struct SeriesRow {
  std::string id;  ///< "s1", as `inspect` numbers them
  std::optional<int> number;
  std::string description;               ///< cleaned
  std::optional<SeriesRole> role;        ///< empty: only the images will tell
  bool chosen = false;                   ///< the best of its role
  std::optional<Resolution> resolution;  ///< empty: likewise
  std::optional<double> voxel_mm;        ///< the coarsest side, acquired where known
  std::optional<int> slices;             ///< at a PACS its images
  std::optional<int> missing_slices;
  std::string manufacturer;
  std::optional<double> field_strength_t;
  std::string file;  ///< path of the image of a BIDS session; empty for DICOM
  std::vector<SeriesProblem> problems;
};

/// When a study is with respect to surgery, known only from a surgery date or a table of pairs.
enum class SurgeryOrder { order_unknown, pre, post };

std::string_view name(SurgeryOrder order);

/// An examination.
struct StudyRow {
  std::int64_t id = 0;
  std::string key;          ///< 16 hexadecimal digits
  std::string patient_key;  ///< likewise
  /// Moved by a secret number of days that is one patient's own: only differences within a patient
  /// mean anything.
  std::optional<int> day;
  SurgeryOrder order = SurgeryOrder::order_unknown;
  std::optional<int> days_after_surgery;  ///< negative before it
  bool patient_unsure = false;  ///< two birth dates under one patient's number: no pair is made
  bool present = true;          ///< false: its files are gone, or it left the PACS
  StudySource source = StudySource::files;
  std::string pacs_node;    ///< of a study at a PACS: its name (pacs::nodeName())
  bool all_series = true;   ///< false: the PACS has more series than it told of
  std::string study_uid;    ///< likewise: by which it is fetched; identity, as a path may be
  std::size_t files = 0;    ///< at a PACS: images, as far as it tells
  std::uint64_t bytes = 0;  ///< at a PACS: 0
  std::vector<SeriesRow> series;

  /// The chosen series of a role, or null.
  const SeriesRow* chosen(SeriesRole role) const;
};

/// What could not be read, folder by folder: of folders full of damaged files one row remains.
struct UnreadableRow {
  std::string folder;  ///< or container; a path: for its owner's eyes
  std::string reason;  ///< of its first unreadable file
  std::size_t files = 0;
  bool holds_study = false;  ///< other files there could be read
};

struct CatalogueTotals {
  std::size_t patients = 0;
  std::size_t studies = 0;  ///< present ones
  std::size_t at_pacs = 0;  ///< of these, at a PACS alone
  std::size_t gone = 0;
  std::size_t series = 0;
  std::size_t files = 0;
  std::size_t ignored = 0;     ///< files of other kinds
  std::size_t unreadable = 0;  ///< files
};

/// In the key of a comparison, between those of the two studies.
inline constexpr char kBetweenKeys = '-';

/// How a job ended last.
enum class JobState { done, failed };

std::string_view name(JobState state);

/// The last outcome of a job, as `collect` read it from the output folder.
struct JobRow {
  std::string key;  ///< of the study; of a comparison "EARLIER-LATER"
  JobState state = JobState::failed;
  int attempts = 0;
  int exit_code = 0;
  std::string code;    ///< name of the error code, "crashed", "timed_out" or "out_of_memory"
  std::string reason;  ///< a sentence; empty when done
  std::string version;
  std::string options_hash;
  std::size_t input_files = 0;  ///< what the study was when it was run
  std::uint64_t input_bytes = 0;
  double seconds = 0;
  double peak_mib = 0;
  std::string folder;  ///< of the result; empty when there is none
};

/// The catalogue: one SQLite file with a write-ahead log.
///
/// Several programs may read while one writes; a writer waits half a minute for another one.
/// Older schemas are brought up to date when opened, each step in a transaction.
class Catalogue {
 public:
  enum class Access {
    read,
    write,
    make,  ///< as write, and makes the file (mode 0600) where it is absent
  };

  /// Throws Error(input_unreadable) where @p file is absent, no catalogue, damaged or of a newer
  /// program; Error(output_unwritable) on a network file system or where it cannot be written.
  Catalogue(const std::filesystem::path& file, Access access);
  ~Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  const std::filesystem::path& file() const { return file_; }

  /// What SQLite's integrity_check and foreign_key_check complain of; empty when sound.
  std::string integrityProblem() const;

  CatalogueTotals totals() const;

  /// Calls @p visit for each study, ordered by patient, day and key.
  void forEachStudy(const std::function<void(const StudyRow&)>& visit) const;

  std::optional<StudyRow> study(const std::string& key) const;

  /// Paths of a study's files in path order; of one inside a container "CONTAINER\tMEMBER".
  std::vector<std::string> filesOf(std::int64_t study_id) const;

  /// The folder (or container) that holds all files of a study and no file of another one at any
  /// depth; empty where there is none.
  std::string folderOf(std::int64_t study_id) const;

  std::vector<UnreadableRow> unreadable() const;

  /// Ordered by key.
  std::vector<JobRow> jobs() const;
  std::optional<JobRow> job(const std::string& key) const;

  /// For this library's own sources.
  Database& database() const { return *database_; }

 private:
  std::filesystem::path file_;
  std::unique_ptr<Database> database_;
};

}  // namespace neurovasc::archive
