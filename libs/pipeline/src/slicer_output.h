#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "export_job.h"

namespace neurovasc::pipeline {

/// Writes a scene for 3D Slicer and all files that it names: volumes, the segmentation with each
/// vessel apart, surfaces as in the pictures, landmarks and contacts as points, a colour table and
/// a terminology. @p path gives each file's place.
void writeSlicerScene(ExportJob& job,
                      const std::function<std::filesystem::path(const std::string& file)>& path);

}  // namespace neurovasc::pipeline
