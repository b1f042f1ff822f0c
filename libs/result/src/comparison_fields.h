#pragma once

#include "anatomy_fields.h"
#include "clinical_fields.h"
#include "json_fields.h"
#include "json_words.h"
#include "neurovasc/core/comparison.h"
#include "series_fields.h"
#include "side_fields.h"

namespace neurovasc::result {

template <>
struct Enumerators<Outcome> {
  static constexpr auto all = {
      Outcome::not_assessable, Outcome::residual_contact, Outcome::new_contact, Outcome::unchanged,
      Outcome::decompressed,   Outcome::no_contact,       Outcome::contact};
};
template <>
struct Enumerators<ContactChange> {
  static constexpr auto all = {ContactChange::resolved,     ContactChange::residual,
                               ContactChange::moved,        ContactChange::new_contact,
                               ContactChange::within_error, ContactChange::not_assessable};
};
template <>
struct Enumerators<TouchesNerve> {
  static constexpr auto all = {TouchesNerve::yes, TouchesNerve::no, TouchesNerve::ambiguous};
};
template <>
struct Enumerators<PadKind> {
  static constexpr auto all = {PadKind::pad, PadKind::ambiguous};
};
template <>
struct Enumerators<PadOrder> {
  static constexpr auto all = {PadOrder::brainstem_contact_pad, PadOrder::beside_pad,
                               PadOrder::pad_contact_canal};
};
template <>
struct Enumerators<FollowupFinding> {
  static constexpr auto all = {FollowupFinding::residual_proximal_to_pad,
                               FollowupFinding::residual_distal_to_pad,
                               FollowupFinding::residual_beside_pad,
                               FollowupFinding::second_vessel_missed,
                               FollowupFinding::pad_migrated,
                               FollowupFinding::pad_touches_nerve,
                               FollowupFinding::vessel_recoiled,
                               FollowupFinding::granuloma_suspected,
                               FollowupFinding::indeterminate};
};

template <typename Fields>
void describe(Fields& f, DateRegistration& r) {
  f.number("error_mm", r.error_mm, kLengthDecimals);
  f.number("inverse_mm", r.inverse_mm, kLengthDecimals);
  f.number("landmark_mm", r.landmark_mm, kLengthDecimals);
  f.number("quality", r.quality, kLengthDecimals);
  f.group("date_from_first", [&r](auto& inner) { describe(inner, r.date_from_first); });
}

/// The first date has no registration: null.
template <typename Fields>
void describeRegistration(Fields& f, std::optional<DateRegistration>& registration) {
  std::optional<std::vector<DateRegistration>> list;
  if (registration) {
    list.emplace(1, *registration);
  }
  f.listOrNull("registration", list);
  registration.reset();
  if (list && !list->empty()) {
    registration = list->front();
  }
}

template <typename Fields>
void describe(Fields& f, MeasuredAnew& m) {
  f.group("assessment", [&m](auto& inner) { describe(inner, m.assessment); });
  f.list("vessels", m.vessels);
}

template <typename Fields>
void describe(Fields& f, ComparedDate& d) {
  f.plain("days_since_first", d.days_since_first);
  f.plain("weeks_since_surgery", d.weeks_since_surgery);
  f.plain("has_tof", d.has_tof);
  f.plain("has_ce_t1", d.has_ce_t1);
  describeRegistration(f, d.registration);
  f.list("measured_anew", d.measured_anew);
}

template <typename Fields>
void describe(Fields& f, ContactSighting& s) {
  f.textOrNull("contact_id", s.contact_id);
  f.textOrNull("vessel_id", s.vessel_id);
  f.word("kind", s.kind);
  f.word("name", s.vessel_name);
  f.number("name_confidence", s.name_confidence, kProbabilityDecimals);
  f.number("distance_mm", s.distance_mm, kLengthDecimals);
  f.number("distance_sd_mm", s.distance_sd_mm, kLengthDecimals);
  f.number("contact_probability", s.contact_probability, kProbabilityDecimals);
  f.word("zone", s.zone);
  f.number("arclength_mm", s.arclength_mm, kLengthDecimals);
  f.word("place", s.place);
  f.plain("may_be_clot", s.may_be_clot);
  f.word("since_previous", s.since_previous);
}

template <typename Fields>
void describe(Fields& f, TrackedContact& c) {
  f.text("id", c.id);
  f.word("state", c.state);
  f.number("arclength_mm", c.arclength_mm, kLengthDecimals);
  f.number("gap_change_mm", c.gap_change_mm, kLengthDecimals);
  f.number("gap_change_sd_mm", c.gap_change_sd_mm, kLengthDecimals);
  f.number("smallest_change_mm", c.smallest_change_mm, kLengthDecimals);
  f.point("vessel_shift_lps_mm", c.vessel_shift_mm);
  f.number("vessel_shift_sd_mm", c.vessel_shift_sd_mm, kLengthDecimals);
  f.plain("deformity_recovered", c.deformity_recovered);
  f.plain("near_pads", c.near_pads);
  f.word("pad_order", c.pad_order);
  f.list("dates", c.dates);
}

template <typename Fields>
void describe(Fields& f, ComparedPad& p) {
  int date = static_cast<int>(p.date);
  f.plain("date", date);
  p.date = static_cast<std::size_t>(date);
  describe(f, p.pad);
  f.word("kind", p.kind);
  f.textOrNull("reason", p.reason);
  f.word("touches_nerve", p.touches_nerve);
  f.number("distance_mm", p.distance_mm, kLengthDecimals);
  f.number("distance_sd_mm", p.distance_sd_mm, kLengthDecimals);
  f.number("vessel_distance_mm", p.vessel_distance_mm, kLengthDecimals);
  f.textOrNull("vessel_id", p.vessel_id);
  f.number("least_volume_mm3", p.least_volume_mm3, kLengthDecimals);
  f.number("most_volume_mm3", p.most_volume_mm3, kLengthDecimals);
  f.plain("rim_enhances", p.rim_enhances);
  f.point("extent_mm", p.extent_mm);
  f.number("from_mm", p.from_mm, kLengthDecimals);
  f.number("to_mm", p.to_mm, kLengthDecimals);
}

template <typename Fields>
void describe(Fields& f, ComparedZone& z) {
  f.word("zone", z.zone);
  f.plain("explored", z.explored);
  f.word("before", z.before);
  f.word("now", z.now);
  f.plain("pad", z.pad);
}

template <typename Fields>
void describe(Fields& f, CourseSummary& c) {
  f.plain("days_since_surgery", c.days_since_surgery);
  f.textOrNull("spasm", c.spasm);
  f.plain("look_alikes", c.look_alikes);
  f.textOrNull("joint", c.joint);
  f.plain("sides_disagree", c.sides_disagree);
}

template <typename Fields>
void describe(Fields& f, SideComparison& s) {
  f.word("side", s.side);
  f.word("outcome", s.outcome);
  f.textOrNull("reason", s.reason);
  f.plain("sign_of_surgery", s.sign_of_surgery);
  f.words("findings", s.findings);
  f.list("contacts", s.contacts);
  f.list("zones", s.zones);
  f.group("course", [&s](auto& inner) { describe(inner, s.course); });
}

template <typename Fields>
void describe(Fields& f, Comparison& c) {
  f.textOrNull("label", c.label);
  f.list("dates", c.dates);
  f.list("sides", c.sides);
  f.list("pads", c.pads);
  f.group("clinical", [&c](auto& inner) {
    inner.word("day_zero", c.clinical.day_zero);
    inner.plain("day", c.clinical_day);
    inner.number("assumed_cure", c.assumed_cure, kProbabilityDecimals);
    describe(inner, c.clinical);
  });
  f.plain("warnings", c.warnings);
}

}  // namespace neurovasc::result
