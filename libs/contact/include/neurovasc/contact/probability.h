#pragma once

#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

/// Clinical contact is a gap that no instrument would find: clefts below 0.2 mm are at or below the
/// noise of 0.5 mm voxels (half-way between surfaces that meet and a gap of 0.4 mm that can be
/// seen).
inline constexpr double kTouchLimitMm = 0.2;

/// P(true gap <= @p touch_limit_mm | measured @p raw_gap_mm with @p sd_mm):
///
///     p = Phi((limit - raw) / sd), held within [0.01, 0.99]
///
/// which falls with the gap and never says never. Throws Error(usage) unless sd_mm > 0.
double contactProbability(double raw_gap_mm, double sd_mm, double touch_limit_mm = kTouchLimitMm);

/// touching from p >= 0.8, separate up to p <= 0.2, between them it cannot be told.
ContactState stateFor(double probability);

}  // namespace neurovasc::contact
