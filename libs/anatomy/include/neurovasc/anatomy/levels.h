#pragma once

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::anatomy {

/// Measures the study's own plateaus on its fine grid, without any notion of anatomy.
///
/// T2: Otsu's thresholds for three classes (bone and air, brain, CSF; Otsu, IEEE SMC 9:62, 1979)
/// on the voxels of the grid; t2_csf is the 60th percentile of the top class, so that partial
/// volume below and flow above do not move it, t2_brain and t2_dark are the medians of the other
/// two. TOF and CE-T1: the median over voxels that are brain on T2 (and CSF on T2), and the 99.8th
/// percentile of TOF for arteries where that is at least 1.5 times brain.
///
/// Throws Error(nerve_not_found) if T2 is flat.
TissueLevels measureLevels(const FusedStudy& study);

}  // namespace neurovasc::anatomy
