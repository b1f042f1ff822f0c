#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "text_layout.h"

namespace neurovasc::report {

/// A paragraph per contact, by arc length, or one that says why there is none.
std::vector<std::string> contactParagraphs(const SideAssessment& side,
                                           const std::vector<Vessel>& vessels);

/// A row per contact below a row of titles: id, vessel, zone, gap, probability, deformity. Empty
/// without contacts.
std::vector<Row> contactTable(const SideAssessment& side);

/// "AICA", "artery, possibly AICA", "vein": the vessel as a word of a table.
std::string vesselCell(const Contact& contact);

/// A sentence per decompression pad of this side.
std::vector<std::string> padSentences(const SideAssessment& side, const std::vector<Pad>& pads);

}  // namespace neurovasc::report
