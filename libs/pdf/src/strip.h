#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::pdf {

/// A contact's number over a strip.
struct StripPin {
  std::string id;
  std::optional<double> arclength_mm;
  bool touches = false;
};

/// The nerve laid out straight, as on the page: its zones along the arc length, what could not be
/// seen hatched, the smallest vessel that would show in clear ones, contacts above. Nothing where
/// the zones have no place.
void strip(Flow& flow, const std::vector<ZoneFinding>& zones, const std::vector<StripPin>& pins);

}  // namespace neurovasc::pdf
