#pragma once

#include <filesystem>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

/// Fills in the pads' surfaces, which lie where a pad takes up half of a voxel.
void drawPadSurfaces(std::vector<ComparedPad>& pads);

/// Each pad's surface as meshes/pad_date1_P1 (STL and VTP), LPS mm of its own date.
std::vector<result::ResultFile> writePadMeshes(const result::StagedFolder& folder,
                                               const std::vector<ComparedPad>& pads);

/// Pictures of the first date beside the last, or of the one date there is with its pads.
/// @p folders are the dates' result folders.
std::vector<result::ResultFile> writeComparisonPictures(
    const result::StagedFolder& folder, const Comparison& comparison,
    const std::vector<std::filesystem::path>& folders, const Progress& progress);

}  // namespace neurovasc::pipeline
