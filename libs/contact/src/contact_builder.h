#pragma once

#include <vector>

#include "neurovasc/contact/gap.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

/// What follows from a gap and its tubes alone: distance, probability, state, points, patch (not
/// where the vessel's way to the place is not seen), clock, angle and diameter.
Contact describe(const Gap& gap, const HeadFrame& frame, double touch_limit_mm,
                 double patch_within_mm);

/// Sorts by arc length (those without one last, by probability) and names them L1, L2... or R1...
void numberContacts(Side side, std::vector<Contact>& contacts);

}  // namespace neurovasc::contact
