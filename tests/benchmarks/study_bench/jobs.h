#pragma once

#include <filesystem>

namespace neurovasc::bench {

/// Prints a Markdown table, a row per case: error at both facial nerves (mean, max) and wall time
/// of our registration and of elastix's.
void benchRegistration(const std::filesystem::path& cases);

/// Prints a Markdown table: wall time, CPU time and peak memory of our tube filters and of ITK's
/// multi-scale Hessian measure on the whole T2 series of a case, four scales each.
void benchTubularness(const std::filesystem::path& case_folder);

}  // namespace neurovasc::bench
