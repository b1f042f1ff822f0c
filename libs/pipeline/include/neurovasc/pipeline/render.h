#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/progress.h"

namespace neurovasc::pipeline {

/// Names that renderResult() takes: the views, and "contact_L1", "contact_L1_slices" of each
/// contact of the result.
std::vector<std::string> pictureNames(const std::string& result_folder);

/// Draws one picture from a result folder alone and writes it as PNG.
void renderResult(const std::string& result_folder, const std::string& picture,
                  const std::string& output, bool overwrite, const Progress& progress);

}  // namespace neurovasc::pipeline
