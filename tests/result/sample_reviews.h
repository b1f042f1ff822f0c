#pragma once

#include "neurovasc/core/review.h"

namespace neurovasc::testing {

/// Of richAssessment(), every field filled: L1 is accepted but graded severe, L2 called a pad, a
/// vein added on the right, the right detachment zone not assessable, the right porus moved.
Review richReview();

}  // namespace neurovasc::testing
