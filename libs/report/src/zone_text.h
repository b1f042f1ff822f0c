#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "text_layout.h"

namespace neurovasc::report {

/// A row per zone below a row of titles: zone, place, what was found, and what could have been seen
/// or why nothing could.
std::vector<Row> zoneRows(const SideAssessment& side);

/// The one reason why no zone could be assessed; empty where some could, or reasons differ.
std::string commonReason(const SideAssessment& side);

}  // namespace neurovasc::report
