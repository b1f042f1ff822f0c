#include "side_json.h"

#include "anatomy_json.h"
#include "series_json.h"

namespace neurovasc::result {
namespace {

Json zoneJson(const ZoneFinding& z) {
  Json json;
  json["zone"] = named(z.zone);
  json["from_mm"] = number(z.from_mm, kLengthDecimals);
  json["to_mm"] = number(z.to_mm, kLengthDecimals);
  json["status"] = named(z.status);
  json["reason"] = textOrNull(z.reason);
  json["smallest_vessel_mm"] = number(z.smallest_vessel_mm, kLengthDecimals);
  json["kinds_seen"] = listOf(z.kinds_seen, [](VesselKind kind) { return named(kind); });
  return json;
}

ZoneFinding zoneFindingFrom(const Reader& json) {
  ZoneFinding z;
  z.zone = zoneFrom(json.at("zone"));
  z.from_mm = json.at("from_mm").optionalNumber();
  z.to_mm = json.at("to_mm").optionalNumber();
  z.status =
      json.at("status").oneOf({ZoneStatus::contact, ZoneStatus::clear, ZoneStatus::not_assessable});
  z.reason = json.at("reason").textOrEmpty();
  z.smallest_vessel_mm = json.at("smallest_vessel_mm").optionalNumber();
  z.kinds_seen = json.at("kinds_seen").listOf(vesselKindFrom);
  return z;
}

Json contactVesselJson(const Contact& c) {
  Json json;
  json["kind"] = named(c.kind);
  json["name"] = named(c.vessel_name);
  json["name_confidence"] = number(c.name_confidence, kProbabilityDecimals);
  json["diameter_mm"] = number(c.diameter_mm, kLengthDecimals);
  return json;
}

void addDeformity(Json& json, const Deformity& d) {
  json["indentation_mm"] = number(d.indentation_mm, kLengthDecimals);
  json["indentation_sd_mm"] = number(d.indentation_sd_mm, kLengthDecimals);
  json["displacement_mm"] = number(d.displacement_mm, kLengthDecimals);
  json["displacement_sd_mm"] = number(d.displacement_sd_mm, kLengthDecimals);
  json["calibre_ratio"] = number(d.calibre_ratio, kProbabilityDecimals);
}

Deformity deformityFrom(const Reader& json) {
  Deformity d;
  d.indentation_mm = json.at("indentation_mm").optionalNumber();
  d.indentation_sd_mm = json.at("indentation_sd_mm").optionalNumber();
  d.displacement_mm = json.at("displacement_mm").optionalNumber();
  d.displacement_sd_mm = json.at("displacement_sd_mm").optionalNumber();
  d.calibre_ratio = json.at("calibre_ratio").optionalNumber();
  return d;
}

Json contactJson(const Contact& c) {
  Json json;
  json["id"] = c.id;
  json["vessel_id"] = textOrNull(c.vessel_id);
  json["vessel"] = contactVesselJson(c);
  json["distance_mm"] = number(c.distance_mm, kLengthDecimals);
  json["distance_sd_mm"] = number(c.distance_sd_mm, kLengthDecimals);
  json["contact_probability"] = number(c.contact_probability, kProbabilityDecimals);
  json["state"] = named(c.state);
  json["zone"] = named(c.zone);
  json["arclength_mm"] = number(c.arclength_mm, kLengthDecimals);
  json["nerve_point_lps_mm"] = point(c.nerve_point_mm);
  json["vessel_point_lps_mm"] = point(c.vessel_point_mm);
  json["area_mm2"] = number(c.area_mm2, kLengthDecimals);
  json["length_mm"] = number(c.length_mm, kLengthDecimals);
  json["clock"] = number(c.clock_h, kAngleDecimals);
  json["angle_deg"] = number(c.angle_deg, kAngleDecimals);
  addDeformity(json, c.deformity);
  json["grades"] = {{"campos_benitez", named(c.campos_benitez)}, {"sindou", named(c.sindou)}};
  return json;
}

void readPlace(const Reader& json, Contact& c) {
  if (!json.at("zone").isNull()) {
    c.zone = zoneFrom(json.at("zone"));
  }
  c.arclength_mm = json.at("arclength_mm").optionalNumber();
  c.nerve_point_mm = json.at("nerve_point_lps_mm").optionalPoint();
  c.vessel_point_mm = json.at("vessel_point_lps_mm").optionalPoint();
  c.area_mm2 = json.at("area_mm2").optionalNumber();
  c.length_mm = json.at("length_mm").optionalNumber();
  c.clock_h = json.at("clock").optionalNumber();
  c.angle_deg = json.at("angle_deg").optionalNumber();
}

void readGrades(const Reader& json, Contact& c) {
  using Campos = CamposBenitezGrade;
  c.campos_benitez =
      json.at("campos_benitez")
          .optionalOneOf({Campos::none, Campos::mild, Campos::moderate, Campos::severe});
  c.sindou = json.at("sindou").optionalOneOf(
      {SindouGrade::none, SindouGrade::i, SindouGrade::ii, SindouGrade::iii});
}

Contact contactFrom(const Reader& json) {
  Contact c;
  c.id = json.at("id").text();
  c.vessel_id = json.at("vessel_id").textOrEmpty();
  const Reader vessel = json.at("vessel");
  c.kind = vesselKindFrom(vessel.at("kind"));
  c.vessel_name = vesselNameFrom(vessel.at("name"));
  c.name_confidence = vessel.at("name_confidence").optionalNumber();
  c.diameter_mm = vessel.at("diameter_mm").optionalNumber();
  c.distance_mm = json.at("distance_mm").optionalNumber();
  c.distance_sd_mm = json.at("distance_sd_mm").optionalNumber();
  c.contact_probability = json.at("contact_probability").optionalNumber();
  c.state = json.at("state").optionalOneOf(
      {ContactState::touching, ContactState::below_resolution, ContactState::separate});
  readPlace(json, c);
  c.deformity = deformityFrom(json);
  readGrades(json.at("grades"), c);
  return c;
}

}  // namespace

Zone zoneFrom(const Reader& json) {
  return json.oneOf({Zone::root_exit_point, Zone::attached_segment, Zone::root_detachment_point,
                     Zone::transition_zone, Zone::cisternal_portion, Zone::internal_canal});
}

Json sideJson(const SideAssessment& side) {
  Json json;
  json["side"] = named(side.side);
  json["finding"] = named(side.finding);
  json["nerve"] = nerveJson(side.nerve);
  json["zones"] = listOf(side.zones, zoneJson);
  json["contacts"] = listOf(side.contacts, contactJson);
  return json;
}

SideAssessment sideAssessmentFrom(const Reader& json) {
  SideAssessment side;
  side.side = sideFrom(json.at("side"));
  side.finding = json.at("finding").oneOf(
      {Finding::compression, Finding::contact, Finding::no_contact, Finding::not_assessable});
  side.nerve = nerveFrom(json.at("nerve"), side.side);
  side.zones = json.at("zones").listOf(zoneFindingFrom);
  side.contacts = json.at("contacts").listOf(contactFrom);
  return side;
}

Json qualityJson(const Quality& quality) {
  Json json;
  json["csf_snr"] = number(quality.csf_snr, kProbabilityDecimals);
  json["acquired_voxel_mm"] = point(quality.acquired_voxel_mm);
  json["reconstructed_voxel_mm"] = point(quality.reconstructed_voxel_mm);
  json["resolution"] = named(quality.resolution);
  return json;
}

Quality qualityFrom(const Reader& json) {
  Quality quality;
  quality.csf_snr = json.at("csf_snr").optionalNumber();
  quality.acquired_voxel_mm = json.at("acquired_voxel_mm").optionalPoint();
  quality.reconstructed_voxel_mm = json.at("reconstructed_voxel_mm").optionalPoint();
  quality.resolution = resolutionFrom(json.at("resolution"));
  return quality;
}

}  // namespace neurovasc::result
