#include "neurovasc/contact/places.h"

#include <algorithm>
#include <limits>

#include "check.h"

namespace neurovasc::contact {
namespace {

/// Fine enough that the nearest pair of samples is within 0.002 mm of the nearest pair of points
/// for axes bent no tighter than 1 mm.
constexpr double kStepMm = 0.1;

/// The nerve's sample that comes nearest to one sample of the vessel.
struct Nearest {
  double gap_mm = std::numeric_limits<double>::infinity();
  std::size_t nerve = 0;
};

Nearest nearestTo(const Tube& nerve, const Point3& p, double radius_mm) {
  Nearest best;
  for (std::size_t j = 0; j < nerve.size(); ++j) {
    const double gap = distance(nerve.points_mm[j], p) - nerve.radius_mm[j] - radius_mm;
    if (gap < best.gap_mm) {
      best = {gap, j};
    }
  }
  return best;
}

/// The gap along a vessel, at kStepMm.
struct Profile {
  Tube nerve;
  Tube vessel;
  std::vector<Nearest> near;
};

Profile profileOf(const Tube& nerve, const Tube& vessel) {
  Profile out{resampled(nerve, kStepMm), resampled(vessel, kStepMm), {}};
  out.near.reserve(out.vessel.size());
  for (std::size_t i = 0; i < out.vessel.size(); ++i) {
    out.near.push_back(nearestTo(out.nerve, out.vessel.points_mm[i], out.vessel.radius_mm[i]));
  }
  return out;
}

Place placeAt(const Profile& profile, std::size_t i) {
  const std::size_t j = profile.near[i].nerve;
  Place place;
  place.vessel_arclength_mm = arcLengths(profile.vessel.points_mm)[i];
  place.nerve_arclength_mm = arcLengths(profile.nerve.points_mm)[j];
  place.gap_mm = profile.near[i].gap_mm;
  place.nerve_axis_mm = profile.nerve.points_mm[j];
  place.vessel_axis_mm = profile.vessel.points_mm[i];
  place.at_vessel_end = i == 0 || i + 1 == profile.near.size();
  return place;
}

std::size_t nearestSample(const std::vector<Nearest>& near) {
  const auto nearer = [](const Nearest& a, const Nearest& b) { return a.gap_mm < b.gap_mm; };
  return static_cast<std::size_t>(std::min_element(near.begin(), near.end(), nearer) -
                                  near.begin());
}

/// Whether between samples a and b the gap stays above the limit over the length asked.
bool apart(const std::vector<Nearest>& near, std::size_t a, std::size_t b,
           const PlaceOptions& options) {
  double run_mm = 0;
  for (std::size_t i = std::min(a, b); i <= std::max(a, b); ++i) {
    run_mm = near[i].gap_mm > options.apart_gap_mm ? run_mm + kStepMm : 0;
    if (run_mm >= options.apart_length_mm) {
      return true;
    }
  }
  return false;
}

bool localMinimum(const std::vector<Nearest>& near, std::size_t i) {
  return (i == 0 || near[i].gap_mm < near[i - 1].gap_mm) &&
         (i + 1 == near.size() || near[i].gap_mm <= near[i + 1].gap_mm);
}

/// Samples that may be places of their own beside the nearest, nearest first.
std::vector<std::size_t> furtherMinima(const std::vector<Nearest>& near, double limit_mm) {
  std::vector<std::size_t> minima;
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (near[i].gap_mm <= limit_mm && localMinimum(near, i)) {
      minima.push_back(i);
    }
  }
  std::stable_sort(minima.begin(), minima.end(), [&near](std::size_t a, std::size_t b) {
    return near[a].gap_mm < near[b].gap_mm;
  });
  return minima;
}

}  // namespace

void validate(const PlaceOptions& options) {
  require(options.within_mm > 0, "within_mm", "above 0");
  require(options.apart_gap_mm > 0, "apart_gap_mm", "above 0");
  require(options.apart_length_mm > 0, "apart_length_mm", "above 0");
}

Place nearestPlace(const Tube& nerve, const Tube& vessel) {
  const Profile profile = profileOf(nerve, vessel);
  return placeAt(profile, nearestSample(profile.near));
}

std::vector<Place> placesOf(const Tube& nerve, const Tube& vessel, const PlaceOptions& options) {
  if (nerve.empty() || vessel.empty()) {
    return {};
  }
  const Profile profile = profileOf(nerve, vessel);
  const std::size_t nearest = nearestSample(profile.near);
  if (profile.near[nearest].gap_mm > options.within_mm) {
    return {};
  }
  std::vector<std::size_t> kept = {nearest};
  for (const std::size_t i : furtherMinima(profile.near, options.apart_gap_mm)) {
    const bool own = std::all_of(kept.begin(), kept.end(), [&](std::size_t other) {
      return apart(profile.near, i, other, options);
    });
    if (own) {
      kept.push_back(i);
    }
  }
  std::sort(kept.begin(), kept.end());
  std::vector<Place> places;
  for (const std::size_t i : kept) {
    places.push_back(placeAt(profile, i));
  }
  return places;
}

}  // namespace neurovasc::contact
