#pragma once

#include <filesystem>

#include "neurovasc/anatomy/region.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::pipeline {

/// A finished study as it was when its anatomy was looked for.
struct RestoredStudy {
  Assessment assessment;
  FusedStudy fused;
  /// The ears that were found; the box and the plateaus of the whole series are not known any more.
  anatomy::StudyRegion region;
};

/// From a result folder of `analyze` alone. Stages "read" and "fuse" of @p progress. Throws
/// Error(input_unreadable), Error(no_usable_series) for a result without images, Error(cancelled).
RestoredStudy restoreStudy(const std::filesystem::path& folder, int threads,
                           const Progress& progress);

}  // namespace neurovasc::pipeline
