#include "neurovasc/archive/tables.h"

#include <chrono>

#include "database.h"
#include "neurovasc/archive/qc.h"
#include "neurovasc/core/version.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/run_json.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

/// Columns that each row of every table begins with.
constexpr const char* kCommonColumns =
    "s.key, p.key, s.surgery_order, s.days_after_surgery, j.version, j.options_hash";
/// What readers say (qc.h) comes behind these, from a table of its own.
constexpr std::size_t kQcColumns = 3;

std::vector<TableColumn> commonColumns(const std::string& table) {
  return {{table, "study", "", "the study's key"},
          {table, "patient", "", "the patient's key"},
          {table, "order", "", "pre, post, or order_unknown where no surgery is known"},
          {table, "days_after_surgery", "d", "negative before it"},
          {table, "version", "", "of the program that made the result"},
          {table, "options_hash", "", "the same for results made with the same options"},
          {table, "qc", "", "accept, unsure, reject: the strictest of the readers; empty: open"},
          {table, "qc_readers", "", "whose verdict that is"},
          {table, "qc_reason", "", "in their words"}};
}

std::vector<TableColumn> sideColumns() {
  const std::string t = "sides";
  return {{t, "side", "", "left, right"},
          {t, "finding", "", "compression, contact, no_contact, not_assessable"},
          {t, "nerve", "", "segmented, partial, not_found"},
          {t, "contacts", "", "vessels that come near, touching or not"},
          {t, "touching", "", "of them those that touch"},
          {t, "largest_probability", "", "of contact, over all vessels of the side"},
          {t, "smallest_distance_mm", "mm", "between the surfaces of nerve and nearest vessel"},
          {t, "largest_indentation_mm", "mm", "of the nerve by a vessel"},
          {t, "zones_not_assessable", "", "separated by commas"}};
}

std::vector<TableColumn> contactColumns() {
  const std::string t = "contacts";
  return {{t, "side", "", "left, right"},
          {t, "id", "", "L1, L2, R1... by arc length"},
          {t, "vessel_id", "", "one vessel may have several contacts"},
          {t, "vessel_kind", "", "artery, vein, unknown"},
          {t, "vessel_name", "", "VA, BA, AICA, PICA, SCA, vein of ..., unknown"},
          {t, "vessel_name_confidence", "", "0 to 1"},
          {t, "vessel_diameter_mm", "mm", "at this place"},
          {t, "distance_mm", "mm", "between the surfaces; 0 when they overlap"},
          {t, "distance_sd_mm", "mm", "standard deviation of distance_mm"},
          {t, "probability", "", "of contact, 0.01 to 0.99"},
          {t, "state", "", "touching, below_resolution, separate"},
          {t, "zone", "", "of the nerve"},
          {t, "arclength_mm", "mm", "along the nerve from the root exit point"},
          {t, "area_mm2", "mm2", "of nerve surface within 0.25 mm of the vessel"},
          {t, "length_mm", "mm", "of nerve along which that holds"},
          {t, "clock_h", "h", "direction of the vessel seen from the brainstem outward"},
          {t, "angle_deg", "deg", "between the axes"},
          {t, "indentation_mm", "mm", "of the nerve"},
          {t, "displacement_mm", "mm", "of the nerve's axis"},
          {t, "calibre_ratio", "", "calibre here over that 3 mm to either side"},
          {t, "campos_benitez", "", "grade"},
          {t, "sindou", "", "grade"}};
}

std::vector<TableColumn> comparisonColumns() {
  const std::string t = "comparisons";
  return {{t, "patient", "", "the patient's key"},
          {t, "earlier", "", "key of the earlier study"},
          {t, "later", "", "key of the later study"},
          {t, "earlier_order", "", "pre, post, or order_unknown where no surgery is known"},
          {t, "later_order", "", "likewise of the later study"},
          {t, "days_between", "d", "from the earlier study to the later"},
          {t, "version", "", "of the program that compared"},
          {t, "options_hash", "", "of the options and of both results"},
          {t, "side", "", "left, right; empty where the comparison failed"},
          {t, "outcome", "",
           "decompressed, residual_contact, new_contact, unchanged, no_contact, not_assessable"},
          {t, "findings", "", "what else was found, separated by commas"},
          {t, "resolved", "", "contacts of the earlier study that are no more"},
          {t, "persisting", "", "contacts that are there still, or moved along the nerve"},
          {t, "appeared", "", "contacts of the later study alone"},
          {t, "unclear", "", "contacts whose change is within the error, or was not seen"},
          {t, "reason", "", "why the comparison failed, a sentence"}};
}

std::vector<TableColumn> studyColumns() {
  const std::string t = "studies";
  return {{t, "study", "", "the study's key"},
          {t, "patient", "", "the patient's key"},
          {t, "state", "", "waiting, done, stale, failed, excluded, unreadable (a folder)"},
          {t, "exclusion", "", "no_t2, t2_too_thick, t2_geometry, no_tof, no_ce_t1, gone"},
          {t, "reason", "", "of an exclusion or failure, a sentence"},
          {t, "series", "", "number of series"},
          {t, "t2_voxel_mm", "mm", "coarsest side of the T2 series' voxel"},
          {t, "tof", "", "whether there is a time-of-flight series"},
          {t, "ce_t1", "", "whether there is a contrast-enhanced T1 series"},
          {t, "order", "", "pre, post, or order_unknown where no surgery is known"},
          {t, "days_after_surgery", "d", "negative before it"},
          {t, "files", "", "number of files"},
          {t, "bytes", "B", "of all files"}};
}

template <typename Item>
void append(std::vector<Item>& all, const std::vector<Item>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

/// Of a result that nobody judged (null): empty ones.
std::vector<std::string> qcCells(const QcState* qc) {
  return qc == nullptr
             ? std::vector<std::string>(kQcColumns)
             : std::vector<std::string>{std::string(name(qc->verdict)), qc->readers, qc->reason};
}

std::string headerOf(const std::string& table) {
  std::vector<std::string> cells;
  for (const TableColumn& column : tableColumns()) {
    if (column.table == table) {
      cells.push_back(column.column);
    }
  }
  return tableLine(cells);
}

/// The cells of columns @p from to @p to, the latter left out.
void appendCells(std::vector<std::string>& cells, const Statement& rows, std::size_t from,
                 std::size_t to) {
  for (std::size_t column = from; column < to; ++column) {
    cells.push_back(rows.text(static_cast<int>(column)));
  }
}

/// The rows of table @p table of the catalogue, joined with their studies and with what readers say
/// of them; its columns after the first (the key) follow the common ones.
std::string rowsOf(const Catalogue& catalogue, const std::string& table, const std::string& order,
                   TableContent content) {
  const auto judged = qcStates(catalogue);
  Statement rows = catalogue.database().prepare(
      "SELECT " + std::string(kCommonColumns) + ", t.* FROM " + table +
      " t JOIN jobs j ON j.key = t.job_key JOIN studies s ON s.key = t.job_key "
      "JOIN patients p ON p.id = s.patient_id ORDER BY p.key, s.day, s.key, " +
      order);
  const std::size_t common = commonColumns(table).size() - kQcColumns;
  const std::size_t all = common + 1 + (table == "sides" ? sideColumns() : contactColumns()).size();
  std::string text;
  while (rows.next()) {
    const auto qc = judged.find(rows.text(0));
    const bool is_accepted = qc != judged.end() && qc->second.verdict == QcVerdict::accept;
    if (content == TableContent::accepted && !is_accepted) {
      continue;
    }
    std::vector<std::string> cells;
    appendCells(cells, rows, 0, common);
    append(cells, qcCells(qc == judged.end() ? nullptr : &qc->second));
    appendCells(cells, rows, common + 1, all);
    text += tableLine(cells);
  }
  return text;
}

/// Those of studies that no reader accepted are left out with TableContent::accepted.
std::string comparisonRows(const Catalogue& catalogue, TableContent content) {
  const auto judged = qcStates(catalogue);
  const auto is_accepted = [&judged](const std::string& study) {
    const auto qc = judged.find(study);
    return qc != judged.end() && qc->second.verdict == QcVerdict::accept;
  };
  Statement rows = catalogue.database().prepare(
      "SELECT p.key, a.key, b.key, a.surgery_order, b.surgery_order, b.day - a.day, j.version, "
      "j.options_hash, t.side, t.outcome, t.findings, t.resolved, t.persisting, t.appeared, "
      "t.unclear, j.reason FROM jobs j JOIN studies a ON a.key = substr(j.key, 1, instr(j.key, "
      "'-') - 1) "
      "JOIN studies b ON b.key = substr(j.key, instr(j.key, '-') + 1) JOIN patients p ON p.id = "
      "a.patient_id LEFT JOIN compared_sides t "
      "ON t.job_key = j.key WHERE instr(j.key, '-') ORDER BY p.key, a.day, b.day, j.key, t.side");
  const std::size_t columns = comparisonColumns().size();
  std::string text;
  while (rows.next()) {
    std::vector<std::string> cells;
    appendCells(cells, rows, 0, columns);
    if (content == TableContent::all || (is_accepted(cells[1]) && is_accepted(cells[2]))) {
      text += tableLine(cells);
    }
  }
  return text;
}

std::string dictionary() {
  std::string text = tableLine({"table", "column", "unit", "meaning"});
  for (const TableColumn& column : tableColumns()) {
    text += tableLine({column.table, column.column, column.unit, column.meaning});
  }
  return text;
}

}  // namespace

const std::vector<TableColumn>& tableColumns() {
  static const std::vector<TableColumn> columns = [] {
    std::vector<TableColumn> all = studyColumns();
    append(all, commonColumns("sides"));
    append(all, sideColumns());
    append(all, commonColumns("contacts"));
    append(all, contactColumns());
    append(all, comparisonColumns());
    return all;
  }();
  return columns;
}

void exportTables(const Catalogue& catalogue, const Plan& plan, const std::filesystem::path& output,
                  bool overwrite, TableContent content) {
  result::StagedFolder folder(output, overwrite);
  result::RunRecord record;
  record.command = "archive export";
  record.started = std::chrono::system_clock::now();
  record.versions["neurovasc"] = version();
  folder.write("studies.tsv", planTsv(plan));
  folder.write("sides.tsv", headerOf("sides") + rowsOf(catalogue, "sides", "t.side", content));
  folder.write("contacts.tsv",
               headerOf("contacts") + rowsOf(catalogue, "contacts", "t.id", content));
  folder.write("comparisons.tsv", headerOf("comparisons") + comparisonRows(catalogue, content));
  folder.write("dictionary.tsv", dictionary());
  record.outputs = folder.files();
  folder.write(result::kRunFile, result::toJson(record));
  folder.publish();
}

}  // namespace neurovasc::archive
