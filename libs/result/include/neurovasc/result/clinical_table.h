#pragma once

#include <optional>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::result {

/// What the clinic and the images say of one side, beside each other. Empty: not known.
struct ClinicalSide {
  Side side = Side::left;
  std::optional<bool> symptoms;        ///< false only when the clinic names the other side alone
  std::optional<bool> lateral_spread;  ///< of the last EMG of this side that tells
  std::optional<bool> synkinesis;      ///< likewise
  std::optional<bool> contact;         ///< a vessel touches the nerve
  std::optional<bool> deformity;       ///< and bends or dents it beyond the error
};

/// Left and right, in this order, whichever sides were assessed.
std::vector<ClinicalSide> clinicalTable(const Assessment& assessment);

}  // namespace neurovasc::result
