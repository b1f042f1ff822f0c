#pragma once

#include "neurovasc/pipeline/export.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

/// Whether any of the kinds is a DICOM object, which says whose images they are.
bool needsIdentity(const ExportOptions& options);

/// Exports the result that stands in @p folder, run.json included, into its folder export/. Throws
/// as exportResult().
void exportWithin(const result::StagedFolder& folder, const ExportOptions& options,
                  const Progress& progress);

/// The same of a comparison.
void exportComparisonWithin(const result::StagedFolder& folder, const ExportOptions& options,
                            const Progress& progress);

}  // namespace neurovasc::pipeline
