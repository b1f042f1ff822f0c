#pragma once

#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"
#include "restored_study.h"

namespace neurovasc::pipeline {

/// One side of @p study measured with @p landmarks as they are, errors and all; those not given are
/// found as in analyze(). Vessels that the study's assessment holds already keep their ids. Stages
/// of @p progress: anatomy, vessels, contact. Throws Error(nerve_not_found), Error(cancelled).
MovedLandmarks measureSide(const RestoredStudy& study, Side side, const NerveLandmarks& landmarks,
                           int threads, const Progress& progress);

}  // namespace neurovasc::pipeline
