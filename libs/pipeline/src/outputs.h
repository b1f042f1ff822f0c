#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

/// Writes volumes, masks, meshes, centre lines and transforms into a staged result folder and
/// returns what each file is. Names hold no patient data: they come from structures alone.
std::vector<result::ResultFile> writeData(const result::StagedFolder& folder,
                                          const FusedStudy& fused, const Anatomy& anatomy,
                                          const Progress& progress);

}  // namespace neurovasc::pipeline
