#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "database.h"
#include "index_store.h"
#include "neurovasc/result/site_key.h"
#include "pacs_study.h"

namespace neurovasc::archive {

/// What the catalogue knows of a study at a PACS.
struct PacsStudyRow {
  std::string uid;
  std::string patient_key;
  std::optional<int> day;  ///< since 1970-01-01
  std::string told;
  bool present = false;
};

/// The rows that one PACS's index reads and writes. Each function that writes is a transaction.
class PacsStore {
 public:
  PacsStore(Database& database, std::string node);

  std::int64_t beginScan() { return store_.beginScan(node_); }
  void endScan(std::int64_t scan_id, std::size_t met, std::size_t asked) {
    store_.endScan(scan_id, met, asked);
  }

  std::vector<PacsStudyRow> studies(const result::SiteKey& key);
  void write(const PacsStudy& study, const result::SiteKey& key);
  /// It left the PACS, and stays known.
  void markGone(const std::string& study_uid);

 private:
  /// The study that has files or is at another PACS, or that of the patient here.
  std::int64_t studyFor(const PacsStudy& study, const std::optional<std::int64_t>& day);
  void writeSeries(const PacsStudy& study);

  Database& database_;
  std::string node_;
  IndexStore store_;
  Statement studies_, study_of_, elsewhere_, add_study_, update_study_, put_, drop_series_,
      add_series_, mark_gone_, fall_back_;
};

}  // namespace neurovasc::archive
