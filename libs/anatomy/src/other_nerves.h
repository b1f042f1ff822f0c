#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "vessel_pieces.h"

namespace neurovasc::anatomy {

/// Moves the pieces that are cranial nerves from @p pieces to anatomy.nerves.
void takeOtherNerves(std::vector<Piece>& pieces, Anatomy& anatomy);

}  // namespace neurovasc::anatomy
