#pragma once

#include <string>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// From where to where the nerve is followed, its landmarks and calibre. Nothing is measured on a
/// series too thick for it.
std::string nerveText(const SideAssessment& side, bool too_thick);

}  // namespace neurovasc::report
