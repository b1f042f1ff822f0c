#include "neurovasc/followup/compare.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"
#include "outcome.h"
#include "track.h"

namespace neurovasc::followup {
namespace {

/// Landmarks of two dates differ by half a millimetre: a contact within this of a pad's end is
/// beside it.
constexpr double kBesideMm = 0.5;

/// Weeks from the last operation known of at or before @p date.
std::optional<int> weeksSince(const FollowupDate& date,
                              const std::vector<KnownSurgery>& surgeries) {
  std::optional<int> days;
  for (const KnownSurgery& surgery : surgeries) {
    if (date.day && surgery.day && *surgery.day <= *date.day) {
      days = std::min(days.value_or(*date.day - *surgery.day), *date.day - *surgery.day);
    }
  }
  return days ? std::optional<int>(*days / 7) : std::nullopt;
}

ComparedDate describeDate(const FollowupDate& date, const FollowupDate& first,
                          const CompareOptions& options) {
  ComparedDate out;
  if (date.day && first.day) {
    out.days_since_first = *date.day - *first.day;
  }
  out.weeks_since_surgery = weeksSince(date, options.surgeries);
  out.has_tof = date.tof.has_value();
  out.has_ce_t1 = date.ce_t1.has_value();
  return out;
}

std::vector<ComparedDate> placeDates(const std::vector<FollowupDate>& dates,
                                     const CompareOptions& options, const Progress& progress) {
  std::vector<ComparedDate> out;
  for (const FollowupDate& date : dates) {
    progress.report("match", static_cast<double>(out.size()) / static_cast<double>(dates.size()),
                    "dates");
    ComparedDate described = describeDate(date, dates.front(), options);
    if (!out.empty()) {
      described.registration = registerDates(dates.front(), date, options.registration, progress);
    }
    out.push_back(std::move(described));
  }
  return out;
}

RigidTransform dateFromFirst(const ComparedDate& date) {
  return date.registration ? date.registration->date_from_first : RigidTransform{};
}

/// The pads of date @p n; the first date shows what was dark already.
std::vector<ComparedPad> padsOf(const std::vector<FollowupDate>& dates,
                                const std::vector<ComparedDate>& placed, std::size_t n,
                                const CompareOptions& options, const Progress& progress) {
  std::optional<EarlierDate> earlier;
  if (n > 0) {
    earlier = EarlierDate{&dates.front(), dateFromFirst(placed[n]).inverse()};
  }
  auto pads = findPads(dates[n], earlier, placed[n].weeks_since_surgery, options.pads, progress);
  for (ComparedPad& pad : pads) {
    pad.date = n;
  }
  return pads;
}

/// Whether an operation of @p side is known that lies between the first date and @p later, as far
/// as their days are known.
bool operatedBetween(const FollowupDate& first, const FollowupDate& later, Side side,
                     bool pad_elsewhere, const CompareOptions& options) {
  return std::any_of(options.surgeries.begin(), options.surgeries.end(),
                     [&](const KnownSurgery& surgery) {
                       const bool here = surgery.side ? *surgery.side == side : !pad_elsewhere;
                       const bool after = !surgery.day || !first.day || *surgery.day >= *first.day;
                       const bool before = !surgery.day || !later.day || *surgery.day <= *later.day;
                       return here && after && before;
                     });
}

bool anyPad(const std::vector<ComparedPad>& pads, Side side) {
  return std::any_of(pads.begin(), pads.end(),
                     [side](const ComparedPad& pad) { return pad.pad.side == side; });
}

std::optional<bool> explored(Zone zone, Side side, const std::vector<KnownSurgery>& surgeries) {
  std::optional<bool> out;
  for (const KnownSurgery& surgery : surgeries) {
    if (surgery.zones_explored.empty() || surgery.side.value_or(side) != side) {
      continue;
    }
    const auto& zones = surgery.zones_explored;
    out = out.value_or(false) || std::find(zones.begin(), zones.end(), zone) != zones.end();
  }
  return out;
}

const ZoneFinding* zoneOf(const SideAssessment* side, Zone zone) {
  if (side == nullptr) {
    return nullptr;
  }
  const auto found = std::find_if(side->zones.begin(), side->zones.end(),
                                  [zone](const ZoneFinding& z) { return z.zone == zone; });
  return found == side->zones.end() ? nullptr : &*found;
}

bool padAlong(const ZoneFinding* zone, Side side, const std::vector<const ComparedPad*>& pads) {
  return zone != nullptr && zone->from_mm && zone->to_mm &&
         anyAlong(pads, side, *zone->from_mm, *zone->to_mm);
}

/// A zone's status at a date; what lies along a body cannot be told soon after surgery.
ZoneStatus statusOf(const ZoneFinding* zone, Side side, const PlacedDate& date) {
  if (zone == nullptr || padAlong(zone, side, date.fresh)) {
    return ZoneStatus::not_assessable;
  }
  return zone->status;
}

std::vector<const ComparedPad*> pointersTo(const std::vector<ComparedPad>& pads) {
  std::vector<const ComparedPad*> out;
  out.reserve(pads.size());
  for (const ComparedPad& pad : pads) {
    out.push_back(&pad);
  }
  return out;
}

/// Whether all that touches at date @p n may be clotted blood or felt.
bool isAllClot(const std::vector<TrackedContact>& contacts, std::size_t n,
               const CompareOptions& options) {
  bool any = false;
  for (const TrackedContact& contact : contacts) {
    const ContactSighting& sighting = contact.dates[n];
    if (touches(sighting, options) && !sighting.may_be_clot) {
      return false;
    }
    any |= sighting.may_be_clot;
  }
  return any;
}

ZoneStatus withoutClot(ZoneStatus status, bool clot) {
  return clot && status == ZoneStatus::contact ? ZoneStatus::not_assessable : status;
}

std::vector<ComparedZone> zoneTable(const std::vector<PlacedDate>& dates, Side side,
                                    const std::vector<TrackedContact>& contacts,
                                    const CompareOptions& options) {
  const bool clot_before = isAllClot(contacts, 0, options);
  const bool clot_now = isAllClot(contacts, dates.size() - 1, options);
  std::vector<ComparedZone> rows;
  for (const Zone zone : kZones) {
    const ZoneFinding* before = zoneOf(findSide(dates.front().date->assessment, side), zone);
    const ZoneFinding* now = zoneOf(findSide(dates.back().date->assessment, side), zone);
    ComparedZone row;
    row.zone = zone;
    row.explored = explored(zone, side, options.surgeries);
    row.before = withoutClot(statusOf(before, side, dates.front()), clot_before);
    row.now = withoutClot(statusOf(now, side, dates.back()), clot_now);
    row.pad = padAlong(now, side, pointersTo(*dates.back().pads));
    rows.push_back(row);
  }
  return rows;
}

/// Names the pads of the last date that lie near a contact, and the order along the nerve.
void placeAgainstPads(const std::vector<ComparedPad>& pads, Side side,
                      const CompareOptions& options, TrackedContact& contact) {
  const auto& s_mm = contact.dates.back().arclength_mm;
  double nearest_mm = 1e9;
  for (const ComparedPad& pad : pads) {
    if (pad.pad.side != side || !pad.from_mm || !s_mm) {
      continue;
    }
    const double off_mm = std::max({*pad.from_mm - *s_mm, *s_mm - *pad.to_mm, 0.0});
    if (off_mm < options.near_pad_mm) {
      contact.near_pads.push_back(pad.pad.id);
    }
    if (off_mm < nearest_mm) {
      nearest_mm = off_mm;
      contact.pad_order = *s_mm < *pad.from_mm - kBesideMm ? PadOrder::brainstem_contact_pad
                          : *s_mm > *pad.to_mm + kBesideMm ? PadOrder::pad_contact_canal
                                                           : PadOrder::beside_pad;
    }
  }
}

/// Whether @p pad was there at an earlier date already, long enough before date @p n.
bool isKnownOld(const ComparedPad& pad, std::size_t n, const std::vector<FollowupDate>& dates,
                const std::vector<PlacedDate>& earlier, const RigidTransform& first_from_date,
                const CompareOptions& options) {
  for (std::size_t m = 0; m < n; ++m) {
    const bool long_ago = dates[m].day && dates[n].day &&
                          *dates[n].day - *dates[m].day >= 7 * options.pads.early_weeks;
    for (const ComparedPad& then : *earlier[m].pads) {
      const double apart_mm = distance(earlier[m].first_from_date(then.pad.center_mm),
                                       first_from_date(pad.pad.center_mm));
      if (long_ago && apart_mm <= options.migration_mm) {
        return true;
      }
    }
  }
  return false;
}

/// Pads of date @p n that are too young, or may be, for a word on what is near them.
std::vector<const ComparedPad*> freshPads(std::size_t n, const std::vector<FollowupDate>& dates,
                                          const std::vector<ComparedDate>& compared,
                                          const std::vector<ComparedPad>& pads,
                                          const std::vector<PlacedDate>& earlier,
                                          const CompareOptions& options) {
  const auto& weeks = compared[n].weeks_since_surgery;
  const RigidTransform first_from_date = dateFromFirst(compared[n]).inverse();
  std::vector<const ComparedPad*> fresh;
  for (const ComparedPad& pad : pads) {
    const bool old = weeks ? *weeks >= options.pads.early_weeks
                           : isKnownOld(pad, n, dates, earlier, first_from_date, options);
    if (!old) {
      fresh.push_back(&pad);
    }
  }
  return fresh;
}

std::vector<Side> operatedSides(const FollowupDate& first, const FollowupDate& later,
                                const std::vector<ComparedPad>& pads,
                                const CompareOptions& options) {
  std::vector<Side> sides;
  for (const Side side : kSides) {
    if (operatedBetween(first, later, side, anyPad(pads, opposite(side)), options)) {
      sides.push_back(side);
    }
  }
  return sides;
}

/// Each date on the first, with what surgery left.
std::vector<PlacedDate> placedDates(const std::vector<FollowupDate>& dates,
                                    const Comparison& comparison,
                                    const std::vector<std::vector<ComparedPad>>& pads,
                                    const CompareOptions& options) {
  std::vector<PlacedDate> placed;
  for (std::size_t n = 0; n < dates.size(); ++n) {
    const auto& registration = comparison.dates[n].registration;
    placed.push_back({&dates[n], dateFromFirst(comparison.dates[n]).inverse(),
                      registration ? registration->error_mm.value_or(0) : 0, &pads[n],
                      freshPads(n, dates, comparison.dates, pads[n], placed, options),
                      operatedSides(dates.front(), dates[n], comparison.pads, options)});
  }
  return placed;
}

SideComparison compareSide(const std::vector<PlacedDate>& placed,
                           const std::vector<ComparedPad>& pads, Side side,
                           const CompareOptions& options) {
  SideComparison out;
  out.side = side;
  out.contacts = trackContacts(placed, side, options);
  for (TrackedContact& contact : out.contacts) {
    placeAgainstPads(*placed.back().pads, side, options, contact);
  }
  out.zones = zoneTable(placed, side, out.contacts, options);
  const auto& operated = placed.back().operated;
  out.sign_of_surgery =
      anyPad(pads, side) || std::find(operated.begin(), operated.end(), side) != operated.end();
  judgeSide(placed, pads, options, out);
  return out;
}

/// Sides that were looked at on every date.
std::vector<Side> commonSides(const std::vector<FollowupDate>& dates) {
  std::vector<Side> sides;
  for (const Side side : kSides) {
    if (std::all_of(dates.begin(), dates.end(), [side](const FollowupDate& date) {
          return findSide(date.assessment, side) != nullptr;
        })) {
      sides.push_back(side);
    }
  }
  return sides;
}

CompareOptions withThreads(CompareOptions options) {
  options.registration.threads = options.threads;
  options.pads.threads = options.threads;
  return options;
}

void check(bool good, const char* rule) {
  if (!good) {
    throw Error(ErrorCode::usage, std::string("comparison option ") + rule);
  }
}

}  // namespace

void validate(const CompareOptions& options) {
  check(options.same_place_mm > 0, "same_place_mm must be positive");
  check(options.contact_probability > 0 && options.contact_probability < 1,
        "contact_probability must be between 0 and 1");
  check(options.beyond_sd > 0, "beyond_sd must be positive");
  check(options.same_course > 0 && options.same_course <= 1,
        "same_course must be above 0 and at most 1");
  check(options.sure_name >= 0 && options.sure_name <= 1, "sure_name must be from 0 to 1");
  check(options.same_landmark_mm > 0, "same_landmark_mm must be positive");
  check(options.near_pad_mm >= 0, "near_pad_mm must not be negative");
  check(options.migration_mm > 0, "migration_mm must be positive");
  check(options.threads >= 0, "threads must not be negative");
  validate(options.registration);
  validate(options.pads);
}

Comparison compare(const std::vector<FollowupDate>& dates, const CompareOptions& given,
                   const Progress& progress) {
  const CompareOptions options = withThreads(given);
  validate(options);
  if (dates.empty()) {
    throw Error(ErrorCode::usage, "no date to compare was given", "Give two studies or more.");
  }
  return comparePlaced(dates, placeDates(dates, options, progress), options, progress);
}

Comparison comparePlaced(const std::vector<FollowupDate>& dates,
                         std::vector<ComparedDate> placed_dates, const CompareOptions& given,
                         const Progress& progress) {
  const CompareOptions options = withThreads(given);
  validate(options);
  if (dates.empty() || dates.size() != placed_dates.size()) {
    throw Error(ErrorCode::usage, "as many dates must be placed as are compared, and one or more");
  }
  Comparison out;
  out.dates = std::move(placed_dates);
  std::vector<std::vector<ComparedPad>> pads;
  for (std::size_t n = 0; n < dates.size(); ++n) {
    pads.push_back(padsOf(dates, out.dates, n, options, progress));
    out.pads.insert(out.pads.end(), pads.back().begin(), pads.back().end());
  }
  const std::vector<PlacedDate> placed = placedDates(dates, out, pads, options);
  for (const Side side : commonSides(dates)) {
    out.sides.push_back(compareSide(placed, out.pads, side, options));
  }
  return out;
}

}  // namespace neurovasc::followup
