#pragma once

#include <vector>

#include "neurovasc/core/assessment.h"
#include "report_tree.h"

namespace neurovasc::interop {

/// The gap between nerve and vessel with its sd.
Measure gapOf(const Contact& contact);

/// Everything measured of a contact, the gap first.
std::vector<Measure> measuresOf(const Contact& contact);

}  // namespace neurovasc::interop
