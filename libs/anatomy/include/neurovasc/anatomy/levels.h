#pragma once

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::anatomy {

/// Measures the study's own plateaus on its fine grid, without any notion of anatomy.
///
/// T2, on the flatter half of its voxels at half a millimetre: Otsu's threshold (IEEE SMC 9:62,
/// 1979) tells CSF from the rest, and once more brain from bone and air. t2_csf is the 60th
/// percentile of the top class, so that partial volume below and flow above do not move it,
/// t2_brain and t2_dark are the medians of the others. TOF and CE-T1: the medians where T2 shows
/// brain (CSF); the 99.8th percentile of TOF stands for arteries where it is at least 1.5 times
/// brain.
///
/// Throws Error(nerve_not_found) if T2 is flat.
TissueLevels measureLevels(const FusedStudy& study, int threads = 0);

}  // namespace neurovasc::anatomy
