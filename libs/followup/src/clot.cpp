#include "clot.h"

#include <algorithm>

namespace neurovasc::followup {
namespace {

/// Share of a tube's darkness that a disc explains: 0.85 and more in vessels that stand free, 0.75
/// in vessels beside others, 0.6 to 0.7 in clot, folia and felt.
constexpr double kTubular = 0.75;
/// Blood gathers within this of a pad's edge.
constexpr double kBesideMm = 1.5;
/// A vessel traced again runs along itself over half of its course and more.
constexpr double kSameCourse = 0.5;

double medianConfidence(const Tube& tube) {
  std::vector<double> values = tube.confidence;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool isBesidePad(const Point3& vessel_point_mm, const PlacedDate& date, Side side) {
  return std::any_of(date.pads->begin(), date.pads->end(), [&](const ComparedPad& pad) {
    return pad.pad.side == side &&
           distance(pad.pad.center_mm, vessel_point_mm) < 0.5 * pad.extent_mm.x + kBesideMm;
  });
}

/// Whether a vessel of @p date has the course of @p tube (first date's frame).
bool wasThere(const Tube& tube, const PlacedDate& date) {
  const RigidTransform date_from_first = date.first_from_date.inverse();
  std::vector<Point3> then = tube.points_mm;
  for (Point3& p : then) {
    p = date_from_first(p);
  }
  const auto& vessels = date.date->assessment.vessels;
  return std::any_of(vessels.begin(), vessels.end(), [&then](const Vessel& vessel) {
    return vessel.tube.size() >= 2 && shareAlong(then, vessel.tube.points_mm) >= kSameCourse;
  });
}

}  // namespace

bool mayBeClot(const PlacedContact& contact, const std::vector<PlacedDate>& dates, std::size_t n,
               Side side) {
  const auto& vessel_point_mm = contact.contact->vessel_point_mm;
  if (contact.vessel.confidence.empty() || !vessel_point_mm ||
      medianConfidence(contact.vessel) >= kTubular ||
      !isBesidePad(*vessel_point_mm, dates[n], side)) {
    return false;
  }
  const auto end = dates.begin() + static_cast<std::ptrdiff_t>(n);
  return std::none_of(dates.begin(), end,
                      [&](const PlacedDate& date) { return wasThere(contact.vessel, date); });
}

}  // namespace neurovasc::followup
