#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/archive/plan.h"

namespace neurovasc::archive {

/// A column of an exported table.
struct TableColumn {
  std::string table;    ///< "sides"
  std::string column;   ///< "smallest_distance_mm"
  std::string unit;     ///< "mm", or empty
  std::string meaning;  ///< a sentence
};

/// The data dictionary, in the order of tables and columns.
const std::vector<TableColumn>& tableColumns();

/// Which results an export holds.
enum class TableContent {
  all,
  accepted,  ///< those that a reader accepted, and none rejected or was unsure of (qc.h)
};

/// Writes studies.tsv (one row per study, whatever became of it), sides.tsv, contacts.tsv and
/// dictionary.tsv into the new folder @p output, with run.json. Rows carry version and options hash
/// of their result, and what readers say of it. studies.tsv holds all studies always. What was not
/// measured is an empty cell. Throws Error(output_unwritable).
void exportTables(const Catalogue& catalogue, const Plan& plan, const std::filesystem::path& output,
                  bool overwrite, TableContent content = TableContent::all);

}  // namespace neurovasc::archive
