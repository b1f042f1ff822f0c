#include "neurovasc/contact/probability.h"

#include <algorithm>
#include <cmath>

#include "check.h"

namespace neurovasc::contact {

double contactProbability(double raw_gap_mm, double sd_mm, double touch_limit_mm) {
  require(sd_mm > 0, "sd_mm", "above 0");
  const double z = (touch_limit_mm - raw_gap_mm) / sd_mm;
  return std::clamp(0.5 * std::erfc(-z / std::sqrt(2.0)), 0.01, 0.99);
}

ContactState stateFor(double probability) {
  if (probability >= kTouchingFrom) {
    return ContactState::touching;
  }
  return probability <= kSeparateUpTo ? ContactState::separate : ContactState::below_resolution;
}

}  // namespace neurovasc::contact
