#pragma once

#include "same_vessel.h"
#include "track.h"

namespace neurovasc::followup {

/// Whether blood is still seen on TOF where the vessel of @p before, a contact of @p first, ran
/// past its place, though no vessel was traced there at @p later: then it cannot be said to have
/// left. False where either date has no TOF that reaches the place.
bool isStillThere(const PlacedContact& before, const PlacedDate& first, const PlacedDate& later);

}  // namespace neurovasc::followup
