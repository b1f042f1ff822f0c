#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/review.h"

namespace neurovasc::report {

/// One row per contact, tab-separated, with a header row; units stand in the column names
/// (gap_mm, clock_h). What was not measured is an empty cell. Columns are those of
/// dataDictionaryTsv(), in that order.
std::string contactsTsv(const Assessment& assessment);

/// One row per side.
std::string sidesTsv(const Assessment& assessment);

/// One row per reader and contact, what the program and the reader say of it side by side; a row
/// without contact for a side that holds none.
std::string reviewsTsv(const std::vector<ReviewedAssessment>& reviews);

/// What each column of all tables means: table, column, unit, meaning.
std::string dataDictionaryTsv();

}  // namespace neurovasc::report
