#pragma once

#include <vector>

#include "neurovasc/core/volume.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// Moves the first point of @p line, the axis of the attached nerve, to the root exit point. Where
/// the nerve bridges the furrow between pons and medulla, its axis goes through the smooth surface
/// of the brain there; where it is a ridge of that surface, only the sulcus' level tells.
/// @p brain_distance_mm is to the smooth surface (FilledBrain).
void endAtRoot(std::vector<Point3>& line, const SideView& view, const ImageF& brain_distance_mm,
               double sulcus_z_mm);

}  // namespace neurovasc::anatomy
