#pragma once

#include <optional>

#include "neurovasc/contact/gap.h"

namespace neurovasc::contact {

/// The geometric mean of T2's acquired voxel.
double meanVoxelMm(const FusedStudy& study);

/// The gap by model fit, sd_mm holding the fit's own part only; empty if the fit is not believed.
std::optional<Gap> fitGap(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                          std::size_t vessel, const Place& place, const GapOptions& options);

}  // namespace neurovasc::contact
