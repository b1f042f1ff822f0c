#include "result/sample_assessments.h"

#include <array>

namespace neurovasc::testing {
namespace {

constexpr double kDetachmentMm = 8.5;
constexpr double kPorusMm = 21.0;
constexpr double kEndMm = 29.5;

Point3 onNerve(Side side, double s_mm) {
  return {lateralSign(side) * (11.25 + 0.8 * s_mm), -142.5 - 0.48 * s_mm, 31.125 + 0.36 * s_mm};
}

Nerve nerveOf(Side side) {
  Nerve nerve;
  nerve.side = side;
  nerve.status = NerveStatus::segmented;
  for (double s = 0; s <= kEndMm; s += 0.5) {
    nerve.tube.points_mm.push_back(onNerve(side, s));
    nerve.tube.radius_mm.push_back(s == 4.5 ? 0.41 : 0.58);
    nerve.tube.confidence.push_back(0.9);
  }
  nerve.landmarks.root_exit_point = Landmark{onNerve(side, 0), 0.8, false};
  nerve.landmarks.detachment_point = Landmark{onNerve(side, kDetachmentMm), 0.6, false};
  nerve.landmarks.porus = Landmark{onNerve(side, kPorusMm), 0.5, true};
  return nerve;
}

std::vector<ZoneFinding> zonesOf(ZoneStatus status) {
  std::vector<ZoneFinding> zones;
  for (const ZoneRange& range : zoneRanges(kDetachmentMm, kPorusMm, kEndMm)) {
    ZoneFinding zone;
    zone.zone = range.zone;
    zone.from_mm = range.from_mm;
    zone.to_mm = range.to_mm;
    zone.status = status;
    zone.smallest_vessel_mm = 0.55;
    zone.kinds_seen = {VesselKind::artery, VesselKind::vein};
    zones.push_back(zone);
  }
  return zones;
}

SideAssessment clearSide(Side side) {
  SideAssessment assessed;
  assessed.side = side;
  assessed.finding = Finding::no_contact;
  assessed.nerve = nerveOf(side);
  assessed.zones = zonesOf(ZoneStatus::clear);
  return assessed;
}

void setPlace(Contact& contact, Zone zone, double arclength_mm, double gap_mm) {
  contact.zone = zone;
  contact.arclength_mm = arclength_mm;
  contact.nerve_point_mm = onNerve(Side::left, arclength_mm);
  contact.vessel_point_mm = onNerve(Side::left, arclength_mm) + Vec3{0, 0, -gap_mm};
  contact.distance_mm = gap_mm;
}

Contact deformingContact() {
  Contact contact;
  contact.id = "L1";
  contact.vessel_id = "V1";
  contact.kind = VesselKind::artery;
  contact.vessel_name = VesselName::aica;
  contact.name_confidence = 0.86;
  contact.diameter_mm = 1.12;
  setPlace(contact, Zone::attached_segment, 4.4321, 0);
  contact.distance_sd_mm = 0.17;
  contact.contact_probability = 0.968;
  contact.state = ContactState::touching;
  contact.area_mm2 = 1.9;
  contact.length_mm = 1.8;
  contact.clock_h = 6.0;
  contact.angle_deg = 71;
  contact.deformity = {0.42, 0.15, 0.9, 0.3, 0.71};
  contact.campos_benitez = CamposBenitezGrade::moderate;
  contact.sindou = SindouGrade::iii;
  return contact;
}

Contact separateContact() {
  Contact contact;
  contact.id = "L2";
  contact.vessel_id = "V2";
  contact.kind = VesselKind::unknown;
  contact.diameter_mm = 0.8;
  setPlace(contact, Zone::cisternal_portion, 15.25, 0.62);
  contact.distance_sd_mm = 0.2;
  contact.unseen_vessel_mm = 1.25;
  contact.contact_probability = 0.02;
  contact.state = ContactState::separate;
  contact.clock_h = 1.5;
  contact.angle_deg = 32;
  return contact;
}

Vessel vesselNamed(const std::string& id, VesselKind kind, VesselName name) {
  Vessel vessel;
  vessel.id = id;
  vessel.kind = kind;
  vessel.kind_confidence = 0.9;
  vessel.name = name;
  vessel.name_confidence = 0.86;
  vessel.tube.points_mm = {{14.2, -144, 31}, {14.4, -144.5, 31.6}, {14.9, -145, 32}};
  vessel.tube.radius_mm = {0.56, 0.57, 0.55};
  vessel.evidence = {2.1, std::nullopt, 0.12, true, true};
  return vessel;
}

Series seriesOf(const std::string& id, SeriesRole role, double voxel_mm) {
  Series series;
  series.id = id;
  series.number = 5;
  series.description = "t2_ciss3d_tra";
  series.role = role;
  series.role_reasons = {"balanced steady state, TE 4.4 ms", "slices of 0.5 mm"};
  series.acquisition.manufacturer = "Siemens";
  series.acquisition.sequence = "*fi3d3";
  series.acquisition.field_strength_t = 3.0;
  series.acquisition.repetition_time_ms = 8.5;
  series.acquisition.echo_time_ms = 4.4;
  series.acquisition.flip_angle_deg = 50;
  series.acquisition.is_3d = true;
  series.acquisition.acquired_voxel_mm = Vec3{voxel_mm, voxel_mm, voxel_mm};
  series.geometry = {{384, 384, 64}, {voxel_mm, voxel_mm, voxel_mm}, {-93.2, -120.5, 12.25}, {}};
  series.frames.resize(64);
  series.resolution = Resolution::quantitative;
  return series;
}

Registration tofRegistration() {
  Registration registration;
  registration.moving = SeriesRole::tof;
  registration.moving_from_t2.translation = {0.8, -0.5, 0.3};
  registration.correction_mm = 1.24;
  registration.correction_deg = 0.9;
  registration.quality = 0.41;
  registration.quality_before = 0.3;
  registration.error_mm = 0.18;
  registration.accepted = true;
  return registration;
}

Quality fineQuality() {
  return {31.5, Vec3{0.52, 0.52, 0.5}, Vec3{0.26, 0.26, 0.5}, Resolution::quantitative};
}

ClinicalCourse courseWithDates() {
  ClinicalCourse course;
  Symptom symptom;
  symptom.date = "2024-11-02";
  symptom.side = SymptomSide::left;
  symptom.scale = "SMC";
  symptom.scale_version = "2012";
  symptom.score = 3;
  symptom.muscles = {"orbicularis oculi"};
  symptom.in_sleep = true;
  course.symptoms = {symptom};
  Electromyography emg;
  emg.date = "2025-01-20";
  emg.side = Side::left;
  emg.lateral_spread = true;
  emg.timing = "before";
  course.emg = {emg};
  Treatment toxin;
  toxin.kind = TreatmentKind::botulinum_toxin;
  toxin.date = "2024-12-01";
  toxin.side = Side::left;
  toxin.response = "partial";
  course.treatments = {toxin};
  Surgery surgery;
  surgery.date = "2025-02-03";
  surgery.side = Side::left;
  surgery.material = "Teflon felt";
  surgery.technique = SurgicalTechnique::interposed;
  surgery.vessels_moved = {VesselName::pica};
  surgery.zones_explored = {Zone::transition_zone};
  course.surgeries = {surgery};
  course.complications = {{"facial_weakness", "House-Brackmann II", "2025-02-05", std::nullopt}};
  return course;
}

}  // namespace

Assessment richAssessment() {
  Assessment assessment;
  SideAssessment left = clearSide(Side::left);
  left.finding = Finding::compression;
  left.zones[1].status = ZoneStatus::contact;
  left.zones[5].status = ZoneStatus::not_assessable;
  left.zones[5].reason = "outside the field of view";
  left.zones[5].smallest_vessel_mm.reset();
  left.zones[5].kinds_seen.clear();
  left.contacts = {deformingContact(), separateContact()};
  assessment.sides = {left, clearSide(Side::right)};
  assessment.vessels = {vesselNamed("V1", VesselKind::artery, VesselName::aica),
                        vesselNamed("V2", VesselKind::unknown, VesselName::unknown)};
  assessment.pads = {{"P1", Side::left, {15, -146, 33}, 82.5, {}}};
  Series tof = seriesOf("s2", SeriesRole::tof, 0.6);
  tof.missing_slices = {24};
  tof.problems = {{SeriesProblemKind::missing_slices, "slice 25 of 64 is missing (gap 1.2 mm)"}};
  assessment.series = {seriesOf("s1", SeriesRole::cisternography, 0.52), tof};
  assessment.series_used = {"s1", "s2", ""};
  assessment.registrations = {tofRegistration()};
  assessment.quality = fineQuality();
  assessment.clinical = courseWithDates();
  assessment.label = "case 7";
  assessment.warnings = {"Two files were no images and were left out."};
  return assessment;
}

Assessment clearAssessment() {
  Assessment assessment;
  assessment.sides = {clearSide(Side::left), clearSide(Side::right)};
  assessment.series = {seriesOf("s1", SeriesRole::cisternography, 0.52)};
  assessment.series_used.t2 = "s1";
  assessment.quality = fineQuality();
  return assessment;
}

Assessment oneSideAssessment() {
  Assessment assessment;
  assessment.sides = {clearSide(Side::left)};
  assessment.sides[0].zones[0].status = ZoneStatus::contact;
  assessment.sides[0].zones[1].status = ZoneStatus::contact;
  assessment.sides[0].finding = Finding::contact;
  Contact contact = deformingContact();
  contact.deformity = {};
  contact.vessel_name = VesselName::vein;
  contact.kind = VesselKind::vein;
  contact.campos_benitez = CamposBenitezGrade::mild;
  contact.sindou = SindouGrade::i;
  assessment.sides[0].contacts = {contact};
  assessment.quality = fineQuality();
  return assessment;
}

Assessment notAssessableAssessment() {
  Assessment assessment = clearAssessment();
  for (SideAssessment& side : assessment.sides) {
    side.finding = Finding::not_assessable;
    for (ZoneFinding& zone : side.zones) {
      zone.status = ZoneStatus::not_assessable;
      zone.reason = "unexplained tissue of 0.9 ml in the cistern";
      zone.smallest_vessel_mm.reset();
      zone.kinds_seen.clear();
    }
  }
  assessment.sides[0].zones[5].reason = "outside the field of view";
  Nerve& right = assessment.sides[1].nerve;
  right = {};
  right.side = Side::right;
  right.reason = "no canal was found on this side";
  for (ZoneFinding& zone : assessment.sides[1].zones) {
    zone.reason = "the nerve was not found";
    zone.from_mm.reset();
    zone.to_mm.reset();
  }
  return assessment;
}

Assessment tooThickAssessment() {
  Assessment assessment = clearAssessment();
  assessment.quality = {18.0, Vec3{0.9, 0.9, 2.0}, Vec3{0.45, 0.45, 2.0}, Resolution::too_thick};
  assessment.series = {seriesOf("s1", SeriesRole::t2_thick, 2.0)};
  assessment.series[0].resolution = Resolution::too_thick;
  for (SideAssessment& side : assessment.sides) {
    side.finding = Finding::not_assessable;
    for (ZoneFinding& zone : side.zones) {
      zone.status = ZoneStatus::not_assessable;
      zone.reason = "T2 slices too thick to measure";
      zone.smallest_vessel_mm.reset();
      zone.kinds_seen.clear();
    }
  }
  Contact contact;
  contact.id = "L1";
  contact.vessel_id = "V1";
  contact.kind = VesselKind::artery;
  contact.vessel_name = VesselName::vertebral;
  contact.name_confidence = 0.7;
  assessment.sides[0].contacts = {contact};
  assessment.warnings = {"T2 is too thick to measure (2.0 mm): nothing was measured."};
  return assessment;
}

}  // namespace neurovasc::testing
