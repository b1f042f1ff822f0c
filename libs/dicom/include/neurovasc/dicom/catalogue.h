#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"

/// DICOM MR studies in and out. Coordinates are LPS mm as in DICOM itself.
///
/// Who the patient is never leaves this library: catalogues number patients, series descriptions
/// are cleaned (description.h), and dates become days. Only writeSourceHeaders()
/// (source_headers.h) keeps identity, in files of its own.
namespace neurovasc::dicom {

/// A file that was not used, and why, in a phrase: "not a DICOM file", "truncated: ...".
struct SkippedFile {
  std::string path;  ///< as it was given: the folder as typed and the path within it
  std::string reason;
  bool damaged = false;  ///< else it is of another kind: no MR image, and none is missed
};

/// When and of whom an examination is, to reckon between two places within one run of a program. It
/// is written nowhere.
struct StudyOrigin {
  std::optional<int> day;        ///< since 1970-01-01
  std::size_t patient_hash = 0;  ///< equal for one patient; 0: not known
};

/// Keyed hashes that tell patients and examinations apart from run to run without naming them.
struct StudyKeys {
  std::string patient;
  std::string study;
  std::string birth_date;  ///< empty where no file of the examination has one
  std::string uid;         ///< of the Study Instance UID alone, whoever the patient is said to be
};

/// What an examination is known by where there are no files of it, as from a PACS; UTF-8.
struct ExaminationIdentity {
  std::string patient_id;
  std::string patient_name;  ///< counts where there is no patient_id
  std::string birth_date;    ///< YYYYMMDD, or empty
  std::string study_uid;
};

/// One examination.
struct StudyEntry {
  Study study;
  int number = 0;                       ///< 1, 2... in the catalogue
  int patient_number = 0;               ///< 1, 2... in the order of first appearance
  std::optional<int> days_since_first;  ///< since this patient's first study here
  StudyOrigin origin;
  std::size_t files = 0;
  StudyKeys keys;                  ///< empty unless ScanOptions::pseudonym is given
  std::vector<std::string> paths;  ///< of its files, whether a series uses them or not; likewise
};

/// Everything found at a path. Studies are ordered by patient, then by date.
struct StudyCatalogue {
  std::vector<StudyEntry> studies;
  std::vector<SkippedFile> skipped;  ///< in path order
  std::size_t files = 0;             ///< looked at, DICOMDIRs not counted
  int patients = 0;
};

struct ScanOptions {
  int threads = 0;  ///< 0: one per processor
  /// Roles given by hand, by series id ("s2") or series number ("5"); they hold in every study.
  std::map<std::string, SeriesRole> role_overrides;
  /// Makes a keyed hash of an identity. It is given a text that begins with what it names:
  /// "patient", "study" or "birth", a line end, then the identity; see patientText().
  std::function<std::string(std::string_view)> pseudonym = {};
};

/// Throws Error(usage) naming the option.
void validate(const ScanOptions& options);

/// Finds the MR studies at @p path: a folder of mixed files at any depth, one file, or a DICOMDIR
/// (whose records are followed; met inside a folder it is passed over in favour of the files).
///
/// Reads headers only. Series are split by orientation, matrix, echo, image type and repetition
/// (the parts become Series of their own), slices are sorted along their normal on a regular grid
/// in which missing slices keep their place. Series of different studies or patients never meet.
/// What cannot be used is listed in StudyCatalogue::skipped; with nothing usable the catalogue is
/// empty. The result does not depend on the order of the files or on the number of threads.
///
/// Throws Error(input_unreadable) when @p path is absent, Error(usage) when an override fits no
/// series, Error(cancelled).
StudyCatalogue scanStudies(const std::filesystem::path& path, const ScanOptions& options = {},
                           const Progress& progress = {});

/// The keys that the examination's files would get, if no other patient has this number.
StudyKeys studyKeys(const ExaminationIdentity& identity,
                    const std::function<std::string(std::string_view)>& pseudonym);

/// What ScanOptions::pseudonym is given of the patient with the number (or without one, the name)
/// @p id: for those who know patients from elsewhere, as from a table.
std::string patientText(std::string_view id);

}  // namespace neurovasc::dicom
