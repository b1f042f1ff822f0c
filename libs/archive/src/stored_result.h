#pragma once

#include <filesystem>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"

namespace neurovasc::archive {

/// assessment.json of a result folder. Throws Error(input_unreadable), naming the folder by its
/// last part alone, which is a key.
Assessment readStoredAssessment(const std::filesystem::path& folder);

/// Likewise comparison.json of a comparison's folder.
Comparison readStoredComparison(const std::filesystem::path& folder);

}  // namespace neurovasc::archive
