#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/result/assessment_json.h"

namespace neurovasc::result {

inline constexpr std::string_view kComparisonFile = "comparison.json";

/// comparison.json, schema "neurovasc.comparison/1" (docs/schemas/neurovasc.comparison-1.json).
///
/// Lengths are mm; points of the first date's frame unless a key says otherwise, LPS. Written by
/// the rules of assessment.json: null for what was not measured, fixed keys, rounded numbers, no
/// calendar date, path or UID.
std::string toJson(const Comparison& comparison, const std::vector<ResultFile>& files = {});

/// The reverse. Throws Error(input_unreadable) naming the place and the cause.
Comparison comparisonFromJson(std::string_view json);

}  // namespace neurovasc::result
