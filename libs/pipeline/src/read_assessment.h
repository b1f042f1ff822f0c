#pragma once

#include <filesystem>

#include "neurovasc/core/assessment.h"

namespace neurovasc::pipeline {

/// The assessment of a result folder of `analyze`. Throws Error(input_unreadable).
Assessment readAssessment(const std::filesystem::path& folder);

}  // namespace neurovasc::pipeline
