#include "clot.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::followup {
namespace {

/// Share of a tube's darkness that a disc explains: 0.85 and more in vessels that stand free, 0.75
/// in vessels beside others, 0.6 to 0.7 in clot, folia and felt.
constexpr double kTubular = 0.75;
/// Blood gathers within this of a pad's edge.
constexpr double kBesideMm = 1.5;
/// A vessel traced again runs along itself over half of a stretch and more.
constexpr double kSameCourse = 0.5;
/// So far to both sides of a contact is judged: clot gathers over some 5 mm, and a tube that runs
/// into it is a vessel's before and behind.
constexpr double kStretchMm = 2.5;
/// Arteries of this size keep their width to a fifth.
constexpr double kSwollen = 2;

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// The part of @p tube around the place nearest to @p p.
Tube stretchAround(const Tube& tube, const Point3& p) {
  const double at_mm = project(tube.points_mm, p).arclength_mm;
  Tube stretch;
  double s_mm = 0;
  for (std::size_t i = 0; i < tube.size(); ++i) {
    s_mm += i > 0 ? distance(tube.points_mm[i - 1], tube.points_mm[i]) : 0;
    if (std::abs(s_mm - at_mm) <= kStretchMm) {
      stretch.points_mm.push_back(tube.points_mm[i]);
      stretch.radius_mm.push_back(tube.radius_mm[i]);
      stretch.confidence.push_back(tube.confidence[i]);
    }
  }
  return stretch;
}

bool isNoTube(const Tube& stretch, const Tube& vessel) {
  const double widest_mm = *std::max_element(stretch.radius_mm.begin(), stretch.radius_mm.end());
  return medianOf(stretch.confidence) < kTubular ||
         widest_mm > kSwollen * medianOf(vessel.radius_mm);
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
  const Tube& vessel = contact.vessel;
  if (!vessel_point_mm || vessel.empty() || vessel.confidence.size() != vessel.size() ||
      vessel.radius_mm.size() != vessel.size()) {
    return false;
  }
  const auto& operated = dates[n].operated;
  if (!isBesidePad(*vessel_point_mm, dates[n], side) &&
      std::find(operated.begin(), operated.end(), side) == operated.end()) {
    return false;
  }
  const Tube stretch = stretchAround(vessel, dates[n].first_from_date(*vessel_point_mm));
  if (stretch.empty() || !isNoTube(stretch, vessel)) {
    return false;
  }
  const auto end = dates.begin() + static_cast<std::ptrdiff_t>(n);
  return std::none_of(dates.begin(), end,
                      [&](const PlacedDate& date) { return wasThere(stretch, date); });
}

}  // namespace neurovasc::followup
