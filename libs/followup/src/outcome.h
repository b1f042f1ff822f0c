#pragma once

#include "neurovasc/followup/compare.h"
#include "track.h"

namespace neurovasc::followup {

/// Fills in outcome, reason and findings of @p side, whose contacts, zones and sign of surgery are
/// there. @p pads are all dates'.
void judgeSide(const std::vector<PlacedDate>& dates, const std::vector<ComparedPad>& pads,
               const CompareOptions& options, SideComparison& side);

}  // namespace neurovasc::followup
