#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// A paragraph per contact, by arc length, or one that says why there is none.
std::vector<std::string> contactParagraphs(const SideAssessment& side,
                                           const std::vector<Vessel>& vessels);

/// A sentence per decompression pad of this side.
std::vector<std::string> padSentences(const SideAssessment& side, const std::vector<Pad>& pads);

}  // namespace neurovasc::report
