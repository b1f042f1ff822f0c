#pragma once

#include <vector>

#include "same_vessel.h"
#include "track.h"

namespace neurovasc::followup {

/// Whether what was traced as a vessel at date @p n may be clotted blood or felt where it touches:
/// it lies beside a pad of that date, or on a side operated on since the first date; a disc does
/// not explain it on T2, or it swells there to more than twice the vessel's width; and no vessel
/// ran there at an earlier date. Clotted blood is as bright on TOF as flowing blood, and can hide a
/// pad that it surrounds.
bool mayBeClot(const PlacedContact& contact, const std::vector<PlacedDate>& dates, std::size_t n,
               Side side);

}  // namespace neurovasc::followup
