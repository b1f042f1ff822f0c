#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::pipeline {

/// Names that renderResult() takes: those of the pictures that analyze writes, without ".png", and
/// "scene", and the films "turntable", "endoscopy_left", "endoscopy_right".
std::vector<std::string> pictureNames(const std::string& result_folder);

/// Draws one picture from a result folder alone and writes it as PNG, a film as Ogg Theora (.ogv)
/// or as a folder of PNG files (no ending), "scene" as surfaces (.glb, .stl, .obj, .ply, .vtp).
void renderResult(const std::string& result_folder, const std::string& picture,
                  const std::string& output, bool overwrite, const scene::PictureOptions& options,
                  const Progress& progress);

}  // namespace neurovasc::pipeline
