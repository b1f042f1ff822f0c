#include "neurovasc/dicom/catalogue.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <set>
#include <tuple>
#include <utility>

#include "catalogue_builder.h"
#include "codecs.h"
#include "file_list.h"
#include "frame_header.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"
#include "origin.h"
#include "study_builder.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

/// One examination's files. Without a patient's number or name each examination counts as another
/// patient: better told apart than mixed.
struct Examination {
  std::string patient_key;
  std::string study_uid;
  std::string date;
  std::vector<const FileHeader*> files;
};

/// Patients' birth dates by number or name. One number with two birth dates is two patients; a date
/// that some files lack, as when a workstation drops it, makes none.
class Patients {
 public:
  explicit Patients(const std::vector<const FileHeader*>& headers) {
    for (const FileHeader* header : headers) {
      if (header->problem.empty() && !header->identity.birth_date.empty()) {
        births_[header->identity.patient_key].insert(header->identity.birth_date);
      }
    }
  }

  std::string keyOf(const Identity& identity) const {
    const auto births = births_.find(identity.patient_key);
    const bool ambiguous = births != births_.end() && births->second.size() > 1;
    return ambiguous ? identity.patient_key + "\n" + identity.birth_date : identity.patient_key;
  }

 private:
  std::map<std::string, std::set<std::string>> births_;
};

std::vector<Examination> examinations(const std::vector<const FileHeader*>& headers) {
  const Patients patients(headers);
  std::map<std::pair<std::string, std::string>, std::size_t> index;
  std::vector<Examination> out;
  for (const FileHeader* header : headers) {
    if (!header->problem.empty()) {
      continue;
    }
    const Identity& identity = header->identity;
    const std::string patient = patients.keyOf(identity);
    const auto [found, is_new] = index.try_emplace({patient, identity.study_uid}, out.size());
    if (is_new) {
      out.push_back({patient, identity.study_uid, identity.study_date, {}});
    }
    out[found->second].files.push_back(header);
  }
  return out;
}

/// What stands for a patient of whom neither number nor name is known.
std::string withoutPatient(const std::string& study_uid) { return "\n" + study_uid; }

/// Patients in the order in which they are first met.
std::map<std::string, int> numberPatients(std::vector<Examination>& examinations) {
  std::map<std::string, int> numbers;
  for (Examination& examination : examinations) {
    if (examination.patient_key.empty()) {
      examination.patient_key = withoutPatient(examination.study_uid);
    }
    numbers.try_emplace(examination.patient_key, static_cast<int>(numbers.size()) + 1);
  }
  return numbers;
}

StudyKeys keysOf(const std::string& patient_key, const std::string& study_uid,
                 const std::string& birth_date,
                 const std::function<std::string(std::string_view)>& pseudonym) {
  StudyKeys keys;
  keys.patient = pseudonym(patientText(patient_key));
  keys.study = pseudonym("study\n" + patient_key + "\n" + study_uid);
  keys.birth_date = birth_date.empty() ? "" : pseudonym("birth\n" + birth_date);
  keys.uid = study_uid.empty() ? "" : pseudonym("uid\n" + study_uid);
  return keys;
}

StudyKeys keysOf(const Examination& examination, const ScanOptions& options) {
  std::string birth_date;
  for (const FileHeader* file : examination.files) {
    birth_date = birth_date.empty() ? file->identity.birth_date : birth_date;
  }
  return keysOf(examination.patient_key, examination.study_uid, birth_date, options.pseudonym);
}

std::vector<std::string> pathsOf(const Examination& examination) {
  std::vector<std::string> paths;
  for (const FileHeader* file : examination.files) {
    paths.push_back(file->path);
  }
  return paths;
}

std::vector<StudyEntry> buildEntries(std::vector<Examination> found, const ScanOptions& options,
                                     const Progress& progress, std::vector<std::string>& used) {
  const std::map<std::string, int> patients = numberPatients(found);
  std::stable_sort(found.begin(), found.end(), [&](const Examination& a, const Examination& b) {
    return std::tuple(patients.at(a.patient_key), a.date) <
           std::tuple(patients.at(b.patient_key), b.date);
  });
  std::vector<StudyEntry> entries;
  std::map<int, int> first_day;
  for (const Examination& examination : found) {
    progress.stop().throwIfStopped();
    StudyEntry entry;
    entry.number = static_cast<int>(entries.size()) + 1;
    entry.patient_number = patients.at(examination.patient_key);
    entry.files = examination.files.size();
    entry.study = buildStudy(examination.files, options.role_overrides, used);
    entry.origin = originFrom(examination.patient_key, examination.date);
    if (options.pseudonym) {
      entry.keys = keysOf(examination, options);
      entry.paths = pathsOf(examination);
    }
    if (const auto day = entry.origin.day) {
      entry.days_since_first =
          *day - first_day.try_emplace(entry.patient_number, *day).first->second;
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void checkOverrides(const ScanOptions& options, const StudyCatalogue& catalogue,
                    const std::vector<std::string>& used) {
  for (const auto& [key, role] : options.role_overrides) {
    if (!catalogue.studies.empty() && std::find(used.begin(), used.end(), key) == used.end()) {
      throw Error(ErrorCode::usage, "no series \"" + key + "\" to give a role to",
                  "Name a series by its id or number as `neurovasc inspect` lists them.");
    }
  }
}

}  // namespace

void validate(const ScanOptions& options) {
  if (options.threads < 0) {
    throw Error(ErrorCode::usage, "threads is negative", "Give 0 for one per processor, or more.");
  }
  if (options.role_overrides.count("") > 0) {
    throw Error(ErrorCode::usage, "a role is given to a series without a name",
                "Write it as s2=tof or 5=tof.");
  }
}

std::vector<const FileHeader*> pointersTo(const std::vector<FileHeader>& headers) {
  std::vector<const FileHeader*> pointers;
  pointers.reserve(headers.size());
  for (const FileHeader& header : headers) {
    pointers.push_back(&header);
  }
  return pointers;
}

std::vector<FileHeader> readHeaders(const std::vector<std::string>& files, int threads,
                                    const Progress& progress) {
  std::vector<FileHeader> headers(files.size());
  std::mutex mutex;
  std::size_t done = 0;
  parallelFor(files.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      progress.stop().throwIfStopped();
      headers[i] = readHeader(files[i]);
    }
    const std::lock_guard<std::mutex> lock(mutex);
    done += end - begin;
    progress.report("scan", static_cast<double>(done) / static_cast<double>(files.size()),
                    "reading headers");
  });
  return headers;
}

StudyKeys studyKeys(const ExaminationIdentity& identity,
                    const std::function<std::string(std::string_view)>& pseudonym) {
  const std::string_view id = trimmed(identity.patient_id);
  const std::string patient = lowered(id.empty() ? trimmed(identity.patient_name) : id);
  const std::string uid(trimmed(identity.study_uid));
  return keysOf(patient.empty() ? withoutPatient(uid) : patient, uid,
                std::string(trimmed(identity.birth_date)), pseudonym);
}

std::string patientText(std::string_view id) { return "patient\n" + lowered(id); }

StudyCatalogue catalogueOf(const std::vector<const FileHeader*>& headers,
                           const ScanOptions& options, const Progress& progress) {
  StudyCatalogue catalogue;
  catalogue.files = headers.size();
  for (const FileHeader* header : headers) {
    if (!header->problem.empty()) {
      catalogue.skipped.push_back({header->path, header->problem, !isOtherKind(header->problem)});
    }
  }
  std::vector<std::string> used;
  catalogue.studies = buildEntries(examinations(headers), options, progress, used);
  for (const StudyEntry& entry : catalogue.studies) {
    catalogue.patients = std::max(catalogue.patients, entry.patient_number);
  }
  checkOverrides(options, catalogue, used);
  return catalogue;
}

StudyCatalogue scanStudies(const std::filesystem::path& path, const ScanOptions& options,
                           const Progress& progress) {
  validate(options);
  registerCodecs();
  FileList list = listFiles(path, progress);
  const std::vector<FileHeader> headers = readHeaders(list.files, options.threads, progress);
  StudyCatalogue catalogue = catalogueOf(pointersTo(headers), options, progress);
  catalogue.skipped.insert(catalogue.skipped.end(), std::make_move_iterator(list.skipped.begin()),
                           std::make_move_iterator(list.skipped.end()));
  std::stable_sort(catalogue.skipped.begin(), catalogue.skipped.end(),
                   [](const auto& a, const auto& b) { return a.path < b.path; });
  return catalogue;
}

}  // namespace neurovasc::dicom
