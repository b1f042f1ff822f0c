#pragma once

#include "neurovasc/core/volume.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// Where T2 shows a void at least 1.4 mm wide, an artery or felt, and the ramp around it over which
/// the point spread draws it out into fluid, which is as bright as nerve over a part of its way.
/// The border on brain or nerve has no such ramp: there the void ends half-way to their level.
/// Bone, void and wider than any artery, is left out. With TOF a lumen may be a little brighter in
/// T2.
Mask wideVoids(const SideView& view, int threads);

}  // namespace neurovasc::anatomy
