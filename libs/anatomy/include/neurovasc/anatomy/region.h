#pragma once

#include <vector>

#include "neurovasc/anatomy/levels.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

struct RegionOptions {
  /// Room around the line through the labyrinths, in the head's own axes: the root lies up to 10 mm
  /// below and 18 mm behind it, the pons' front up to 20 mm before it, and the vertebral arteries,
  /// which give the others their names, run up from 20 mm below.
  double margin_lateral_mm = 8;
  double margin_anterior_mm = 24;
  double margin_posterior_mm = 26;
  double margin_caudal_mm = 22;
  double margin_cranial_mm = 16;
  int threads = 0;  ///< 0: one per processor
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const RegionOptions& options);

/// Where in a T2 series both cerebellopontine angles lie.
struct StudyRegion {
  IndexBox box;           ///< in voxels of the T2 series
  std::vector<Ear> ears;  ///< left before right; none, one or both
  T2Levels levels;        ///< plateaus of the whole series, its units
};

/// Finds the labyrinths in a whole T2 series and the box around both cerebellopontine angles, as
/// far as the series reaches. Without any ear it is the central part of the series, at most 110 x
/// 80 x 60 mm. Throws for want of anatomy only when the series is flat (Error(nerve_not_found)).
StudyRegion locateRegion(const SeriesImage& t2, const RegionOptions& options,
                         const Progress& progress);

}  // namespace neurovasc::anatomy
