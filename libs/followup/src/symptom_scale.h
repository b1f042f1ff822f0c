#pragma once

#include <optional>

#include "neurovasc/core/clinical.h"

namespace neurovasc::followup {

/// Whether a look says that there is no spasm. Scales: SMC 0 to IV, Cohen 0 to 4, HFS-7 0 to 28,
/// percent of the spasm of before that is left; 0 is none on each. Empty without a score.
std::optional<bool> isFree(const Symptom& look);

/// Whether @p now is less than @p before by more than two readers differ. Empty where the scales or
/// their versions differ or a score is missing.
std::optional<bool> isLess(const Symptom& now, const Symptom& before);

}  // namespace neurovasc::followup
