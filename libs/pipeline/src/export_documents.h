#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "export_folder.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/interop/source_study.h"

namespace neurovasc::pipeline {

/// The files of @p directory whose names end so, by name; none where there is no such folder.
std::vector<std::filesystem::path> filesIn(const std::filesystem::path& directory,
                                           const std::string& ending);

/// Writes the pictures of the result folder @p from: those of one size stand in one object, the
/// sizes in the order of the pictures.
void writeCaptures(const std::filesystem::path& from, const interop::ExportContext& context,
                   const ExportFolder& folder, const StopToken& stop);

/// Writes the report.pdf of the result folder @p from, where it holds one.
void writePdfObject(const std::filesystem::path& from, const std::string& title,
                    const interop::ExportContext& context, const ExportFolder& folder);

}  // namespace neurovasc::pipeline
