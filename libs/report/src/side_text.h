#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "text_layout.h"

namespace neurovasc::report {

/// From where to where the nerve is followed, its landmarks and calibre.
std::string nerveText(const SideAssessment& side);

/// A paragraph per contact, by arc length, or one that says why there is none.
std::vector<std::string> contactParagraphs(const SideAssessment& side,
                                           const std::vector<Vessel>& vessels);

/// A sentence per decompression pad of this side.
std::vector<std::string> padSentences(const SideAssessment& side, const std::vector<Pad>& pads);

/// A row per zone: name, place, status, and what could or could not have been seen.
std::vector<Row> zoneRows(const SideAssessment& side);

/// The one reason why no zone could be assessed; empty where some could, or reasons differ.
std::string commonReason(const SideAssessment& side);

}  // namespace neurovasc::report
