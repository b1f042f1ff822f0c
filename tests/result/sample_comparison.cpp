#include "result/sample_comparison.h"

#include "result/sample_assessments.h"

namespace neurovasc::testing {
namespace {

ContactSighting sighting(const char* id, double gap_mm, double probability) {
  ContactSighting s;
  s.contact_id = id;
  s.vessel_id = "V3";
  s.kind = VesselKind::artery;
  s.vessel_name = VesselName::aica;
  s.name_confidence = 0.855;
  s.distance_mm = gap_mm;
  s.distance_sd_mm = 0.15;
  s.contact_probability = probability;
  s.zone = Zone::attached_segment;
  s.arclength_mm = 4.25;
  s.place = probability > 0.5 ? ZoneStatus::contact : ZoneStatus::clear;
  return s;
}

TrackedContact persisting() {
  TrackedContact contact;
  contact.id = "L1";
  contact.arclength_mm = 4.25;
  contact.dates = {sighting("L1", 0, 0.97), sighting("L1", 0.05, 0.93)};
  contact.dates[1].since_previous = ContactChange::residual;
  contact.state = ContactChange::residual;
  contact.gap_change_mm = 0.05;
  contact.gap_change_sd_mm = 0.2121;
  contact.smallest_change_mm = 0.4243;
  contact.vessel_shift_mm = Vec3{1.5, -1.5, 0.125};
  contact.vessel_shift_sd_mm = 0.18;
  contact.deformity_recovered = false;
  contact.near_pads = {"P1"};
  contact.pad_order = PadOrder::brainstem_contact_pad;
  return contact;
}

TrackedContact resolved() {
  TrackedContact contact = persisting();
  contact.id = "L2";
  contact.arclength_mm = 9.5;
  contact.dates = {sighting("L2", 0, 0.9), ContactSighting{}};
  contact.dates[1].place = ZoneStatus::clear;
  contact.dates[1].since_previous = ContactChange::resolved;
  contact.state = ContactChange::resolved;
  contact.gap_change_mm.reset();
  contact.gap_change_sd_mm.reset();
  contact.smallest_change_mm.reset();
  contact.vessel_shift_mm.reset();
  contact.vessel_shift_sd_mm.reset();
  contact.deformity_recovered.reset();
  contact.near_pads.clear();
  return contact;
}

ComparedPad padOf(std::size_t date, TouchesNerve touches) {
  ComparedPad pad;
  pad.date = date;
  pad.pad.id = "P1";
  pad.pad.side = Side::left;
  pad.pad.center_mm = {12.5, -140.25, 33};
  pad.pad.volume_mm3 = 21.5;
  pad.least_volume_mm3 = 18.25;
  pad.most_volume_mm3 = 24.75;
  pad.rim_enhances = false;
  pad.kind = PadKind::pad;
  pad.touches_nerve = touches;
  pad.distance_mm = touches == TouchesNerve::yes ? 0 : 1.1;
  pad.distance_sd_mm = 0.25;
  pad.vessel_distance_mm = 0.2;
  pad.vessel_id = "V3";
  pad.extent_mm = {5, 3, 2};
  pad.from_mm = 6.5;
  pad.to_mm = 9;
  return pad;
}

std::vector<ComparedZone> zones(ZoneStatus attached_now) {
  std::vector<ComparedZone> rows;
  for (const Zone zone : kZones) {
    rows.push_back({zone, zone == Zone::cisternal_portion, ZoneStatus::clear, ZoneStatus::clear,
                    zone == Zone::root_detachment_point});
  }
  rows[1].before = ZoneStatus::contact;
  rows[1].now = attached_now;
  return rows;
}

ClinicalCourse course() {
  ClinicalCourse course;
  course.day_zero = DayZero::first_surgery;
  Surgery surgery;
  surgery.day = 0;
  surgery.side = Side::left;
  surgery.zones_explored = {Zone::cisternal_portion};
  course.surgeries = {surgery};
  for (const auto& [day, score] : {std::pair(-20, 3.0), std::pair(240, 3.0)}) {
    Symptom symptom;
    symptom.day = day;
    symptom.side = SymptomSide::left;
    symptom.scale = "Cohen";
    symptom.score = score;
    course.symptoms.push_back(symptom);
  }
  return course;
}

}  // namespace

Comparison richComparison() {
  Comparison comparison;
  comparison.dates.resize(2);
  comparison.dates[0] = {0, std::nullopt, true, false, std::nullopt, {}};
  DateRegistration registration;
  registration.date_from_first.translation = {3.5, -2, 11.25};
  registration.error_mm = 0.12;
  registration.inverse_mm = 0.04;
  registration.landmark_mm = 0.5;
  registration.quality = 0.35;
  const Assessment study = richAssessment();
  comparison.dates[1] = {300, 35, true, true, registration, {{study.sides[0], study.vessels}}};
  SideComparison left;
  left.side = Side::left;
  left.outcome = Outcome::residual_contact;
  left.sign_of_surgery = true;
  left.findings = {FollowupFinding::residual_proximal_to_pad,
                   FollowupFinding::second_vessel_missed};
  left.contacts = {resolved(), persisting()};
  left.zones = zones(ZoneStatus::contact);
  left.course = {
      245, "never_free", {"bilateral_spasm"}, "incomplete_decompression_suspected", false};
  SideComparison right;
  right.side = Side::right;
  right.outcome = Outcome::no_contact;
  right.zones = zones(ZoneStatus::clear);
  right.zones[1].before = ZoneStatus::clear;
  comparison.sides = {left, right};
  comparison.pads = {padOf(1, TouchesNerve::no)};
  comparison.clinical = course();
  comparison.clinical_day = 245;
  comparison.label = "case 7";
  comparison.warnings = {"the studies carry different patient identifiers"};
  return comparison;
}

Comparison postOnlyComparison() {
  Comparison comparison;
  comparison.dates.resize(1);
  comparison.dates[0].has_tof = true;
  SideComparison left;
  left.side = Side::left;
  left.outcome = Outcome::no_contact;
  left.sign_of_surgery = true;
  left.findings = {FollowupFinding::pad_touches_nerve};
  left.zones = zones(ZoneStatus::clear);
  comparison.sides = {left};
  comparison.pads = {padOf(0, TouchesNerve::yes)};
  return comparison;
}

}  // namespace neurovasc::testing
