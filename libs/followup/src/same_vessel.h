#pragma once

#include <optional>

#include "neurovasc/core/assessment.h"
#include "neurovasc/followup/compare.h"

namespace neurovasc::followup {

/// A contact at a date, in the first date's frame.
struct PlacedContact {
  const Contact* contact = nullptr;
  std::optional<Point3> place_mm;  ///< on the nerve
  Tube vessel;                     ///< may be empty
};

enum class Sameness { same, different, unknown };

/// Whether two contacts are of one vessel, by kind, name and course.
Sameness sameVessel(const PlacedContact& a, const PlacedContact& b, const CompareOptions& options);

}  // namespace neurovasc::followup
