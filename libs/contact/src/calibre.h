#pragma once

#include <vector>

#include "neurovasc/contact/gap.h"
#include "neurovasc/core/anatomy.h"

namespace neurovasc::contact {

/// Vertebral and basilar arteries are wider than this, cerebellar ones thinner.
inline constexpr double kTrunkRadiusMm = 1.0;

/// The vessel's radius at the place of @p gap, mm.
inline double radiusAt(const Gap& gap) {
  return valueAt(gap.vessel.points_mm, gap.vessel.radius_mm, gap.place.vessel_arclength_mm);
}

/// The upper median of @p values, of which there is at least one.
double medianOf(std::vector<double> values);

/// @p nerve with its radii on the attached part held near those of its free part. Bedded in the
/// pons, a nerve shows only one of its sides and looks thinner or thicker than it is; where CSF
/// surrounds it, its calibre is known, and it does not change much on the way (1.18 +- 0.31 mm in
/// the cistern, PMID 19670628). Unchanged if the detachment point is not known.
Nerve withBeddedCalibre(Nerve nerve);

}  // namespace neurovasc::contact
