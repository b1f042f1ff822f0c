#pragma once

#include "neurovasc/core/assessment.h"

namespace neurovasc::testing {

/// Every field of an assessment filled: the AICA deforms the left nerve at its attached segment and
/// passes 0.62 mm from its cisternal portion; nothing touches the right nerve.
Assessment richAssessment();

/// The left side alone: a vein touches the attached segment, deformity was not measured.
Assessment oneSideAssessment();

/// No side holds a contact; all zones are seen.
Assessment clearAssessment();

/// The right nerve was not found, the left one left the field of view.
Assessment notAssessableAssessment();

/// Slices too thick: nothing is measured.
Assessment tooThickAssessment();

}  // namespace neurovasc::testing
