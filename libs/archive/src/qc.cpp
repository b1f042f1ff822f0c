#include "neurovasc/archive/qc.h"

#include <set>
#include <utility>

#include "database.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/core/enum_names.h"
#include "neurovasc/core/error.h"
#include "table_lines.h"

namespace neurovasc::archive {
namespace {

constexpr EnumNames<QcVerdict, 3> kVerdicts{{{{QcVerdict::accept, "accept"},
                                              {QcVerdict::unsure, "unsure"},
                                              {QcVerdict::reject, "reject"}}}};
constexpr std::string_view kHexadecimal = "0123456789abcdef";
constexpr std::size_t kSha256Digits = 64;
/// A remark, not a letter.
constexpr std::size_t kMostReasonBytes = 1000;

const TableForm kForm{"qc.tsv",
                      {"study", "result", "verdict", "time", "reason"},
                      "Save it anew from the page of 'neurovasc archive report'."};

QcRow rowFrom(const std::vector<std::string>& cells, std::size_t line) {
  const auto verdict = kVerdicts.parse(cells[2]);
  if (cells[0].empty() || cells[0].find_first_not_of("0123456789abcdef-") != std::string::npos) {
    kForm.refuse(line, "study is no key of a study");
  }
  if (cells[1].size() != kSha256Digits ||
      cells[1].find_first_not_of(kHexadecimal) != std::string::npos) {
    kForm.refuse(line, "result is no SHA-256");
  }
  if (!verdict) {
    kForm.refuse(line, "verdict '" + cells[2] + "' is none of accept, unsure, reject");
  }
  if (!parseUtc(cells[3])) {
    kForm.refuse(line, "time is not written as 2026-11-21T09:35:00Z");
  }
  if (cells[4].size() > kMostReasonBytes) {
    kForm.refuse(line, "reason is longer than 1000 bytes");
  }
  return {cells[0], cells[1], *verdict, cells[3], cells[4], line};
}

/// The result that a study has now; nothing where it has none.
std::optional<std::string> resultOf(Statement& results, const std::string& study) {
  return results.bind(study).first([](const Statement& row) { return row.text(0); });
}

void join(std::string& list, const std::string& more, const char* separator) {
  if (!more.empty()) {
    list += (list.empty() ? "" : separator) + more;
  }
}

}  // namespace

std::string_view name(QcVerdict verdict) { return kVerdicts.name(verdict); }

std::vector<QcRow> qcFromTsv(std::string_view text) {
  std::vector<QcRow> rows;
  std::set<std::pair<std::string, std::string>> met;
  kForm.forEachLine(text, [&](const std::vector<std::string>& cells, std::size_t line) {
    rows.push_back(rowFrom(cells, line));
    if (!met.emplace(rows.back().study, rows.back().result).second) {
      kForm.refuse(line, "a second verdict on study " + rows.back().study);
    }
  });
  return rows;
}

QcSummary importQc(Catalogue& catalogue, const std::vector<QcRow>& rows,
                   const std::string& reader) {
  if (reader.empty() || reader.find_first_of("\t\r\n") != std::string::npos) {
    throw Error(ErrorCode::usage, "--reader: a reader has a name of one line");
  }
  Database& database = catalogue.database();
  Transaction transaction(database);
  Statement results = database.prepare("SELECT assessment_sha256 FROM results WHERE job_key = ?");
  Statement write = database.prepare(
      "INSERT INTO qc (job_key, result, reader, verdict, time, reason) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (job_key, result, reader) DO UPDATE SET verdict = excluded.verdict, "
      "time = excluded.time, reason = excluded.reason WHERE excluded.time > time RETURNING 1");
  QcSummary summary;
  for (const QcRow& row : rows) {
    ++summary.rows;
    const auto result = resultOf(results, row.study);
    if (!result) {
      kForm.refuse(row.line, "the catalogue has no result of study " + row.study);
    }
    summary.outdated += *result == row.result ? 0U : 1U;
    for (write.bind(row.study, row.result, reader, name(row.verdict), row.time, row.reason);
         write.next();) {
      ++summary.changed;
    }
  }
  transaction.commit();
  return summary;
}

std::map<std::string, QcState> qcStates(const Catalogue& catalogue) {
  std::map<std::string, QcState> states;
  // Opened for reading, a catalogue of an older program stays as it is.
  if (!catalogue.database().prepare("SELECT 1 FROM sqlite_master WHERE name = 'qc'").next()) {
    return states;
  }
  Statement rows = catalogue.database().prepare(
      "SELECT q.job_key, q.verdict, q.reader, q.reason FROM qc q JOIN results r ON "
      "r.job_key = q.job_key AND r.assessment_sha256 = q.result ORDER BY q.job_key, q.reader");
  while (rows.next()) {
    const QcVerdict verdict = kVerdicts.parse(rows.text(1)).value_or(QcVerdict::unsure);
    const auto [state, is_new] = states.try_emplace(rows.text(0), QcState{verdict, {}, {}});
    if (verdict > state->second.verdict) {
      state->second = {verdict, {}, {}};
    }
    if (verdict == state->second.verdict) {
      join(state->second.readers, rows.text(2), ", ");
      join(state->second.reason, rows.text(3), "; ");
    }
  }
  return states;
}

}  // namespace neurovasc::archive
