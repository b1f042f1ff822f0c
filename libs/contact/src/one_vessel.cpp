#include "one_vessel.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace neurovasc::contact {
namespace {

constexpr double kStepMm = 0.1;
/// Ends of two pieces of one vessel lie this near: tubes end a radius or two before a branching, a
/// loop's turn or the place where TOF loses slow blood.
constexpr double kMeetMm = 2.0;
/// One vessel does not change its calibre by more than this factor from piece to piece.
constexpr double kTaper = 1.9;

struct Meeting {
  bool a_last = false;
  bool b_last = false;
};

const Point3& endOf(const Tube& tube, bool last) {
  return last ? tube.points_mm.back() : tube.points_mm.front();
}

double radiusAtEnd(const Tube& tube, bool last) {
  return last ? tube.radius_mm.back() : tube.radius_mm.front();
}

std::optional<Meeting> meetingOf(const Tube& a, const Tube& b) {
  std::optional<Meeting> nearest;
  double least = kMeetMm;
  for (const bool a_last : {false, true}) {
    for (const bool b_last : {false, true}) {
      const double apart = distance(endOf(a, a_last), endOf(b, b_last));
      const double ratio = radiusAtEnd(a, a_last) / radiusAtEnd(b, b_last);
      if (apart <= least && std::max(ratio, 1 / ratio) <= kTaper) {
        least = apart;
        nearest = Meeting{a_last, b_last};
      }
    }
  }
  return nearest;
}

/// The gaps between @p nerve and @p vessel from arc length @p from_mm to one of its ends.
std::vector<double> gapsToEnd(const Tube& nerve, const Tube& vessel, double from_mm, bool last) {
  const double to_mm = last ? lengthOf(vessel.points_mm) : 0;
  const int steps = static_cast<int>(std::abs(to_mm - from_mm) / kStepMm);
  std::vector<double> gaps;
  for (int n = 0; n <= steps; ++n) {
    const double s = from_mm + (last ? n : -n) * kStepMm;
    const Projection at = project(nerve.points_mm, pointAt(vessel.points_mm, s));
    gaps.push_back(at.distance_mm - valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm) -
                   valueAt(vessel.points_mm, vessel.radius_mm, s));
  }
  return gaps;
}

}  // namespace

bool onePlaceOfOneVessel(const Tube& nerve, const Vessel& a, const Place& at_a, const Vessel& b,
                         const Place& at_b, const PlaceOptions& options) {
  const std::optional<Meeting> meeting = meetingOf(a.tube, b.tube);
  if (!meeting) {
    return false;
  }
  if (std::max(at_a.gap_mm, at_b.gap_mm) > options.apart_gap_mm) {
    return true;  // as along one tube: what stays away is one neighbour
  }
  std::vector<double> gaps = gapsToEnd(nerve, a.tube, at_a.vessel_arclength_mm, meeting->a_last);
  const std::vector<double> rest =
      gapsToEnd(nerve, b.tube, at_b.vessel_arclength_mm, meeting->b_last);
  gaps.insert(gaps.end(), rest.rbegin(), rest.rend());
  double apart_mm = 0;
  for (const double gap : gaps) {
    apart_mm = gap > options.apart_gap_mm ? apart_mm + kStepMm : 0;
    if (apart_mm >= options.apart_length_mm) {
      return false;
    }
  }
  return true;
}

}  // namespace neurovasc::contact
