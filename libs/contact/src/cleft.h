#pragma once

#include "neurovasc/contact/gap.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::contact {

/// The CSF that T2 shows between a vessel and the tissue under it.
struct CleftFluid {
  double share = 1;     ///< of CSF's level above that of the dark walls, at its brightest
  double width_mm = 0;  ///< of a cleft of CSF that shows as much
};

/// The least of it between @p gap's vessel and the nerve's line there, under a wide artery also
/// what lies within 0.75 mm to either side of that line, by T2 as it is, whatever was fitted to it.
/// A cleft of CSF of width g between walls, under a Gaussian point spread of sigma, reaches
///
///     share = (peak - walls) / (csf - walls) = erf(g / (2 sqrt(2) sigma))
///
/// where the walls' level is midway between brain's and blood's. The width is gap.raw_mm where CSF
/// shows as it is, and with a share of 1 where the levels are not known.
CleftFluid fluidUnder(const FusedStudy& study, const TissueLevels& levels, const Gap& gap);

}  // namespace neurovasc::contact
