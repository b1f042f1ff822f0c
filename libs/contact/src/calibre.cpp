#include "calibre.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace neurovasc::contact {
namespace {

/// The median radius between two arc lengths; 0 if there are too few points.
double medianRadius(const Tube& tube, const std::vector<double>& s, double from_mm, double to_mm) {
  constexpr std::size_t kLeastPoints = 5;
  std::vector<double> radii;
  for (std::size_t i = 0; i < tube.size(); ++i) {
    if (s[i] >= from_mm && s[i] <= to_mm) {
      radii.push_back(tube.radius_mm[i]);
    }
  }
  if (radii.size() < kLeastPoints) {
    return 0;
  }
  return medianOf(std::move(radii));
}

}  // namespace

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Nerve withBeddedCalibre(Nerve nerve) {
  constexpr double kFreeAfterMm = 1.0;   // the detachment point's own error
  constexpr double kFreeLengthMm = 6.0;  // the part next to it, before the canal narrows the view
  constexpr double kLeastShare = 0.9;
  constexpr double kMostShare = 1.3;  // the root is thicker than the nerve
  const auto& mark = nerve.landmarks.detachment_point;
  if (!mark || nerve.tube.size() < 2) {
    return nerve;
  }
  Tube& tube = nerve.tube;
  const std::vector<double> s = arcLengths(tube.points_mm);
  const double from = project(tube.points_mm, mark->lps_mm).arclength_mm + kFreeAfterMm;
  const double free = medianRadius(tube, s, from, from + kFreeLengthMm);
  for (std::size_t i = 0; i < tube.size() && free > 0; ++i) {
    if (s[i] < from) {
      tube.radius_mm[i] = std::clamp(tube.radius_mm[i], kLeastShare * free, kMostShare * free);
    }
  }
  return nerve;
}

}  // namespace neurovasc::contact
