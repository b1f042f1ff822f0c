#include "track.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "clot.h"
#include "same_vessel.h"
#include "still_there.h"

namespace neurovasc::followup {
namespace {

/// A vessel's axis at one date, from a fitted tube, 1 sd.
constexpr double kAxisSdMm = 0.1;

/// A contact followed through the dates; nothing where it is not listed.
struct Track {
  std::vector<std::optional<PlacedContact>> at;

  const PlacedContact* last() const {
    const auto found = std::find_if(at.rbegin(), at.rend(),
                                    [](const auto& sighting) { return sighting.has_value(); });
    return found == at.rend() ? nullptr : &**found;
  }
};

Tube moved(Tube tube, const RigidTransform& transform) {
  for (Point3& p : tube.points_mm) {
    p = transform(p);
  }
  return tube;
}

PlacedContact placed(const Contact& contact, const PlacedDate& date) {
  PlacedContact out;
  out.contact = &contact;
  if (contact.nerve_point_mm) {
    out.place_mm = date.first_from_date(*contact.nerve_point_mm);
  }
  for (const Vessel& vessel : date.date->assessment.vessels) {
    Tube tube = moved(vessel.tube, date.first_from_date);
    if (vessel.id == contact.vessel_id) {
      out.vessel = std::move(tube);
    } else {
      out.others.push_back(std::move(tube));
    }
  }
  return out;
}

std::vector<PlacedContact> placedContacts(const PlacedDate& date, Side side) {
  std::vector<PlacedContact> out;
  if (const SideAssessment* found = findSide(date.date->assessment, side)) {
    for (const Contact& contact : found->contacts) {
      out.push_back(placed(contact, date));
    }
  }
  return out;
}

bool touches(const Contact& contact, const CompareOptions& options) {
  return contact.contact_probability.value_or(0) >= options.contact_probability;
}

/// How well a contact continues a track: smaller is better, infinite not at all.
double mismatch(const PlacedContact& before, const PlacedContact& now, double error_mm,
                const CompareOptions& options) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  if (!before.place_mm || !now.place_mm) {
    return kNever;
  }
  const double apart_mm = distance(*before.place_mm, *now.place_mm);
  const Sameness same = sameVessel(before, now, options);
  const bool one_place = apart_mm <= options.same_place_mm + options.beyond_sd * error_mm;
  if (same == Sameness::different) {
    return kNever;
  }
  if (one_place) {
    return same == Sameness::same ? apart_mm : apart_mm + options.same_place_mm;
  }
  // Elsewhere it counts as the same contact only where the same vessel touches at both dates.
  const bool both = touches(*before.contact, options) && touches(*now.contact, options);
  return same == Sameness::same && both ? 100 + apart_mm : kNever;
}

/// Gives the contacts of date @p n to the tracks they continue, best first; others begin one.
void continueTracks(std::vector<Track>& tracks, std::vector<PlacedContact> contacts, std::size_t n,
                    double error_mm, const CompareOptions& options) {
  struct Choice {
    double cost;
    std::size_t track;
    std::size_t contact;
  };
  std::vector<Choice> choices;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    for (std::size_t c = 0; c < contacts.size(); ++c) {
      const double cost = mismatch(*tracks[t].last(), contacts[c], error_mm, options);
      if (std::isfinite(cost)) {
        choices.push_back({cost, t, c});
      }
    }
  }
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice& a, const Choice& b) { return a.cost < b.cost; });
  std::vector<bool> used(contacts.size(), false);
  for (const Choice& choice : choices) {
    if (!used[choice.contact] && !tracks[choice.track].at[n]) {
      tracks[choice.track].at[n] = contacts[choice.contact];
      used[choice.contact] = true;
    }
  }
  for (std::size_t c = 0; c < contacts.size(); ++c) {
    if (!used[c]) {
      tracks.emplace_back();
      tracks.back().at.resize(tracks.front().at.size());
      tracks.back().at[n] = contacts[c];
    }
  }
}

std::vector<Track> makeTracks(const std::vector<PlacedDate>& dates, Side side,
                              const CompareOptions& options) {
  std::vector<Track> tracks;
  for (std::size_t n = 0; n < dates.size(); ++n) {
    std::vector<PlacedContact> contacts = placedContacts(dates[n], side);
    if (tracks.empty()) {
      for (PlacedContact& contact : contacts) {
        tracks.emplace_back();
        tracks.back().at.resize(dates.size());
        tracks.back().at[n] = std::move(contact);
      }
    } else {
      continueTracks(tracks, std::move(contacts), n, dates[n].error_mm, options);
    }
  }
  return tracks;
}

/// Arc length of @p place (first date's frame) on a date's own nerve.
std::optional<double> arclengthAt(const PlacedDate& date, Side side,
                                  const std::optional<Point3>& place) {
  const SideAssessment* found = findSide(date.date->assessment, side);
  if (found == nullptr || found->nerve.tube.size() < 2 || !place) {
    return std::nullopt;
  }
  return project(found->nerve.tube.points_mm, date.first_from_date.inverse()(*place)).arclength_mm;
}

bool isNearFreshPad(const PlacedDate& date, Side side, double s_mm, const CompareOptions& options) {
  return anyAlong(date.fresh, side, s_mm - options.near_pad_mm, s_mm + options.near_pad_mm);
}

/// The zone of a date's nerve that holds @p s_mm.
const ZoneFinding* zoneAround(const PlacedDate& date, Side side,
                              const std::optional<double>& s_mm) {
  const SideAssessment* found = findSide(date.date->assessment, side);
  if (found == nullptr || !s_mm) {
    return nullptr;
  }
  const auto zone = std::find_if(found->zones.begin(), found->zones.end(), [&](const auto& z) {
    return z.from_mm && z.to_mm && *s_mm >= *z.from_mm && *s_mm <= *z.to_mm;
  });
  return zone == found->zones.end() ? nullptr : &*zone;
}

/// What a date says of the place at @p s_mm of its nerve.
ZoneStatus statusAt(const PlacedDate& date, Side side, const std::optional<double>& s_mm,
                    const CompareOptions& options) {
  const auto* zone = zoneAround(date, side, s_mm);
  return zone == nullptr || isNearFreshPad(date, side, *s_mm, options) ? ZoneStatus::not_assessable
                                                                       : zone->status;
}

std::optional<Zone> zoneOf(const PlacedDate& date, Side side, const std::optional<double>& s_mm) {
  const auto* zone = zoneAround(date, side, s_mm);
  return zone == nullptr ? std::nullopt : std::optional<Zone>(zone->zone);
}

/// Where the track is at a date, or else where it was last or will be first.
std::optional<Point3> placeAt(const Track& track, std::size_t n) {
  for (std::size_t back = 0; back <= n; ++back) {
    if (track.at[n - back]) {
      return track.at[n - back]->place_mm;
    }
  }
  const PlacedContact* later = nullptr;
  for (std::size_t on = track.at.size(); on-- > n;) {
    later = track.at[on] ? &*track.at[on] : later;
  }
  return later == nullptr ? std::nullopt : later->place_mm;
}

ContactSighting sightingOf(const Track& track, std::size_t n, const std::vector<PlacedDate>& dates,
                           Side side, const CompareOptions& options) {
  const PlacedDate& date = dates[n];
  ContactSighting out;
  if (track.at[n]) {
    const Contact& contact = *track.at[n]->contact;
    out.contact_id = contact.id;
    out.vessel_id = contact.vessel_id;
    out.kind = contact.kind;
    out.vessel_name = contact.vessel_name;
    out.name_confidence = contact.name_confidence;
    out.distance_mm = contact.distance_mm;
    out.distance_sd_mm = contact.distance_sd_mm;
    out.contact_probability = contact.contact_probability;
    out.zone = contact.zone;
    out.arclength_mm = contact.arclength_mm;
    out.may_be_clot = mayBeClot(*track.at[n], dates, n, side);
    out.place = out.may_be_clot ? ZoneStatus::not_assessable
                                : statusAt(date, side, contact.arclength_mm, options);
    return out;
  }
  const auto s_mm = arclengthAt(date, side, placeAt(track, n));
  out.zone = zoneOf(date, side, s_mm);
  out.arclength_mm = s_mm;
  out.place = statusAt(date, side, s_mm, options);
  return out;
}

struct GapChange {
  double mm = 0;
  double sd_mm = 0;
};

std::optional<GapChange> gapChange(const ContactSighting& before, const ContactSighting& now) {
  if (!before.distance_mm || !now.distance_mm || !before.distance_sd_mm || !now.distance_sd_mm) {
    return std::nullopt;
  }
  return GapChange{*now.distance_mm - *before.distance_mm,
                   std::hypot(*before.distance_sd_mm, *now.distance_sd_mm)};
}

/// Where the vessel's axis is at one date against another, at the contact.
struct Shift {
  Vec3 mm;
  double sd_mm = 0;
};

std::optional<Shift> shiftBetween(const std::optional<PlacedContact>& before,
                                  const std::optional<PlacedContact>& now, double error_mm) {
  if (!before || !now || before->vessel.size() < 2 || now->vessel.size() < 2 || !before->place_mm) {
    return std::nullopt;
  }
  const Point3 was = project(before->vessel.points_mm, *before->place_mm).point_mm;
  return Shift{project(now->vessel.points_mm, was).point_mm - was,
               std::hypot(error_mm, std::sqrt(2.0) * kAxisSdMm)};
}

bool onBrainstem(const std::optional<Zone>& zone) {
  return zone == Zone::root_exit_point || zone == Zone::attached_segment;
}

/// Whether the vessel moved far enough to have opened or closed the gap. The attached nerve does
/// not move: where the vessel did not either, it is the nerve that was traced in another way.
bool isBornOut(const GapChange& change, const std::optional<Shift>& shift,
               const std::optional<Zone>& zone, const CompareOptions& options) {
  return !shift || !onBrainstem(zone) ||
         std::abs(change.mm) - options.beyond_sd * change.sd_mm <=
             norm(shift->mm) + options.beyond_sd * shift->sd_mm;
}

/// The state where contact is seen at one of two dates alone. @p other is the date without.
ContactChange oneSided(const ContactSighting& before, const ContactSighting& now,
                       const ContactSighting& other, ContactChange beyond,
                       const std::optional<Shift>& shift, const CompareOptions& options) {
  if (other.place == ZoneStatus::not_assessable) {
    return ContactChange::not_assessable;
  }
  if (other.contact_id.empty()) {
    return beyond;
  }
  const auto change = gapChange(before, now);
  return change && std::abs(change->mm) > options.beyond_sd * change->sd_mm &&
                 isBornOut(*change, shift, before.zone, options)
             ? beyond
             : ContactChange::within_error;
}

std::optional<ContactChange> changeBetween(const Track& track, const std::vector<PlacedDate>& dates,
                                           const TrackedContact& contact, std::size_t from,
                                           std::size_t to, const CompareOptions& options) {
  const ContactSighting& before = contact.dates[from];
  const ContactSighting& now = contact.dates[to];
  const bool then = followup::touches(before, options);
  const bool still = followup::touches(now, options);
  if ((then || still) && (before.may_be_clot || now.may_be_clot)) {
    return ContactChange::not_assessable;
  }
  if (then && still) {
    const double apart_mm = distance(*track.at[from]->place_mm, *track.at[to]->place_mm);
    return apart_mm > options.same_place_mm ? ContactChange::moved : ContactChange::residual;
  }
  const auto shift = shiftBetween(track.at[from], track.at[to],
                                  std::hypot(dates[from].error_mm, dates[to].error_mm));
  if (then) {
    if (!track.at[to] && isStillThere(*track.at[from], dates[from], dates[to])) {
      return ContactChange::not_assessable;
    }
    return oneSided(before, now, now, ContactChange::resolved, shift, options);
  }
  if (still) {
    return oneSided(before, now, before, ContactChange::new_contact, shift, options);
  }
  return std::nullopt;
}

/// Whether @p was exceeded its error and @p is less by more than the error of both.
std::optional<bool> wentBack(const std::optional<double>& was, const std::optional<double>& was_sd,
                             const std::optional<double>& is, const std::optional<double>& is_sd,
                             const CompareOptions& options) {
  if (!was || !is || !was_sd || !is_sd || *was <= options.beyond_sd * *was_sd) {
    return std::nullopt;
  }
  return *was - *is > options.beyond_sd * std::hypot(*was_sd, *is_sd);
}

void measureDeformity(const Track& track, const CompareOptions& options, TrackedContact& out) {
  if (!track.at.front() || !track.at.back()) {
    return;
  }
  const Deformity& a = track.at.front()->contact->deformity;
  const Deformity& b = track.at.back()->contact->deformity;
  const auto dent = wentBack(a.indentation_mm, a.indentation_sd_mm, b.indentation_mm,
                             b.indentation_sd_mm, options);
  const auto bend = wentBack(a.displacement_mm, a.displacement_sd_mm, b.displacement_mm,
                             b.displacement_sd_mm, options);
  if (dent || bend) {
    out.deformity_recovered = dent.value_or(true) && bend.value_or(true);
  }
}

TrackedContact describe(const Track& track, const std::vector<PlacedDate>& dates, Side side,
                        const CompareOptions& options) {
  TrackedContact out;
  for (std::size_t n = 0; n < dates.size(); ++n) {
    out.dates.push_back(sightingOf(track, n, dates, side, options));
    if (n > 0) {
      out.dates[n].since_previous = changeBetween(track, dates, out, n - 1, n, options);
    }
  }
  out.arclength_mm = arclengthAt(dates.front(), side, placeAt(track, 0));
  if (dates.size() < 2) {
    return out;
  }
  const std::size_t last = dates.size() - 1;
  out.state = changeBetween(track, dates, out, 0, last, options);
  if (const auto change = gapChange(out.dates.front(), out.dates.back())) {
    out.gap_change_mm = change->mm;
    out.gap_change_sd_mm = change->sd_mm;
    out.smallest_change_mm = options.beyond_sd * change->sd_mm;
  }
  if (const auto shift = shiftBetween(track.at.front(), track.at.back(), dates[last].error_mm)) {
    out.vessel_shift_mm = shift->mm;
    out.vessel_shift_sd_mm = shift->sd_mm;
  }
  measureDeformity(track, options, out);
  return out;
}

}  // namespace

bool anyAlong(const std::vector<const ComparedPad*>& pads, Side side, double from_mm,
              double to_mm) {
  return std::any_of(pads.begin(), pads.end(), [&](const ComparedPad* pad) {
    return pad->pad.side == side && pad->from_mm && *pad->from_mm<to_mm&& * pad->to_mm> from_mm;
  });
}

bool touches(const ContactSighting& sighting, const CompareOptions& options) {
  return sighting.contact_probability.value_or(0) >= options.contact_probability;
}

std::vector<TrackedContact> trackContacts(const std::vector<PlacedDate>& dates, Side side,
                                          const CompareOptions& options) {
  std::vector<TrackedContact> out;
  for (const Track& track : makeTracks(dates, side, options)) {
    out.push_back(describe(track, dates, side, options));
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.arclength_mm.value_or(1e3) < b.arclength_mm.value_or(1e3);
  });
  for (std::size_t n = 0; n < out.size(); ++n) {
    out[n].id = (side == Side::left ? "L" : "R") + std::to_string(n + 1);
  }
  return out;
}

}  // namespace neurovasc::followup
