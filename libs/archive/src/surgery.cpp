#include "neurovasc/archive/surgery.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "database.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

/// A table of a header and rows, of which two columns are read.
class TwoColumns {
 public:
  TwoColumns(const fs::path& file, const std::string& first_name, const std::string& second_name)
      : in_(file), name_(file.filename().string()) {
    const std::vector<std::string> header = nextCells().value_or(std::vector<std::string>{});
    first_ = columnOf(header, first_name);
    second_ = columnOf(header, second_name);
  }

  /// Steps to the next row; false at the end.
  bool next() {
    const auto cells = nextCells();
    if (!cells) {
      return false;
    }
    if (cells->size() <= std::max(first_, second_)) {
      refuse("has too few columns");
    }
    first = (*cells)[first_];
    second = (*cells)[second_];
    return true;
  }

  [[noreturn]] void refuse(const std::string& cause) const {
    throw Error(ErrorCode::input_unreadable,
                name_ + ", line " + std::to_string(line_) + ": " + cause,
                "The table is tab-separated, with a header line; see docs/archive.md.");
  }

  std::string first;
  std::string second;

 private:
  std::optional<std::vector<std::string>> nextCells() {
    std::string line;
    if (!std::getline(in_, line)) {
      return std::nullopt;
    }
    ++line_;
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    return tableCells(line);
  }

  std::size_t columnOf(const std::vector<std::string>& header, const std::string& column) const {
    const auto found = std::find(header.begin(), header.end(), column);
    if (found == header.end()) {
      refuse("there is no column " + column);
    }
    return static_cast<std::size_t>(found - header.begin());
  }

  std::ifstream in_;
  std::string name_;
  std::size_t line_ = 0;
  std::size_t first_ = 0;
  std::size_t second_ = 0;
};

/// What a table's participant may be called in DICOM headers.
std::vector<std::string> numbersOf(const std::string& participant) {
  std::vector<std::string> numbers = {participant};
  if (participant.rfind("sub-", 0) == 0) {
    numbers.push_back(participant.substr(4));
  }
  return numbers;
}

}  // namespace

std::size_t importSurgeries(Catalogue& catalogue, const result::SiteKey& key,
                            const fs::path& table) {
  TwoColumns rows(table, "participant_id", "surgery_date");
  Transaction transaction(catalogue.database());
  catalogue.database().execute("DELETE FROM surgeries");
  Statement insert = catalogue.database().prepare("INSERT OR IGNORE INTO surgeries VALUES (?, ?)");
  std::size_t count = 0;
  while (rows.next()) {
    if (rows.second.empty() || rows.second == "n/a") {
      continue;
    }
    const auto day = parseDay(rows.second);
    if (!day) {
      rows.refuse("surgery_date is no day such as 2025-02-03");
    }
    for (const std::string& number : numbersOf(rows.first)) {
      const std::string patient = key.hash(dicom::patientText(number));
      insert.run(patient, *day + key.dayShift(patient));
    }
    ++count;
  }
  transaction.commit();
  applySurgeryOrder(catalogue);
  return count;
}

std::size_t importPairs(Catalogue& catalogue, const fs::path& table) {
  TwoColumns rows(table, "pre", "post");
  Transaction transaction(catalogue.database());
  catalogue.database().execute("DELETE FROM pairs");
  Statement insert = catalogue.database().prepare("INSERT OR IGNORE INTO pairs VALUES (?, ?)");
  std::size_t count = 0;
  while (rows.next()) {
    if (rows.first == rows.second) {
      rows.refuse("pre and post are one study");
    }
    insert.run(rows.first, rows.second);
    ++count;
  }
  transaction.commit();
  applySurgeryOrder(catalogue);
  return count;
}

void applySurgeryOrder(Catalogue& catalogue) {
  Transaction transaction(catalogue.database());
  // Written only where something changes, so that a scan without news leaves the file as it is.
  catalogue.database().execute(R"sql(
    CREATE TEMP TABLE dated AS
    SELECT patient_key, day FROM surgeries
    UNION SELECT p.key, s.surgery_day FROM studies s JOIN patients p ON p.id = s.patient_id
    WHERE s.surgery_day IS NOT NULL;
    CREATE INDEX temp.dated_by_patient ON dated (patient_key, day);
    CREATE TEMP TABLE ordered AS
    SELECT s.id, s.key, iif(p.birth_conflict, NULL, s.day - coalesce(
        (SELECT max(o.day) FROM dated o WHERE o.patient_key = p.key AND o.day <= s.day),
        (SELECT min(o.day) FROM dated o WHERE o.patient_key = p.key))) AS days
    FROM studies s JOIN patients p ON p.id = s.patient_id;
    CREATE TEMP TABLE told AS
    SELECT id, days, CASE
        WHEN key IN (SELECT pre_key FROM pairs) THEN 'pre'
        WHEN key IN (SELECT post_key FROM pairs) THEN 'post'
        WHEN days < 0 THEN 'pre' WHEN days > 0 THEN 'post' ELSE 'order_unknown' END AS word
    FROM ordered;
    UPDATE studies SET surgery_order = t.word, days_after_surgery = t.days FROM told t
    WHERE t.id = studies.id AND (studies.surgery_order <> t.word
                                 OR studies.days_after_surgery IS NOT t.days);
    DROP TABLE dated;
    DROP TABLE ordered;
    DROP TABLE told;
  )sql");
  transaction.commit();
}

}  // namespace neurovasc::archive
