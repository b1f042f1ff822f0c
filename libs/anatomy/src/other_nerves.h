#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "vessel_pieces.h"

namespace neurovasc::anatomy {

/// Moves the pieces that are cranial nerves from @p pieces to anatomy.nerves: straight tubes
/// that show no blood and leave the brainstem, in a row with VII, for a foramen of the skull
/// base.
///
///     V      thick, above VII, forward to Meckel's cave
///     VI     near the midline, at the level of VII, forward and up
///     IX-XI  below VII, sideways to the jugular foramen; what was joined on to a rootlet beside
///            VII's root stays a piece of its own
///
/// What runs along VII to the porus is VIII or a strand of either and is dropped, and so is
/// what lies on VII itself. Of the other tubes of unknown kind only those within
/// @p reach_mm of VII are kept: farther off they are mostly folia.
void takeOtherNerves(double reach_mm, std::vector<Piece>& pieces, Anatomy& anatomy);

}  // namespace neurovasc::anatomy
