#include "neurovasc/archive/catalogue.h"

#include <algorithm>

#include "database.h"
#include "file_system.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/enum_names.h"
#include "neurovasc/core/error.h"
#include "private_file.h"
#include "schema.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

constexpr EnumNames<SurgeryOrder, 3> kOrders{{{{SurgeryOrder::order_unknown, "order_unknown"},
                                               {SurgeryOrder::pre, "pre"},
                                               {SurgeryOrder::post, "post"}}}};
constexpr EnumNames<JobState, 2> kStates{
    {{{JobState::done, "done"}, {JobState::failed, "failed"}}}};

constexpr EnumNames<StudySource, 2> kSources{
    {{{StudySource::files, "files"}, {StudySource::pacs, "pacs"}}}};

/// The value up to @p last whose name is @p text, else @p fallback, which
/// is what a newer program's names become.
template <typename Enum>
Enum named(const std::string& text, Enum last, Enum fallback) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (name(static_cast<Enum>(i)) == text) {
      return static_cast<Enum>(i);
    }
  }
  return fallback;
}

Database::Access accessOf(Catalogue::Access access) {
  return access == Catalogue::Access::read    ? Database::Access::read
         : access == Catalogue::Access::write ? Database::Access::write
                                              : Database::Access::make;
}

std::unique_ptr<Database> opened(const fs::path& file, Catalogue::Access access) {
  const bool is_there = fs::exists(file);
  if (!is_there && access != Catalogue::Access::make) {
    throw Error(ErrorCode::input_unreadable, file.string() + " does not exist",
                "Make the catalogue with 'neurovasc archive index ROOT... --catalog FILE'.");
  }
  const fs::path folder = fs::absolute(file).parent_path();
  if (access != Catalogue::Access::read) {
    requireLocal(folder);
  }
  const PrivateFiles here;
  auto database = std::make_unique<Database>(file, accessOf(access));
  if (access == Catalogue::Access::read || !isEmpty(*database)) {
    requireCatalogue(*database, file);
  }
  if (access == Catalogue::Access::read && schemaOf(*database) < schemaVersion()) {
    opened(file, Catalogue::Access::write);
  }
  if (access != Catalogue::Access::read) {
    // Flushed at each commit: what a job's row says is on the disk.
    database->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    migrate(*database);
  }
  database->execute("PRAGMA foreign_keys = ON");
  return database;
}

constexpr std::string_view kStudyColumns =
    "SELECT s.id, s.key, p.key, s.day, s.surgery_order, s.days_after_surgery, "
    "p.birth_conflict, s.present, s.files, s.bytes, s.source FROM studies s JOIN patients p ON "
    "p.id = "
    "s.patient_id ";

std::optional<int> asInt(const std::optional<std::int64_t>& value) {
  return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
}

StudyRow studyOf(const Statement& row) {
  StudyRow study;
  study.id = row.integer(0);
  study.key = row.text(1);
  study.patient_key = row.text(2);
  study.day = asInt(row.maybeInteger(3));
  study.order = kOrders.parse(row.text(4)).value_or(SurgeryOrder::order_unknown);
  study.days_after_surgery = asInt(row.maybeInteger(5));
  study.patient_unsure = row.integer(6) != 0;
  study.present = row.integer(7) != 0;
  study.files = static_cast<std::size_t>(row.integer(8));
  study.bytes = static_cast<std::uint64_t>(row.integer(9));
  study.source = kSources.parse(row.text(10)).value_or(StudySource::files);
  return study;
}

SeriesRow seriesOf(const Statement& row) {
  SeriesRow series;
  series.id = row.text(0);
  series.number = asInt(row.maybeInteger(1));
  series.description = row.text(2);
  if (!row.isNull(3)) {
    series.role = parseSeriesRole(row.text(3)).value_or(SeriesRole::other);
  }
  series.chosen = row.integer(4) != 0;
  if (!row.isNull(5)) {
    series.resolution = named(row.text(5), Resolution::too_thick, Resolution::too_thick);
  }
  series.voxel_mm = row.maybeReal(6);
  series.slices = asInt(row.maybeInteger(7));
  series.missing_slices = asInt(row.maybeInteger(8));
  series.manufacturer = row.text(9);
  series.field_strength_t = row.maybeReal(10);
  series.file = row.text(11);
  return series;
}

/// Reads the series of one study after another with two prepared statements.
class SeriesReader {
 public:
  explicit SeriesReader(const Database& database)
      : series_(database.prepare(
            "SELECT id, number, description, role, chosen, resolution, voxel_mm, slices, "
            "missing_slices, manufacturer, field_strength_t, file FROM series WHERE study_id = ? "
            "ORDER BY CAST(substr(id, 2) AS INTEGER)")),
        problems_(database.prepare(
            "SELECT kind, text FROM series_problems WHERE study_id = ? AND series_id = ? "
            "ORDER BY rowid")),
        place_(database.prepare(
            "SELECT node, study_uid, all_series FROM pacs_studies WHERE study_id = ? "
            "ORDER BY present DESC, node, study_uid LIMIT 1")),
        told_(database.prepare(
            "SELECT id, number, description, role, chosen, resolution, voxel_mm, images, NULL, "
            "manufacturer, field_strength_t, NULL FROM pacs_series WHERE node = ? AND study_uid = "
            "? ORDER BY CAST(substr(id, 2) AS INTEGER)")) {}

  void readInto(StudyRow& study) {
    study.source == StudySource::pacs ? readTold(study) : readRead(study);
  }

 private:
  void readTold(StudyRow& study) {
    place_.bind(study.id).first([&study](const Statement& row) {
      study.pacs_node = row.text(0);
      study.study_uid = row.text(1);
      study.all_series = row.integer(2) != 0;
      return true;
    });
    told_.bind(study.pacs_node, study.study_uid);
    while (told_.next()) {
      study.series.push_back(seriesOf(told_));
    }
  }

  void readRead(StudyRow& study) {
    series_.bind(study.id);
    while (series_.next()) {
      SeriesRow series = seriesOf(series_);
      problems_.bind(study.id, series.id);
      while (problems_.next()) {
        series.problems.push_back({named(problems_.text(0), SeriesProblemKind::shear,
                                         SeriesProblemKind::unreadable_files),
                                   problems_.text(1)});
      }
      study.series.push_back(std::move(series));
    }
  }

  Statement series_;
  Statement problems_;
  Statement place_;
  Statement told_;
};

JobRow jobOf(const Statement& row) {
  JobRow job;
  job.key = row.text(0);
  job.state = kStates.parse(row.text(1)).value_or(JobState::failed);
  job.attempts = static_cast<int>(row.integer(2));
  job.exit_code = static_cast<int>(row.integer(3));
  job.code = row.text(4);
  job.reason = row.text(5);
  job.version = row.text(6);
  job.options_hash = row.text(7);
  job.input_files = static_cast<std::size_t>(row.integer(8));
  job.input_bytes = static_cast<std::uint64_t>(row.integer(9));
  job.seconds = row.real(10);
  job.peak_mib = row.real(11);
  job.folder = row.text(12);
  return job;
}

constexpr std::string_view kJobColumns =
    "SELECT key, state, attempts, exit_code, code, reason, version, options_hash, input_files, "
    "input_bytes, seconds, peak_mib, folder FROM jobs ";

std::size_t count(const Database& database, std::string_view sql) {
  Statement statement = database.prepare(sql);
  return statement.next() ? static_cast<std::size_t>(statement.integer(0)) : 0;
}

/// The longest folder that all of @p paths lie in.
fs::path commonFolder(const std::vector<std::string>& paths) {
  fs::path common = paths.front();
  for (const std::string& path : paths) {
    const fs::path other(path);
    const auto ends = std::mismatch(common.begin(), common.end(), other.begin(), other.end());
    fs::path shared;
    for (auto part = common.begin(); part != ends.first; ++part) {
      shared /= *part;
    }
    common = shared;
  }
  return common;
}

}  // namespace

std::string_view name(SurgeryOrder order) { return kOrders.name(order); }
std::string_view name(JobState state) { return kStates.name(state); }
std::string_view name(StudySource source) { return kSources.name(source); }

const SeriesRow* StudyRow::chosen(SeriesRole role) const {
  const auto found = std::find_if(series.begin(), series.end(), [role](const SeriesRow& s) {
    return s.chosen && s.role == role;
  });
  return found == series.end() ? nullptr : &*found;
}

Catalogue::Catalogue(const fs::path& file, Access access)
    : file_(file), database_(opened(file, access)) {}

Catalogue::~Catalogue() = default;

std::string Catalogue::integrityProblem() const {
  Statement integrity = database_->prepare("PRAGMA integrity_check(1)");
  if (integrity.next() && integrity.text(0) != "ok") {
    return integrity.text(0);
  }
  Statement keys = database_->prepare("PRAGMA foreign_key_check");
  return keys.next() ? "a row of " + keys.text(0) + " refers to nothing" : std::string();
}

CatalogueTotals Catalogue::totals() const {
  CatalogueTotals totals;
  totals.patients =
      count(*database_, "SELECT count(DISTINCT patient_id) FROM studies WHERE present");
  totals.studies = count(*database_, "SELECT count(*) FROM studies WHERE present");
  totals.at_pacs =
      count(*database_, "SELECT count(*) FROM studies WHERE present AND source = 'pacs'");
  totals.gone = count(*database_, "SELECT count(*) FROM studies WHERE NOT present");
  totals.series =
      count(*database_, "SELECT count(*) FROM series") +
      count(*database_,
            "SELECT count(*) FROM pacs_series q JOIN pacs_studies p USING (node, study_uid) "
            "JOIN studies s ON s.id = p.study_id WHERE p.present AND s.source = 'pacs'");
  totals.files = count(*database_, "SELECT count(*) FROM files");
  totals.ignored = count(*database_, "SELECT count(*) FROM files WHERE state = 'ignored'");
  totals.unreadable = count(*database_, "SELECT count(*) FROM files WHERE state = 'unreadable'") +
                      count(*database_, "SELECT count(*) FROM folders WHERE reason IS NOT NULL");
  return totals;
}

void Catalogue::forEachStudy(const std::function<void(const StudyRow&)>& visit) const {
  Statement rows = database_->prepare(std::string(kStudyColumns) + "ORDER BY p.key, s.day, s.key");
  SeriesReader series(*database_);
  while (rows.next()) {
    StudyRow study = studyOf(rows);
    series.readInto(study);
    visit(study);
  }
}

std::optional<StudyRow> Catalogue::study(const std::string& key) const {
  Statement rows = database_->prepare(std::string(kStudyColumns) + "WHERE s.key = ?");
  if (!rows.bind(key).next()) {
    return std::nullopt;
  }
  StudyRow study = studyOf(rows);
  SeriesReader(*database_).readInto(study);
  return study;
}

std::vector<std::string> Catalogue::filesOf(std::int64_t study_id) const {
  Statement rows = database_->prepare(
      "SELECT d.path || iif(d.container, char(9), '/') || f.name FROM files f "
      "JOIN folders d ON d.id = f.folder_id WHERE f.study_id = ? ORDER BY 1");
  rows.bind(study_id);
  std::vector<std::string> files;
  while (rows.next()) {
    files.push_back(rows.text(0));
  }
  return files;
}

std::string Catalogue::folderOf(std::int64_t study_id) const {
  Statement own = database_->prepare(
      "SELECT DISTINCT d.path FROM files f JOIN folders d ON d.id = f.folder_id "
      "WHERE f.study_id = ?");
  own.bind(study_id);
  std::vector<std::string> folders;
  while (own.next()) {
    folders.push_back(own.text(0));
  }
  if (folders.empty()) {
    return {};
  }
  const std::string common = commonFolder(folders).string();
  // '0' comes after '/': all paths that begin with "common/".
  Statement others = database_->prepare(
      "SELECT 1 FROM folders d JOIN files f ON f.folder_id = d.id WHERE (d.path = ?1 OR "
      "(d.path > ?1 || '/' AND d.path < ?1 || '0')) AND f.study_id <> ?2 LIMIT 1");
  return others.bind(common, study_id).next() ? std::string() : common;
}

std::vector<UnreadableRow> Catalogue::unreadable() const {
  std::vector<UnreadableRow> found;
  Statement rows = database_->prepare(
      "SELECT d.path, coalesce(d.reason, min(f.reason)), count(f.name), "
      "EXISTS (SELECT 1 FROM files g WHERE g.folder_id = d.id AND g.study_id IS NOT NULL) "
      "FROM folders d LEFT JOIN files f ON f.folder_id = d.id AND f.state = 'unreadable' "
      "WHERE d.reason IS NOT NULL OR f.state = 'unreadable' GROUP BY d.id ORDER BY d.path");
  while (rows.next()) {
    found.push_back({rows.text(0), rows.text(1), static_cast<std::size_t>(rows.integer(2)),
                     rows.integer(3) != 0});
  }
  return found;
}

std::vector<JobRow> Catalogue::jobs() const {
  std::vector<JobRow> jobs;
  for (Statement rows = database_->prepare(std::string(kJobColumns) + "ORDER BY key");
       rows.next();) {
    jobs.push_back(jobOf(rows));
  }
  return jobs;
}

std::optional<JobRow> Catalogue::job(const std::string& key) const {
  Statement rows = database_->prepare(std::string(kJobColumns) + "WHERE key = ?");
  return rows.bind(key).next() ? std::optional<JobRow>(jobOf(rows)) : std::nullopt;
}

}  // namespace neurovasc::archive
