#pragma once

#include "neurovasc/core/comparison.h"

namespace neurovasc::testing {

/// Every field of a comparison filled: contact of the left attached segment persists proximal of a
/// pad, another contact is gone; nothing touches on the right. With a clinical course.
Comparison richComparison();

/// One date after surgery: no contact, a pad that touches the nerve, the rest not known.
Comparison postOnlyComparison();

}  // namespace neurovasc::testing
