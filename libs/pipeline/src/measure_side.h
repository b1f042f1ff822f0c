#pragma once

#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"
#include "restored_study.h"

namespace neurovasc::pipeline {

/// What is known of a side's nerve beforehand.
struct KnownNerve {
  NerveLandmarks landmarks;  ///< these stand, errors and all; the others are found as in analyze()
  std::vector<Point3> axis_mm;  ///< anatomy::ExpectedNerve::axis_mm; empty: not known
};

/// One side of @p study measured with what is @p known. Vessels that the study's assessment holds
/// already keep their ids. Stages of @p progress: anatomy, vessels, contact. Throws
/// Error(nerve_not_found), Error(cancelled).
MovedLandmarks measureSide(const RestoredStudy& study, Side side, const KnownNerve& known,
                           int threads, const Progress& progress);

}  // namespace neurovasc::pipeline
