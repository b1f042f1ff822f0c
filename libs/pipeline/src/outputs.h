#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::pipeline {

/// Puts a result folder in its place. A stop request takes effect before, never after: what is
/// there was not cancelled.
void publish(result::StagedFolder& folder, const Progress& progress);

/// Writes volumes, masks and transforms into a staged result folder and returns what each file is.
/// Names hold no patient data: they come from structures alone. Reports no stage, so that it can
/// run beside the rest; a stop request takes effect between files.
std::vector<result::ResultFile> writeImages(const result::StagedFolder& folder,
                                            const FusedStudy& fused, const Anatomy& anatomy,
                                            const StopToken& stop);

/// Likewise centre lines and surfaces; the brain's, the labyrinths' and the canals' are @p scene's.
std::vector<result::ResultFile> writeShapes(const result::StagedFolder& folder,
                                            const Anatomy& anatomy,
                                            const scene::SceneContent& scene,
                                            const Progress& progress);

}  // namespace neurovasc::pipeline
