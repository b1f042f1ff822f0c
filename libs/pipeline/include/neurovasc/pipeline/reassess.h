#pragma once

#include <string>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"

namespace neurovasc::pipeline {

struct ReassessOptions {
  int threads = 0;  ///< 0: one per processor; results do not depend on it
};

/// Throws Error(usage) naming the option.
void validate(const ReassessOptions& options);

/// Measures one side of a finished result anew, with landmarks that a reader moved; those not given
/// are found as in analyze(). From the result folder's own volumes alone, wherever it lies now;
/// nothing in it is changed. Vessels that the result holds already keep their ids.
///
/// The volumes are those of the result (T2 voxels, shading removed, TOF and CE-T1 resampled on to
/// them), so that gaps may differ from the first ones by a few hundredths of a millimetre even
/// where nothing was moved.
///
/// Stages of @p progress: read, fuse, anatomy, vessels, contact. A stop takes effect within 2 s.
/// Throws Error: input_unreadable (no result folder, or a damaged one), no_usable_series (a result
/// without images), usage (a side that was not assessed, no landmark, one outside the images),
/// nerve_not_found, cancelled.
MovedLandmarks reassess(const std::string& result_folder, Side side,
                        const NerveLandmarks& landmarks, const ReassessOptions& options,
                        const Progress& progress);

}  // namespace neurovasc::pipeline
