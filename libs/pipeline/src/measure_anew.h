#pragma once

#include <filesystem>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/followup/compare.h"

namespace neurovasc::pipeline {

/// Measures the doubtful sides of later dates (followup::doubtfulSides()) again with the first
/// date's landmarks, from the volumes in the dates' result @p folders. Where more is seen so, the
/// side in @p dates is replaced, and noted in @p placed. Whether any was.
bool measureDoubtfulSides(const Comparison& comparison,
                          const std::vector<std::filesystem::path>& folders,
                          const followup::CompareOptions& options,
                          std::vector<followup::FollowupDate>& dates,
                          std::vector<ComparedDate>& placed, const Progress& progress);

}  // namespace neurovasc::pipeline
