#include "index_store.h"

#include <chrono>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/core/version.h"
#include "pacs_copies.h"

namespace neurovasc::archive {
namespace {

bool isChosen(const Study& study, std::size_t index) {
  return study.cisternography == index || study.tof == index || study.ce_t1 == index;
}

std::string now() { return utcText(std::chrono::system_clock::now()); }

std::int64_t idOf(const Statement& row) { return row.integer(0); }

FileRow fileOf(const Statement& row) {
  return {row.integer(0),
          {row.text(1), row.integer(2), row.integer(3)},
          row.maybeInteger(4),
          row.integer(5) != 0};
}

FolderRow folderOf(const Statement& row) {
  return {row.integer(0), row.text(1),    row.integer(2) != 0,
          row.integer(3), row.integer(4), row.text(5)};
}

constexpr const char* kFolderColumns =
    "SELECT id, path, container, size, mtime_ns, reason FROM folders ";

}  // namespace

IndexStore::IndexStore(Database& database)
    : database_(database),
      find_folder_(database.prepare(std::string(kFolderColumns) + "WHERE path = ?")),
      // '0' comes after '/': all paths that begin with "root/".
      folders_below_(
          database.prepare(std::string(kFolderColumns) +
                           "WHERE path = ?1 OR (path > ?1 || '/' AND path < ?1 || '0')")),
      put_folder_(database.prepare(
          "INSERT INTO folders (path, container, size, mtime_ns, reason) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (path) DO UPDATE SET container = excluded.container, size = excluded.size, "
          "mtime_ns = excluded.mtime_ns, reason = excluded.reason RETURNING id")),
      drop_folder_(database.prepare("DELETE FROM folders WHERE id = ?")),
      files_in_(database.prepare(
          "SELECT folder_id, name, size, mtime_ns, study_id, state = 'unreadable' FROM files "
          "WHERE folder_id = ?")),
      find_study_(database.prepare("SELECT id FROM studies WHERE key = ?")),
      days_of_study_(
          database.prepare("SELECT day, surgery_day FROM studies WHERE key = ? AND present")),
      put_study_(database.prepare(
          "INSERT INTO studies (key, patient_id, day, surgery_day, present, files, bytes, uid_key) "
          "VALUES (?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
          "patient_id = excluded.patient_id, day = excluded.day, "
          "surgery_day = excluded.surgery_day, present = 1, source = 'files', "
          "uid_key = excluded.uid_key, "
          "files = excluded.files, bytes = excluded.bytes RETURNING id")),
      clear_study_(
          database.prepare("UPDATE studies SET present = 0, files = 0, bytes = 0 WHERE id = ?")),
      fall_back_(database.prepare(kFallBackToPacs)),
      free_files_(database.prepare("UPDATE files SET study_id = NULL WHERE study_id = ?")),
      drop_series_(database.prepare("DELETE FROM series WHERE study_id = ?")),
      add_series_(
          database.prepare("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      add_problem_(database.prepare("INSERT INTO series_problems VALUES (?, ?, ?, ?)")),
      put_file_(database.prepare(
          "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (folder_id, name) DO UPDATE "
          "SET size = excluded.size, mtime_ns = excluded.mtime_ns, state = excluded.state, "
          "reason = excluded.reason, study_id = excluded.study_id")),
      drop_file_(database.prepare("DELETE FROM files WHERE folder_id = ? AND name = ?")),
      add_patient_(
          database.prepare("INSERT INTO patients (key) VALUES (?) ON CONFLICT (key) DO NOTHING")),
      find_patient_(database.prepare("SELECT id FROM patients WHERE key = ?")),
      mark_patient_(database.prepare(
          "UPDATE patients SET birth_conflict = birth_conflict OR (birth_key IS NOT NULL AND "
          "birth_key <> ?1), birth_key = coalesce(birth_key, ?1) WHERE id = ?2")),
      files_of_study_(database.prepare(
          "SELECT f.folder_id, f.name, f.size, f.mtime_ns, f.study_id, f.state = 'unreadable', "
          "d.path || iif(d.container, char(9), '/') || f.name "
          "FROM files f JOIN folders d ON d.id = f.folder_id WHERE f.study_id = ?")) {}

std::int64_t IndexStore::beginScan(const std::optional<std::string>& node) {
  database_.prepare("INSERT INTO scans (started, version, node) VALUES (?, ?, ?)")
      .run(now(), std::string(version()), node);
  return database_.lastRow();
}

void IndexStore::endScan(std::int64_t scan_id, std::size_t met, std::size_t read) {
  database_.prepare("UPDATE scans SET ended = ?, files_met = ?, files_read = ? WHERE id = ?")
      .run(now(), static_cast<std::int64_t>(met), static_cast<std::int64_t>(read), scan_id);
}

std::optional<FolderRow> IndexStore::folder(const std::string& path) {
  return find_folder_.bind(path).first(folderOf);
}

std::vector<FolderRow> IndexStore::foldersBelow(const std::string& root) {
  std::vector<FolderRow> folders;
  folders_below_.bind(root);
  while (folders_below_.next()) {
    folders.push_back(folderOf(folders_below_));
  }
  return folders;
}

std::int64_t IndexStore::putFolder(const FolderRow& folder) {
  const auto reason =
      folder.problem.empty() ? std::nullopt : std::optional<std::string>(folder.problem);
  return put_folder_.bind(folder.path, folder.is_container, folder.size, folder.mtime_ns, reason)
      .first(idOf)
      .value();
}

void IndexStore::removeFolder(std::int64_t folder_id) { drop_folder_.run(folder_id); }

std::vector<FileRow> IndexStore::filesIn(std::int64_t folder_id) {
  std::vector<FileRow> files;
  files_in_.bind(folder_id);
  while (files_in_.next()) {
    files.push_back(fileOf(files_in_));
  }
  return files;
}

std::optional<std::int64_t> IndexStore::studyId(const std::string& key) {
  return find_study_.bind(key).first(idOf);
}

std::unordered_map<std::string, FileRow> IndexStore::filesOfStudy(std::int64_t study_id) {
  std::unordered_map<std::string, FileRow> files;
  files_of_study_.bind(study_id);
  while (files_of_study_.next()) {
    files.emplace(files_of_study_.text(6), fileOf(files_of_study_));
  }
  return files;
}

void IndexStore::clearStudy(std::int64_t study_id) {
  free_files_.run(study_id);
  drop_series_.run(study_id);
  clear_study_.run(study_id);
  fall_back_.run(study_id);
}

std::int64_t IndexStore::patientId(const dicom::StudyKeys& keys) {
  add_patient_.run(keys.patient);
  const std::int64_t id = find_patient_.bind(keys.patient).first(idOf).value();
  if (!keys.birth_date.empty()) {
    mark_patient_.run(keys.birth_date, id);
  }
  return id;
}

std::int64_t IndexStore::writeStudy(const dicom::StudyEntry& entry, std::uint64_t bytes,
                                    const result::SiteKey& key) {
  const Days days = movedDays(entry.keys, entry.origin.day, std::nullopt, key);
  const std::int64_t id = putStudy(entry.keys, days, entry.files, bytes);
  writeSeries(id, entry.study, false);
  return id;
}

std::int64_t IndexStore::writeBidsStudy(const BidsStudy& study, const Study& images,
                                        std::uint64_t bytes, const result::SiteKey& key) {
  const Days days = movedDays(study.keys, study.day, study.surgery_day, key);
  const std::int64_t id = putStudy(study.keys, days, images.series.size(), bytes);
  writeSeries(id, images, true);
  return id;
}

bool IndexStore::hasDaysOf(const BidsStudy& study, const result::SiteKey& key) {
  const Days days = movedDays(study.keys, study.day, study.surgery_day, key);
  return days_of_study_.bind(study.keys.study)
      .first([&days](const Statement& row) {
        return row.maybeInteger(0) == days.scan && row.maybeInteger(1) == days.surgery;
      })
      .value_or(false);
}

IndexStore::Days IndexStore::movedDays(const dicom::StudyKeys& keys, std::optional<int> scan,
                                       std::optional<int> surgery, const result::SiteKey& key) {
  const auto moved = [&](std::optional<int> day) {
    return day ? std::optional<std::int64_t>(*day + key.dayShift(keys.patient)) : std::nullopt;
  };
  return {moved(scan), moved(surgery)};
}

std::int64_t IndexStore::putStudy(const dicom::StudyKeys& keys, const Days& days, std::size_t files,
                                  std::uint64_t bytes) {
  return put_study_
      .bind(keys.study, patientId(keys), days.scan, days.surgery, static_cast<std::int64_t>(files),
            static_cast<std::int64_t>(bytes),
            keys.uid.empty() ? std::nullopt : std::optional<std::string>(keys.uid))
      .first(idOf)
      .value();
}

void IndexStore::writeSeries(std::int64_t study_id, const Study& study, bool in_files) {
  drop_series_.run(study_id);
  for (std::size_t i = 0; i < study.series.size(); ++i) {
    const Series& series = study.series[i];
    const std::optional<std::int64_t> number = series.number;
    add_series_.run(
        study_id, series.id, number, series.description, name(series.role), isChosen(study, i),
        name(series.resolution), coarsestVoxelMm(series),
        static_cast<std::int64_t>(series.frames.size()),
        static_cast<std::int64_t>(series.missing_slices.size()), series.acquisition.manufacturer,
        series.acquisition.field_strength_t,
        in_files ? std::optional<std::string>(series.frames.front().path) : std::nullopt);
    for (const SeriesProblem& problem : series.problems) {
      add_problem_.run(study_id, series.id, name(problem.kind), problem.text);
    }
  }
}

void IndexStore::writeFile(const FileRow& row, const char* state, const std::string& reason) {
  put_file_.run(row.folder_id, row.entry.name, row.entry.size, row.entry.mtime_ns, state,
                reason.empty() ? std::nullopt : std::optional<std::string>(reason), row.study_id);
}

void IndexStore::removeFile(const FileRow& row) { drop_file_.run(row.folder_id, row.entry.name); }

}  // namespace neurovasc::archive
