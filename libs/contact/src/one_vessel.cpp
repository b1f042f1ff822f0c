#include "one_vessel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "calibre.h"

namespace neurovasc::contact {
namespace {

constexpr double kStepMm = 0.1;
/// Ends of two pieces of one vessel lie this near: tubes end a radius or two before a branching, a
/// loop's turn, the nerve that they press into or the place where TOF loses slow blood.
constexpr double kMeetMm = 2.6;
/// One vessel does not change its calibre by more than this factor from piece to piece.
constexpr double kTaper = 1.9;

/// An end of one piece may also lie on the flank of the other, this far off its wall: the near limb
/// of a loop stops where the far one has been traced already. The two are then of one calibre,
/// while a branch is thinner than its trunk.
constexpr double kOnFlankMm = 0.5;
constexpr double kOneCalibre = 1.5;

/// Where two pieces meet, as arc lengths.
struct Meeting {
  double a_mm = 0;
  double b_mm = 0;
};

bool alike(double radius_a_mm, double radius_b_mm, double limit) {
  const double ratio = radius_a_mm / radius_b_mm;
  return std::max(ratio, 1 / ratio) <= limit;
}

double medianRadius(const Tube& tube) { return medianOf(tube.radius_mm); }

/// One end of a tube.
struct End {
  Point3 point;
  double radius_mm = 0;
  double arclength_mm = 0;
};

std::array<End, 2> endsOf(const Tube& tube) {
  return {{{tube.points_mm.front(), tube.radius_mm.front(), 0},
           {tube.points_mm.back(), tube.radius_mm.back(), lengthOf(tube.points_mm)}}};
}

std::optional<Meeting> endToEnd(const Tube& a, const Tube& b) {
  std::optional<Meeting> nearest;
  double least = kMeetMm;
  for (const End& one : endsOf(a)) {
    for (const End& other : endsOf(b)) {
      const double apart = distance(one.point, other.point);
      if (apart <= least && alike(one.radius_mm, other.radius_mm, kTaper)) {
        least = apart;
        nearest = Meeting{one.arclength_mm, other.arclength_mm};
      }
    }
  }
  return nearest;
}

/// Where an end of @p a lies on the flank of @p b.
std::optional<Meeting> endOnFlank(const Tube& a, const Tube& b) {
  std::optional<Meeting> nearest;
  double least = kOnFlankMm;
  for (const End& end : endsOf(a)) {
    const Projection at = project(b.points_mm, end.point);
    const double radius = valueAt(b.points_mm, b.radius_mm, at.arclength_mm);
    const double off = at.distance_mm - std::max(radius, end.radius_mm);
    if (off <= least) {
      least = off;
      nearest = Meeting{end.arclength_mm, at.arclength_mm};
    }
  }
  return nearest;
}

std::optional<Meeting> meetingOf(const Tube& a, const Tube& b) {
  if (!alike(medianRadius(a), medianRadius(b), kTaper)) {
    return std::nullopt;
  }
  if (const auto ends = endToEnd(a, b)) {
    return ends;
  }
  if (!alike(medianRadius(a), medianRadius(b), kOneCalibre)) {
    return std::nullopt;
  }
  if (const auto flank = endOnFlank(a, b)) {
    return flank;
  }
  const auto flank = endOnFlank(b, a);
  return flank ? std::optional<Meeting>({flank->b_mm, flank->a_mm}) : std::nullopt;
}

/// The gaps between @p nerve and @p vessel from arc length @p from_mm to @p to_mm.
std::vector<double> gapsAlong(const Tube& nerve, const Tube& vessel, double from_mm, double to_mm) {
  const int steps = static_cast<int>(std::abs(to_mm - from_mm) / kStepMm);
  const double step = to_mm > from_mm ? kStepMm : -kStepMm;
  std::vector<double> gaps;
  for (int n = 0; n <= steps; ++n) {
    const double s = from_mm + n * step;
    const Projection at = project(nerve.points_mm, pointAt(vessel.points_mm, s));
    gaps.push_back(at.distance_mm - valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm) -
                   valueAt(vessel.points_mm, vessel.radius_mm, s));
  }
  return gaps;
}

}  // namespace

bool goesOnIn(const Vessel& vessel, const Vessel& other) {
  if (vessel.tube.empty() || other.tube.empty() ||
      !alike(medianRadius(vessel.tube), medianRadius(other.tube), kOneCalibre)) {
    return false;
  }
  return endToEnd(vessel.tube, other.tube) || endOnFlank(vessel.tube, other.tube);
}

bool onePlaceOfOneVessel(const Tube& nerve, const Vessel& a, const Place& at_a, const Vessel& b,
                         const Place& at_b, const PlaceOptions& options) {
  const std::optional<Meeting> meeting = meetingOf(a.tube, b.tube);
  if (!meeting) {
    return false;
  }
  if (std::max(at_a.gap_mm, at_b.gap_mm) > options.apart_gap_mm) {
    return true;  // as along one tube: what stays away is one neighbour
  }
  std::vector<double> gaps = gapsAlong(nerve, a.tube, at_a.vessel_arclength_mm, meeting->a_mm);
  const std::vector<double> rest =
      gapsAlong(nerve, b.tube, at_b.vessel_arclength_mm, meeting->b_mm);
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
