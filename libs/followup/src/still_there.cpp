#include "still_there.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace neurovasc::followup {
namespace {

/// The stretch of vessel that is looked at, to either side of the contact.
constexpr double kStretchMm = 1.5;
constexpr double kStepMm = 0.25;
/// A vessel traced so near to that stretch is what is seen there.
constexpr double kTracedMm = 1.0;
/// Of brain; blood that is no brighter than this cannot be told from brain.
constexpr double kLeastBlood = 1.3;

std::vector<Point3> stretchAt(const PlacedContact& contact) {
  const auto& line = contact.vessel.points_mm;
  const double middle = project(line, *contact.place_mm).arclength_mm;
  const double end = std::min(middle + kStretchMm, lengthOf(line));
  std::vector<Point3> points;
  for (double s = std::max(0.0, middle - kStretchMm); s <= end; s += kStepMm) {
    points.push_back(pointAt(line, s));
  }
  return points;
}

/// Median of TOF along @p points (first date's frame), as a multiple of brain.
std::optional<double> bloodAlong(const std::vector<Point3>& points, const PlacedDate& date) {
  const auto& tof = date.date->tof;
  if (!tof) {
    return std::nullopt;
  }
  const auto levels = levelsWithin(date.date->labels, *tof);
  const double brain = levels ? levels->brain : 0;
  const RigidTransform date_from_first = date.first_from_date.inverse();
  std::vector<double> values;
  for (const Point3& point : points) {
    const Point3 p = date_from_first(point);
    if (brain > 0 && tof->geometry().contains(p)) {
      values.push_back(interpolate(*tof, p) / brain);
    }
  }
  if (values.empty()) {
    return std::nullopt;
  }
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool isTraced(const std::vector<Point3>& points, const PlacedDate& date) {
  const RigidTransform date_from_first = date.first_from_date.inverse();
  const auto& vessels = date.date->assessment.vessels;
  return std::any_of(vessels.begin(), vessels.end(), [&](const Vessel& vessel) {
    return vessel.tube.size() >= 2 &&
           std::any_of(points.begin(), points.end(), [&](const Point3& p) {
             return project(vessel.tube.points_mm, date_from_first(p)).distance_mm < kTracedMm;
           });
  });
}

}  // namespace

bool isStillThere(const PlacedContact& before, const PlacedDate& first, const PlacedDate& later) {
  if (!before.place_mm || before.vessel.size() < 2) {
    return false;
  }
  const std::vector<Point3> points = stretchAt(before);
  const auto then = bloodAlong(points, first);
  const auto now = bloodAlong(points, later);
  // Half-way between brain and the blood of then, where the vessel is wholly or half there.
  return then && now && *then > kLeastBlood && *now > kLeastBlood && *now > 1 + 0.5 * (*then - 1) &&
         !isTraced(points, later);
}

}  // namespace neurovasc::followup
