#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// What was looked at and how well it can be trusted, a paragraph each.
std::vector<std::string> techniqueParagraphs(const Assessment& assessment);

}  // namespace neurovasc::report
