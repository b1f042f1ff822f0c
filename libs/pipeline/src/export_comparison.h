#pragma once

#include <filesystem>

#include "export_folder.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/pipeline/export.h"

namespace neurovasc::pipeline {

/// Throws Error(usage) naming what @p options ask for that is not of a comparison, or where they do
/// not tell whose images were compared.
void requireForComparison(const ExportOptions& options);

/// Writes the result folder @p comparison of `compare` in other forms into @p folder. Throws as
/// exportResult().
void writeComparisonKinds(const ExportFolder& folder, const std::filesystem::path& comparison,
                          const ExportOptions& options, const Progress& progress);

}  // namespace neurovasc::pipeline
