#pragma once

#include <vector>

#include "neurovasc/core/assessment.h"
#include "text_layout.h"

namespace neurovasc::report {

/// A row per series below a row of titles: id, description, role, voxels, what it was used as.
/// Empty without series.
std::vector<Row> seriesTable(const Assessment& assessment);

/// A row per registration below a row of titles: series, correction, quality, error, verdict. Empty
/// without one.
std::vector<Row> registrationTable(const Assessment& assessment);

}  // namespace neurovasc::report
