#include "anatomy_json.h"

namespace neurovasc::result {
namespace {

void addLandmark(Json& nerve, const char* key, const std::optional<Landmark>& landmark) {
  const Json position = landmark ? point(landmark->lps_mm) : Json(nullptr);
  const bool known = !position.is_null();
  nerve["landmarks"][key] = position;
  nerve["landmark_sd_mm"][key] = known ? number(landmark->sd_mm, kLengthDecimals) : Json(nullptr);
  nerve["landmark_manual"][key] = known ? Json(landmark->manual) : Json(nullptr);
}

std::optional<Landmark> landmarkFrom(const Reader& nerve, const char* key) {
  const auto position = nerve.at("landmarks").at(key).optionalPoint();
  if (!position) {
    return std::nullopt;
  }
  return Landmark{*position, nerve.at("landmark_sd_mm").at(key).numberOrNaN(),
                  nerve.at("landmark_manual").at(key).flag()};
}

Json evidenceJson(const VesselEvidence& e) {
  Json json;
  json["tof_over_brain"] = number(e.tof_over_brain, kProbabilityDecimals);
  json["ce_t1_over_brain"] = number(e.ce_t1_over_brain, kProbabilityDecimals);
  json["t2_over_csf"] = number(e.t2_over_csf, kProbabilityDecimals);
  json["seen_on_tof"] = e.seen_on_tof;
  json["seen_on_t2"] = e.seen_on_t2;
  return json;
}

VesselEvidence evidenceFrom(const Reader& json) {
  VesselEvidence e;
  e.tof_over_brain = json.at("tof_over_brain").optionalNumber();
  e.ce_t1_over_brain = json.at("ce_t1_over_brain").optionalNumber();
  e.t2_over_csf = json.at("t2_over_csf").numberOrNaN();
  e.seen_on_tof = json.at("seen_on_tof").flag();
  e.seen_on_t2 = json.at("seen_on_t2").flag();
  return e;
}

}  // namespace

Side sideFrom(const Reader& json) { return json.oneOf({Side::left, Side::right}); }

VesselKind vesselKindFrom(const Reader& json) {
  return json.oneOf({VesselKind::artery, VesselKind::vein, VesselKind::unknown});
}

VesselName vesselNameFrom(const Reader& json) {
  return json.oneOf({VesselName::vertebral, VesselName::basilar, VesselName::aica, VesselName::pica,
                     VesselName::sca, VesselName::vein, VesselName::unknown});
}

Json nerveJson(const Nerve& nerve) {
  Json json;
  json["name"] = named(nerve.name);
  json["status"] = named(nerve.status);
  json["reason"] = textOrNull(nerve.reason);
  addTube(json, nerve.tube);
  addLandmark(json, "root_exit_point", nerve.landmarks.root_exit_point);
  addLandmark(json, "detachment_point", nerve.landmarks.detachment_point);
  addLandmark(json, "porus", nerve.landmarks.porus);
  return json;
}

Nerve nerveFrom(const Reader& json, Side side) {
  Nerve nerve;
  nerve.name = json.at("name").oneOf({NerveName::facial});
  nerve.side = side;
  nerve.status = json.at("status").oneOf(
      {NerveStatus::segmented, NerveStatus::partial, NerveStatus::not_found});
  nerve.reason = json.at("reason").textOrEmpty();
  nerve.tube = json.tube();
  nerve.landmarks.root_exit_point = landmarkFrom(json, "root_exit_point");
  nerve.landmarks.detachment_point = landmarkFrom(json, "detachment_point");
  nerve.landmarks.porus = landmarkFrom(json, "porus");
  return nerve;
}

Json vesselJson(const Vessel& vessel) {
  Json json;
  json["id"] = vessel.id;
  json["kind"] = named(vessel.kind);
  json["kind_confidence"] = number(vessel.kind_confidence, kProbabilityDecimals);
  json["name"] = named(vessel.name);
  json["name_confidence"] = number(vessel.name_confidence, kProbabilityDecimals);
  addTube(json, vessel.tube);
  json["evidence"] = evidenceJson(vessel.evidence);
  return json;
}

Vessel vesselFrom(const Reader& json) {
  Vessel vessel;
  vessel.id = json.at("id").text();
  vessel.kind = vesselKindFrom(json.at("kind"));
  vessel.kind_confidence = json.at("kind_confidence").numberOrNaN();
  vessel.name = vesselNameFrom(json.at("name"));
  vessel.name_confidence = json.at("name_confidence").numberOrNaN();
  vessel.tube = json.tube();
  vessel.evidence = evidenceFrom(json.at("evidence"));
  return vessel;
}

Json padJson(const Pad& pad) {
  Json json;
  json["id"] = pad.id;
  json["side"] = named(pad.side);
  json["center_lps_mm"] = point(pad.center_mm);
  json["volume_mm3"] = number(pad.volume_mm3, kLengthDecimals);
  return json;
}

Pad padFrom(const Reader& json) {
  Pad pad;
  pad.id = json.at("id").text();
  pad.side = sideFrom(json.at("side"));
  pad.center_mm = json.at("center_lps_mm").point();
  pad.volume_mm3 = json.at("volume_mm3").numberOrNaN();
  return pad;
}

}  // namespace neurovasc::result
