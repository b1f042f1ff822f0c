#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

struct RegionOptions {
  /// Search grid: labyrinths are 15 to 20 mm long with ducts of 1 to 2 mm, so this is coarse enough
  /// to search a head in a second and fine enough to keep them.
  double search_voxel_mm = 0.7;
  /// Room around the ears and the midline between them: the root lies up to 10 mm below and the
  /// pons up to 20 mm behind the labyrinths' level.
  double margin_lateral_mm = 8;
  double margin_anterior_mm = 26;
  double margin_posterior_mm = 24;
  double margin_caudal_mm = 20;
  double margin_cranial_mm = 18;
  int threads = 0;  ///< 0: one per processor
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const RegionOptions& options);

/// Where in a T2 series both cerebellopontine angles lie.
struct StudyRegion {
  IndexBox box;           ///< in voxels of the T2 series
  std::vector<Ear> ears;  ///< left before right; none, one or both
  double t2_csf = 0;      ///< CSF level of the series, its units
};

/// Finds the labyrinths in a whole T2 series and the box around both cerebellopontine angles. With
/// one ear only, the box reaches from it past the midline as far as the series goes; without any it
/// is the central part of the series, at most 110 x 80 x 60 mm. Never throws for want of anatomy.
StudyRegion locateRegion(const SeriesImage& t2, const RegionOptions& options,
                         const Progress& progress);

}  // namespace neurovasc::anatomy
