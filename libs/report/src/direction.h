#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// Where the vessel of @p contact lies from the nerve's axis, in words of the body ("below", "in
/// front of"): those of the scanner's axes along which it lies mostly. Empty where the place or the
/// vessel's course is not known.
std::vector<std::string> directionWords(const SideAssessment& side, const Contact& contact,
                                        const std::vector<Vessel>& vessels);

}  // namespace neurovasc::report
