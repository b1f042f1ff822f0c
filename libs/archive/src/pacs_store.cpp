#include "pacs_store.h"

#include <utility>

#include "neurovasc/core/assessment.h"
#include "pacs_copies.h"

namespace neurovasc::archive {

PacsStore::PacsStore(Database& database, std::string node)
    : database_(database),
      node_(std::move(node)),
      store_(database),
      studies_(database.prepare(
          "SELECT study_uid, patient_key, day, told, present FROM pacs_studies WHERE node = ?")),
      study_of_(
          database.prepare("SELECT study_id FROM pacs_studies WHERE node = ? AND study_uid = ?")),
      elsewhere_(database.prepare(
          "SELECT s.id FROM studies s WHERE s.uid_key = ?1 AND ((s.source = 'files' AND s.present) "
          "OR EXISTS (SELECT 1 FROM pacs_studies p WHERE p.study_id = s.id AND p.present AND "
          "p.node <> ?2)) ORDER BY s.source, s.key LIMIT 1")),
      add_study_(database.prepare(
          "INSERT INTO studies (key, patient_id, day, present, files, bytes, source, uid_key) "
          "VALUES (?, ?, ?, 0, 0, 0, 'pacs', ?) RETURNING id")),
      update_study_(database.prepare("UPDATE studies SET patient_id = ?1, day = ?2, uid_key = ?3 "
                                     "WHERE id = ?4 AND NOT (source = 'files' AND present)")),
      put_(database.prepare(
          "INSERT INTO pacs_studies (node, study_uid, study_id, patient_key, day, told, images, "
          "all_series, "
          "present) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT (node, study_uid) DO UPDATE SET "
          "study_id = excluded.study_id, patient_key = excluded.patient_key, day = excluded.day, "
          "told = excluded.told, images = excluded.images, all_series = excluded.all_series, "
          "present = 1")),
      drop_series_(database.prepare("DELETE FROM pacs_series WHERE node = ? AND study_uid = ?")),
      add_series_(database.prepare(
          "INSERT INTO pacs_series (node, study_uid, id, number, description, role, chosen, "
          "resolution, voxel_mm, images, manufacturer, field_strength_t) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")),
      mark_gone_(
          database.prepare("UPDATE pacs_studies SET present = 0 WHERE node = ? AND study_uid = ?")),
      fall_back_(database.prepare(kFallBackToPacs)) {}

std::vector<PacsStudyRow> PacsStore::studies(const result::SiteKey& key) {
  std::vector<PacsStudyRow> rows;
  studies_.bind(node_);
  while (studies_.next()) {
    PacsStudyRow row{
        studies_.text(0), studies_.text(1), {}, studies_.text(3), studies_.integer(4) != 0};
    if (const auto moved = studies_.maybeInteger(2)) {
      row.day = static_cast<int>(*moved) - key.dayShift(row.patient_key);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::int64_t PacsStore::studyFor(const PacsStudy& study, const std::optional<std::int64_t>& day) {
  const auto id_of = [](const Statement& row) { return row.integer(0); };
  if (const auto known = elsewhere_.bind(study.keys.uid, node_).first(id_of)) {
    return *known;
  }
  const std::int64_t patient = store_.patientId(study.keys);
  if (const auto known = store_.studyId(study.keys.study)) {
    update_study_.run(patient, day, study.keys.uid, *known);
    return *known;
  }
  return add_study_.bind(study.keys.study, patient, day, study.keys.uid).first(id_of).value();
}

void PacsStore::write(const PacsStudy& study, const result::SiteKey& key) {
  Transaction transaction(database_);
  const std::optional<std::int64_t> day =
      study.day ? std::optional<std::int64_t>(*study.day + key.dayShift(study.keys.patient))
                : std::nullopt;
  const std::int64_t id = studyFor(study, day);
  put_.run(node_, study.uid, id, study.keys.patient, day, study.told, study.images,
           study.all_series);
  writeSeries(study);
  fall_back_.run(id);
  transaction.commit();
}

void PacsStore::writeSeries(const PacsStudy& study) {
  drop_series_.run(node_, study.uid);
  for (const SeriesRow& series : study.series) {
    const auto role = series.role ? std::optional<std::string>(name(*series.role)) : std::nullopt;
    const auto resolution =
        series.resolution ? std::optional<std::string>(name(*series.resolution)) : std::nullopt;
    add_series_.run(node_, study.uid, series.id, series.number, series.description, role,
                    series.chosen, resolution, series.voxel_mm, series.slices, series.manufacturer,
                    series.field_strength_t);
  }
}

void PacsStore::markGone(const std::string& study_uid) {
  Transaction transaction(database_);
  const auto id =
      study_of_.bind(node_, study_uid).first([](const Statement& row) { return row.integer(0); });
  mark_gone_.run(node_, study_uid);
  if (id) {
    fall_back_.run(*id);
  }
  transaction.commit();
}

}  // namespace neurovasc::archive
