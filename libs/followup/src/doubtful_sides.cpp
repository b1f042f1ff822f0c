#include "neurovasc/followup/doubtful_sides.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "neurovasc/core/tube.h"

namespace neurovasc::followup {
namespace {

constexpr auto kLandmarks = {&NerveLandmarks::root_exit_point, &NerveLandmarks::detachment_point,
                             &NerveLandmarks::porus};

/// Zones from root exit point to transition zone that were not seen.
std::ptrdiff_t unseenZones(const SideAssessment& side) {
  return std::count_if(side.zones.begin(), side.zones.end(), [](const ZoneFinding& zone) {
    return zone.zone <= Zone::transition_zone && zone.status == ZoneStatus::not_assessable;
  });
}

bool hasPad(const Comparison& comparison, std::size_t date, Side side) {
  return std::any_of(
      comparison.pads.begin(), comparison.pads.end(),
      [date, side](const ComparedPad& pad) { return pad.date == date && pad.pad.side == side; });
}

bool isBelieved(const SideAssessment& first) {
  const NerveLandmarks& marks = first.nerve.landmarks;
  return first.nerve.status == NerveStatus::segmented && unseenZones(first) == 0 &&
         marks.root_exit_point && marks.detachment_point;
}

/// The first date's landmarks in the frame of a later one, their errors grown by the
/// registration's.
NerveLandmarks broughtOver(const NerveLandmarks& marks, const DateRegistration& registration) {
  NerveLandmarks out;
  for (const auto landmark : kLandmarks) {
    if (const auto& mark = marks.*landmark) {
      out.*landmark =
          Landmark{registration.date_from_first(mark->lps_mm),
                   std::hypot(mark->sd_mm, registration.error_mm.value_or(0)), mark->manual};
    }
  }
  return out;
}

/// The nerve from root exit point to porus, or to its end where no porus is known.
std::vector<Point3> axisBroughtOver(const Nerve& nerve, const RigidTransform& date_from_first) {
  const std::vector<Point3>& line = nerve.tube.points_mm;
  const auto& porus = nerve.landmarks.porus;
  const std::size_t kept = porus && line.size() > 1
                               ? std::min(project(line, porus->lps_mm).segment + 2, line.size())
                               : line.size();
  std::vector<Point3> out;
  out.reserve(kept);
  std::transform(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(kept),
                 std::back_inserter(out), date_from_first);
  return out;
}

bool areApart(const std::optional<Landmark>& a, const std::optional<Landmark>& b, double most_mm) {
  return a && b && distance(a->lps_mm, b->lps_mm) > most_mm;
}

/// The root exit point is found anew to no better than its error.
bool disagree(const NerveLandmarks& expected, const NerveLandmarks& found,
              const CompareOptions& options) {
  const auto& root = expected.root_exit_point;
  const auto& own_root = found.root_exit_point;
  return areApart(expected.detachment_point, found.detachment_point, options.same_landmark_mm) ||
         areApart(expected.porus, found.porus, options.same_landmark_mm) ||
         (root && own_root &&
          areApart(root, own_root, options.beyond_sd * std::hypot(root->sd_mm, own_root->sd_mm)));
}

std::optional<DoubtfulSide> doubtfulSide(const std::vector<FollowupDate>& dates,
                                         const Comparison& comparison, std::size_t date, Side side,
                                         const CompareOptions& options) {
  const SideAssessment* first = findSide(dates.front().assessment, side);
  const SideAssessment* later = findSide(dates[date].assessment, side);
  const auto& registration = comparison.dates[date].registration;
  if (first == nullptr || later == nullptr || !registration || !isBelieved(*first) ||
      hasPad(comparison, 0, side)) {
    return std::nullopt;
  }
  const NerveLandmarks marks = broughtOver(first->nerve.landmarks, *registration);
  const bool doubtful = later->nerve.status != NerveStatus::segmented ||
                        disagree(marks, later->nerve.landmarks, options);
  if (!doubtful) {
    return std::nullopt;
  }
  return DoubtfulSide{date, side, marks,
                      axisBroughtOver(first->nerve, registration->date_from_first)};
}

}  // namespace

std::vector<DoubtfulSide> doubtfulSides(const std::vector<FollowupDate>& dates,
                                        const Comparison& comparison,
                                        const CompareOptions& options) {
  std::vector<DoubtfulSide> doubtful;
  for (std::size_t n = 1; n < dates.size(); ++n) {
    for (const Side side : kSides) {
      if (auto found = doubtfulSide(dates, comparison, n, side, options)) {
        doubtful.push_back(*std::move(found));
      }
    }
  }
  return doubtful;
}

bool isBetterSeen(const SideAssessment& before, const SideAssessment& anew) {
  return anew.nerve.status != NerveStatus::not_found && unseenZones(anew) <= unseenZones(before);
}

}  // namespace neurovasc::followup
