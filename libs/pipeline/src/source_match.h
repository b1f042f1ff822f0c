#pragma once

#include <string>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/interop/source_study.h"

namespace neurovasc::pipeline {

/// The series of @p assessment, by their id; null where it is not listed.
const Series* seriesUsed(const Assessment& assessment, const std::string& id);

/// Finds the study that @p assessment was made from among the DICOM files at @p path: the one whose
/// series lie on the same grids. Throws Error(usage) where there is none or more than one.
interop::SourceStudy findSource(const std::string& path, const Assessment& assessment, int threads,
                                const Progress& progress);

}  // namespace neurovasc::pipeline
