#pragma once

#include <optional>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::anatomy {

/// Plateaus of a T2 image, in its units.
struct T2Levels {
  double csf = 0;
  double brain = 0;
  double dark = 0;  ///< bone and air

  double boneCut() const { return 0.5 * (dark + brain); }
  double csfCut() const { return 0.5 * (brain + csf); }
};

/// The plateaus of T2 as measureLevels() finds them, of any T2 image.
T2Levels measureT2(const ImageF& t2, int threads = 0);

/// Measures the study's own plateaus on its fine grid, without any notion of anatomy.
///
/// T2, on the flatter half of its voxels at half a millimetre: Otsu's two thresholds, found
/// together (IEEE SMC 9:62, 1979), tell CSF from brain and brain from bone and air. t2_csf is the
/// 60th percentile of the top class, so that partial volume below and flow above do not move it,
/// t2_brain and t2_dark are the medians of the others. TOF and CE-T1: the medians where T2 shows
/// brain (CSF); the 99.8th percentile of TOF stands for arteries where it is at least 1.5 times
/// brain.
///
/// Where the grid holds little flat fluid, such as a region of a thick-sliced head, its top class
/// is grey matter or fat. @p series, the plateaus of the whole series, then stand in: when the
/// level found is under three quarters of the series' and voxels at that level are there.
///
/// Throws Error(nerve_not_found) if T2 is flat.
TissueLevels measureLevels(const FusedStudy& study, int threads = 0,
                           const std::optional<T2Levels>& series = {});

}  // namespace neurovasc::anatomy
