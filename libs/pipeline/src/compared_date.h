#pragma once

#include <cstddef>
#include <filesystem>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"

namespace neurovasc::pipeline {

/// The comparison of a result folder of `compare`. Throws Error(input_unreadable).
Comparison readComparison(const std::filesystem::path& folder);

/// Throws Error(not_a_pair) unless @p assessment, read from @p folder, is the one that was compared
/// as date @p n (from 0), as its contacts tell.
void requireCompared(const Comparison& comparison, std::size_t n,
                     const std::filesystem::path& folder, const Assessment& assessment);

}  // namespace neurovasc::pipeline
