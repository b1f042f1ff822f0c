#pragma once

#include <vector>

#include "comparison_scenes.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/pictures.h"

namespace neurovasc::pipeline {

/// Fills in the pads' surfaces, which lie where a pad takes up half of a voxel.
void drawPadSurfaces(std::vector<ComparedPad>& pads);

/// Each pad's surface as meshes/pad_date1_P1 (STL and VTP), LPS mm of its own date.
std::vector<result::ResultFile> writePadMeshes(const result::StagedFolder& folder,
                                               const std::vector<ComparedPad>& pads);

/// Writes pictures of the first date beside the last, or of the one date there is with its pads,
/// and says which.
std::vector<scene::PictureFile> drawComparison(const result::StagedFolder& folder,
                                               const Comparison& comparison,
                                               const std::vector<DateScene>& dates,
                                               const Progress& progress);

}  // namespace neurovasc::pipeline
