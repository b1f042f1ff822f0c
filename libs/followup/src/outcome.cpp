#include "outcome.h"

#include <algorithm>
#include <array>

#include "neurovasc/followup/reasons.h"

namespace neurovasc::followup {
namespace {

constexpr std::array<Zone, 4> kRootZones = {Zone::root_exit_point, Zone::attached_segment,
                                            Zone::root_detachment_point, Zone::transition_zone};

bool isRoot(Zone zone) {
  return std::find(kRootZones.begin(), kRootZones.end(), zone) != kRootZones.end();
}

/// Touches outside the canal, where vessels and nerves lie packed and nothing is decided.
bool touchesInCistern(const ContactSighting& sighting, const CompareOptions& options) {
  return touches(sighting, options) && sighting.zone != Zone::internal_canal;
}

bool counts(const ContactSighting& sighting, const CompareOptions& options) {
  return touchesInCistern(sighting, options) && !sighting.may_be_clot;
}

bool mayCount(const ContactSighting& sighting, const CompareOptions& options) {
  return touchesInCistern(sighting, options) && sighting.may_be_clot;
}

/// Whether a contact touches now and is none that came since the first date.
bool persists(const TrackedContact& contact, const CompareOptions& options) {
  return counts(contact.dates.back(), options) &&
         (contact.state == ContactChange::residual || contact.state == ContactChange::moved ||
          contact.state == ContactChange::within_error);
}

/// What the sides' contacts and zones come to.
struct Tally {
  bool contact_before = false;
  bool contact_now = false;
  bool persists = false;
  bool is_new = false;
  bool unseen_before = false;
  bool unseen_now = false;
  bool place_unseen_now = false;  ///< of a contact of before
  bool still_there = false;       ///< a vessel where one touched, that was not traced
  bool hidden_now = false;        ///< by a pad of the first weeks, or of unknown age
  bool clot_before = false;       ///< what touches may be clotted blood or felt
  bool clot_now = false;
};

bool anyFresh(const PlacedDate& date, Side side) {
  return std::any_of(date.fresh.begin(), date.fresh.end(),
                     [side](const ComparedPad* pad) { return pad->pad.side == side; });
}

/// A contact of before of which nothing can be told now.
void addLost(const TrackedContact& contact, const CompareOptions& options, Tally& tally) {
  if (counts(contact.dates.front(), options) && !counts(contact.dates.back(), options) &&
      contact.state == ContactChange::not_assessable) {
    const bool unseen = contact.dates.back().place == ZoneStatus::not_assessable;
    tally.place_unseen_now |= unseen;
    tally.still_there |= !unseen;
  }
}

Tally tallyOf(const SideComparison& side, const PlacedDate& last, const CompareOptions& options) {
  Tally tally;
  for (const TrackedContact& contact : side.contacts) {
    const bool now = counts(contact.dates.back(), options);
    tally.contact_before |= counts(contact.dates.front(), options);
    tally.contact_now |= now;
    tally.persists |= persists(contact, options);
    tally.clot_before |= mayCount(contact.dates.front(), options);
    tally.clot_now |= mayCount(contact.dates.back(), options);
    addLost(contact, options, tally);
    tally.is_new |= now && contact.state == ContactChange::new_contact;
  }
  for (const ComparedZone& zone : side.zones) {
    if (isRoot(zone.zone)) {
      tally.unseen_before |= zone.before == ZoneStatus::not_assessable;
      tally.unseen_now |= zone.now == ZoneStatus::not_assessable;
      tally.hidden_now |=
          zone.now == ZoneStatus::not_assessable && zone.pad && anyFresh(last, side.side);
    }
  }
  return tally;
}

Outcome outcomeOf(const Tally& tally, bool sign_of_surgery) {
  const bool before_unknown = (tally.unseen_before || tally.clot_before) && !tally.contact_before;
  const bool now_unknown =
      (tally.unseen_now || tally.place_unseen_now || tally.still_there || tally.clot_now) &&
      !tally.contact_now;
  if (now_unknown || (before_unknown && !tally.contact_now)) {
    return Outcome::not_assessable;
  }
  if (tally.persists && sign_of_surgery) {
    return Outcome::residual_contact;
  }
  if (tally.is_new) {
    return Outcome::new_contact;
  }
  if (tally.persists) {
    return Outcome::unchanged;
  }
  if (tally.contact_now) {
    return Outcome::not_assessable;  // it is not known what was there before
  }
  return tally.contact_before ? Outcome::decompressed : Outcome::no_contact;
}

Outcome outcomeOfOne(const Tally& tally) {
  return tally.contact_now                    ? Outcome::contact
         : tally.unseen_now || tally.clot_now ? Outcome::not_assessable
                                              : Outcome::no_contact;
}

Reason reasonOf(const Tally& tally, bool alone) {
  if (tally.contact_now) {
    return Reason::place_unseen_before;
  }
  if (tally.hidden_now) {
    return Reason::fresh_pad;
  }
  if (tally.clot_now || tally.clot_before) {
    return Reason::clot;
  }
  if (tally.still_there) {
    return Reason::still_there;
  }
  if (tally.place_unseen_now && !tally.unseen_now) {
    return Reason::place_unseen_now;
  }
  return alone              ? Reason::root_unseen
         : tally.unseen_now ? Reason::root_unseen_at_last
                            : Reason::root_unseen_at_first;
}

bool has(const SideComparison& side, ContactChange state) {
  return std::any_of(side.contacts.begin(), side.contacts.end(),
                     [state](const TrackedContact& c) { return c.state == state; });
}

/// Contact was gone at a date between two at which the vessel touches.
bool recoiled(const TrackedContact& contact, const CompareOptions& options) {
  bool touched = false;
  bool left = false;
  for (const ContactSighting& sighting : contact.dates) {
    const bool now = counts(sighting, options);
    if (now && left) {
      return true;
    }
    left = left || (touched && !now && sighting.place != ZoneStatus::not_assessable);
    touched = touched || now;
  }
  return false;
}

/// Whether a pad of one date has none near it at the next one that has pads on this side.
bool migrated(const std::vector<PlacedDate>& dates, const std::vector<ComparedPad>& pads, Side side,
              const CompareOptions& options) {
  const auto placeOf = [&](const ComparedPad& pad) {
    return dates[pad.date].first_from_date(pad.pad.center_mm);
  };
  for (const ComparedPad& a : pads) {
    double nearest_mm = -1;
    for (const ComparedPad& b : pads) {
      if (a.pad.side == side && b.pad.side == side && b.date == a.date + 1) {
        const double apart_mm = distance(placeOf(a), placeOf(b));
        nearest_mm = nearest_mm < 0 ? apart_mm : std::min(nearest_mm, apart_mm);
      }
    }
    if (nearest_mm > options.migration_mm) {
      return true;
    }
  }
  return false;
}

FollowupFinding residualAgainst(PadOrder order) {
  return order == PadOrder::brainstem_contact_pad ? FollowupFinding::residual_proximal_to_pad
         : order == PadOrder::pad_contact_canal   ? FollowupFinding::residual_distal_to_pad
                                                  : FollowupFinding::residual_beside_pad;
}

void addOnce(std::vector<FollowupFinding>& findings, FollowupFinding finding) {
  if (std::find(findings.begin(), findings.end(), finding) == findings.end()) {
    findings.push_back(finding);
  }
}

void addContactFindings(const CompareOptions& options, SideComparison& side) {
  for (const TrackedContact& contact : side.contacts) {
    if (!counts(contact.dates.back(), options)) {
      continue;
    }
    if (contact.pad_order && contact.state != ContactChange::new_contact) {
      addOnce(side.findings, residualAgainst(*contact.pad_order));
    }
    if (persists(contact, options) && has(side, ContactChange::resolved)) {
      addOnce(side.findings, FollowupFinding::second_vessel_missed);
    }
    if (recoiled(contact, options)) {
      addOnce(side.findings, FollowupFinding::vessel_recoiled);
    }
  }
}

void addPadFindings(const std::vector<PlacedDate>& dates, const std::vector<ComparedPad>& pads,
                    const CompareOptions& options, SideComparison& side) {
  if (migrated(dates, pads, side.side, options)) {
    addOnce(side.findings, FollowupFinding::pad_migrated);
  }
  for (const ComparedPad& pad : pads) {
    if (pad.pad.side != side.side || pad.date + 1 != dates.size()) {
      continue;
    }
    if (pad.kind == PadKind::ambiguous) {
      addOnce(side.findings, FollowupFinding::indeterminate);
    } else if (pad.touches_nerve == TouchesNerve::yes) {
      addOnce(side.findings, FollowupFinding::pad_touches_nerve);
    }
    if (pad.rim_enhances.value_or(false)) {
      addOnce(side.findings, FollowupFinding::granuloma_suspected);
    }
  }
}

}  // namespace

void judgeSide(const std::vector<PlacedDate>& dates, const std::vector<ComparedPad>& pads,
               const CompareOptions& options, SideComparison& side) {
  const bool alone = dates.size() == 1;
  const Tally tally = tallyOf(side, dates.back(), options);
  side.outcome = alone ? outcomeOfOne(tally) : outcomeOf(tally, side.sign_of_surgery);
  if (side.outcome == Outcome::not_assessable) {
    side.reason = words(reasonOf(tally, alone));
  }
  addContactFindings(options, side);
  addPadFindings(dates, pads, options, side);
}

}  // namespace neurovasc::followup
