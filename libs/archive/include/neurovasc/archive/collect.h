#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::archive {

struct CollectSummary {
  std::size_t met = 0;
  std::size_t updated = 0;  ///< that were not in the catalogue, or differently
  std::size_t unreadable = 0;
};

/// Folds what runs left in @p output into @p catalogue: outcomes (jobs/KEY.json) and results
/// (assessment.json). Any number of times, while runs go on: what is there already is left alone.
/// An outcome or result that cannot be read is warned of and counted. Stage: collect.
/// Throws Error(input_unreadable) where @p output does not exist, Error(cancelled).
CollectSummary collectResults(Catalogue& catalogue, const std::filesystem::path& output,
                              const Progress& progress = {});

/// The same for one job. Whether anything changed.
bool collectResult(Catalogue& catalogue, const std::filesystem::path& output,
                   const std::string& key);

}  // namespace neurovasc::archive
