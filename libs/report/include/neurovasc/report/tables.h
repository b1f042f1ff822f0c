#pragma once

#include <string>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// One row per contact, tab-separated, with a header row; units stand in the column names
/// (gap_mm, clock_h). What was not measured is an empty cell. Columns are those of
/// dataDictionaryTsv(), in that order.
std::string contactsTsv(const Assessment& assessment);

/// One row per side.
std::string sidesTsv(const Assessment& assessment);

/// What each column of both tables means: table, column, unit, meaning.
std::string dataDictionaryTsv();

}  // namespace neurovasc::report
