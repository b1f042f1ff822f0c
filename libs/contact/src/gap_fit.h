#pragma once

#include <optional>

#include "neurovasc/contact/gap.h"

namespace neurovasc::contact {

/// The geometric mean of T2's acquired voxel.
double meanVoxelMm(const FusedStudy& study);

/// What a fit found.
struct FittedGap {
  Gap gap;  ///< sd_mm holds the fit's own part only
  bool believed = false;
};

/// The gap by model fit; empty if there is too little to fit to.
std::optional<FittedGap> fitGap(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                                std::size_t vessel, const Place& place, const GapOptions& options);

}  // namespace neurovasc::contact
