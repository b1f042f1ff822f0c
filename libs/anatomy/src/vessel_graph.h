#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "vessel_pieces.h"

namespace neurovasc::anatomy {

/// Joins pieces whose ends face each other across a short gap, nearest pairs first. In a fixed
/// order: arteries first, then by length, longest first.
std::vector<Piece> linked(std::vector<Piece> pieces);

/// Divides arteries that were traced as one: where the calibre jumps, a branch was followed into
/// its trunk; where another wide artery ends on a wide one, a vertebral artery passes into the
/// basilar. What jumps because a wide artery presses on it stays a branch (layInClefts).
std::vector<Piece> withTrunksDivided(std::vector<Piece> pieces);

/// Places where the end of a vessel meets another one.
std::vector<VesselJunction> junctionsOf(const std::vector<Vessel>& vessels);

}  // namespace neurovasc::anatomy
