#pragma once

#include <optional>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/followup/compare.h"

namespace neurovasc::followup {

/// A contact at a date, in the first date's frame.
struct PlacedContact {
  const Contact* contact = nullptr;
  std::optional<Point3> place_mm;  ///< on the nerve
  Tube vessel;                     ///< may be empty
  std::vector<Tube> others;        ///< the date's other vessels
};

enum class Sameness { same, different, unknown };

/// Whether two contacts are of one vessel, by kind, name and course. Where either course is that of
/// another vessel at the other date, they are not.
Sameness sameVessel(const PlacedContact& a, const PlacedContact& b, const CompareOptions& options);

/// Share of the points of @p line that lie along @p other, as courses of one vessel traced twice
/// do.
double shareAlong(const std::vector<Point3>& line, const std::vector<Point3>& other);

}  // namespace neurovasc::followup
