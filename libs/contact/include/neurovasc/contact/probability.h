#pragma once

#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

/// No visible cleft means a gap below about a quarter of a millimetre at the usual 0.5 mm voxels:
/// so far surfaces count as touching. It is also half-way between surfaces that meet and a gap of
/// 0.5 mm, which anyone would call separate.
inline constexpr double kTouchLimitMm = 0.25;

/// P(true gap <= @p touch_limit_mm | measured @p raw_gap_mm with @p sd_mm):
///
///     p = Phi((limit - raw) / sd), held within [0.01, 0.99]
///
/// which falls with the gap and never says never. Throws Error(usage) unless sd_mm > 0.
double contactProbability(double raw_gap_mm, double sd_mm, double touch_limit_mm = kTouchLimitMm);

/// Probabilities beyond these tell whether nerve and vessel touch, those between them do not.
inline constexpr double kSeparateUpTo = 0.2;
inline constexpr double kTouchingFrom = 0.8;

/// touching from kTouchingFrom on, separate up to kSeparateUpTo, between them it cannot be told.
ContactState stateFor(double probability);

}  // namespace neurovasc::contact
