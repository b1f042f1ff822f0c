#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/review.h"

namespace neurovasc::report {

/// One row per contact, tab-separated, with a header row; units stand in the column names
/// (gap_mm, clock_h). What was not measured is an empty cell. Columns are those of
/// dataDictionaryTsv(), in that order.
///
/// The program's contacts first; then, for each of @p reviews, the contacts that stand after it,
/// with the reader's name in the last column, which is empty in the program's own rows.
std::string contactsTsv(const Assessment& assessment,
                        const std::vector<ReviewedAssessment>& reviews = {});

/// One row per side, likewise.
std::string sidesTsv(const Assessment& assessment,
                     const std::vector<ReviewedAssessment>& reviews = {});

/// One row per reader and contact, what the program and the reader say of it side by side; a row
/// without contact for a side that holds none.
std::string reviewsTsv(const std::vector<ReviewedAssessment>& reviews);

/// What each column of all tables means: table, column, unit, meaning.
std::string dataDictionaryTsv();

}  // namespace neurovasc::report
