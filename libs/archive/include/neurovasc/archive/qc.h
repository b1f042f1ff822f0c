#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/archive/catalogue.h"

/// Readers' word on whether a result may be used.
namespace neurovasc::archive {

enum class QcVerdict { accept, unsure, reject };  ///< the stricter, the later

std::string_view name(QcVerdict verdict);

/// A line of qc.tsv, as the cohort page saves it.
struct QcRow {
  std::string study;   ///< key
  std::string result;  ///< SHA-256 of the assessment.json that was judged
  QcVerdict verdict = QcVerdict::unsure;
  std::string time;      ///< "2026-11-21T09:35:00Z"
  std::string reason;    ///< at most 1000 bytes; a reader's own words, which must name nobody
  std::size_t line = 0;  ///< in its table, for messages
};

/// Reads the columns study, result, verdict, time, reason. Throws Error(input_unreadable) naming
/// the line, also for a result that has two lines.
std::vector<QcRow> qcFromTsv(std::string_view text);

struct QcSummary {
  std::size_t rows = 0;
  std::size_t changed = 0;   ///< that were not in the catalogue, or differently
  std::size_t outdated = 0;  ///< on results that were made anew since: kept, but without effect
};

/// Puts @p rows into @p catalogue as the word of @p reader, all of them or none. Of two words of a
/// reader on one result the later one holds, so that the same file may be imported again. Throws
/// Error(input_unreadable) naming the line for a study that the catalogue has no
/// result of, Error(usage) without a reader's name.
QcSummary importQc(Catalogue& catalogue, const std::vector<QcRow>& rows, const std::string& reader);

/// What all readers together say of a result.
struct QcState {
  QcVerdict verdict = QcVerdict::unsure;  ///< the strictest
  std::string readers;                    ///< those of this verdict, "A, B"
  std::string reason;                     ///< theirs, "too much noise; wrong side"
};

/// By study key: of the results that the catalogue holds now. A result that was made anew is to be
/// judged anew.
std::map<std::string, QcState> qcStates(const Catalogue& catalogue);

}  // namespace neurovasc::archive
