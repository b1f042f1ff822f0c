#pragma once

#include <vector>

#include "neurovasc/core/volume.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// Arc length on @p line, a facial nerve's axis from its root on, of the detachment point: where
/// fluid first parts the nerve from the brain. Between axis and brain T2 then shows more than half
/// way from brain to fluid for a millimetre of the nerve. Where a vessel or a pad fills the cleft,
/// it is where the axis leaves the brain's surface for good. @p brain_distance_mm, to the smooth
/// surface (FilledBrain), tells where the brain lies; @p porus_s_mm ends the search.
double detachmentArcLength(const SideView& view, const ImageF& brain_distance_mm,
                           const std::vector<Point3>& line, double porus_s_mm);

}  // namespace neurovasc::anatomy
