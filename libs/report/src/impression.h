#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// Left against right: calibre, nearest vessel, contact.
std::vector<std::string> comparisonSentences(const Assessment& assessment);

/// What was found on one side and what could not be seen there.
std::string findingText(const SideAssessment& side);

/// What was found on each side and what could not be seen, a paragraph each.
std::vector<std::string> impressionParagraphs(const Assessment& assessment);

}  // namespace neurovasc::report
