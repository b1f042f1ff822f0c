#pragma once

#include <vector>

#include "neurovasc/core/study.h"
#include "neurovasc/pipeline/input.h"
#include "run_log.h"

namespace neurovasc::pipeline {

/// The chosen study with the voxels that go into the analysis.
struct LoadedStudy {
  Study study;  ///< of volumes: one series per role
  StudyImages images;
  bool from_dicom = true;
};

/// Finds, chooses and reads. Throws Error(usage) where several studies were found and none was
/// chosen, Error(no_usable_series) without a heavily T2-weighted series or a @p required one.
LoadedStudy loadStudyInput(const StudyInput& input, const std::vector<SeriesRole>& required,
                           int threads, const RunLog& log);

}  // namespace neurovasc::pipeline
