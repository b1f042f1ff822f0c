#include "series_json.h"

#include <algorithm>

#include "neurovasc/core/assessment.h"

namespace neurovasc::result {
namespace {

/// Echo times, field strengths and angles as DICOM writes them.
constexpr int kAcquisitionDecimals = 4;

Json acquisitionJson(const Acquisition& a) {
  Json json;
  json["manufacturer"] = textOrNull(a.manufacturer);
  json["sequence"] = textOrNull(a.sequence);
  json["field_strength_t"] = number(a.field_strength_t, kAcquisitionDecimals);
  json["repetition_time_ms"] = number(a.repetition_time_ms, kAcquisitionDecimals);
  json["echo_time_ms"] = number(a.echo_time_ms, kAcquisitionDecimals);
  json["flip_angle_deg"] = number(a.flip_angle_deg, kAcquisitionDecimals);
  json["is_3d"] = flag(a.is_3d);
  json["contrast_agent"] = a.contrast_agent;
  json["acquired_voxel_mm"] = point(a.acquired_voxel_mm, kGridDecimals);
  return json;
}

Acquisition acquisitionFrom(const Reader& json) {
  Acquisition a;
  a.manufacturer = json.at("manufacturer").textOrEmpty();
  a.sequence = json.at("sequence").textOrEmpty();
  a.field_strength_t = json.at("field_strength_t").optionalNumber();
  a.repetition_time_ms = json.at("repetition_time_ms").optionalNumber();
  a.echo_time_ms = json.at("echo_time_ms").optionalNumber();
  a.flip_angle_deg = json.at("flip_angle_deg").optionalNumber();
  a.is_3d = json.at("is_3d").optionalFlag();
  a.contrast_agent = json.at("contrast_agent").flag();
  a.acquired_voxel_mm = json.at("acquired_voxel_mm").optionalPoint();
  return a;
}

Json geometryJson(const GridGeometry& g) {
  Json json;
  json["size_voxels"] = g.size;
  json["spacing_mm"] = point(g.spacing_mm, kGridDecimals);
  json["origin_lps_mm"] = point(g.origin_mm, kGridDecimals);
  json["direction"] = matrix(g.direction);
  return json;
}

GridGeometry geometryFrom(const Reader& json) {
  GridGeometry g;
  const auto size = json.at("size_voxels").listOf([](const Reader& r) { return r.integer(); });
  if (size.size() != g.size.size()) {
    json.fail("expected three sizes");
  }
  std::copy(size.begin(), size.end(), g.size.begin());
  g.spacing_mm = json.at("spacing_mm").point();
  g.origin_mm = json.at("origin_lps_mm").point();
  g.direction = json.at("direction").matrix();
  return g;
}

Json problemJson(const SeriesProblem& problem) {
  return {{"kind", named(problem.kind)}, {"text", problem.text}};
}

SeriesProblem problemFrom(const Reader& json) {
  using Kind = SeriesProblemKind;
  return {json.at("kind").oneOf({Kind::missing_slices, Kind::repeated_slices,
                                 Kind::irregular_spacing, Kind::mixed_orientation, Kind::too_thick,
                                 Kind::unreadable_files, Kind::interpolated, Kind::single_slice,
                                 Kind::derived_image, Kind::lossy_compression, Kind::shear}),
          json.at("text").text()};
}

}  // namespace

SeriesRole roleFrom(const Reader& json) {
  return json.oneOf({SeriesRole::cisternography, SeriesRole::tof, SeriesRole::ce_t1, SeriesRole::t1,
                     SeriesRole::t2_thick, SeriesRole::other});
}

Resolution resolutionFrom(const Reader& json) {
  return json.oneOf({Resolution::quantitative, Resolution::visual_only, Resolution::too_thick});
}

Json seriesJson(const Series& s) {
  Json json;
  json["id"] = s.id;
  json["number"] = s.number;
  json["description"] = textOrNull(s.description);
  json["role"] = named(s.role);
  json["role_overridden"] = s.role_overridden;
  json["reasons"] = s.role_reasons;
  json["derived"] = s.derived;
  json["acquisition"] = acquisitionJson(s.acquisition);
  json["geometry"] = geometryJson(s.geometry);
  json["resolution"] = named(s.resolution);
  json["missing_slices"] = s.missing_slices;
  json["problems"] = listOf(s.problems, problemJson);
  return json;
}

Series seriesFrom(const Reader& json) {
  Series s;
  s.id = json.at("id").text();
  s.number = json.at("number").integer();
  s.description = json.at("description").textOrEmpty();
  s.role = roleFrom(json.at("role"));
  s.role_overridden = json.at("role_overridden").flag();
  s.role_reasons = json.at("reasons").listOf([](const Reader& r) { return r.text(); });
  s.derived = json.at("derived").flag();
  s.acquisition = acquisitionFrom(json.at("acquisition"));
  s.geometry = geometryFrom(json.at("geometry"));
  s.resolution = resolutionFrom(json.at("resolution"));
  s.missing_slices = json.at("missing_slices").listOf([](const Reader& r) { return r.integer(); });
  s.problems = json.at("problems").listOf(problemFrom);
  return s;
}

Json registrationJson(const Registration& r) {
  Json json;
  json["moving"] = named(r.moving);
  json["accepted"] = r.accepted;
  json["reason"] = textOrNull(r.reason);
  json["correction_mm"] = number(r.correction_mm, kLengthDecimals);
  json["correction_deg"] = number(r.correction_deg, kLengthDecimals);
  json["quality"] = number(r.quality, kLengthDecimals);
  json["quality_before"] = number(r.quality_before, kLengthDecimals);
  json["error_mm"] = number(r.error_mm, kLengthDecimals);
  json["moving_from_t2"] = {{"rotation", matrix(r.moving_from_t2.rotation)},
                            {"translation_mm", point(r.moving_from_t2.translation, kGridDecimals)}};
  return json;
}

Registration registrationFrom(const Reader& json) {
  Registration r;
  r.moving = roleFrom(json.at("moving"));
  r.accepted = json.at("accepted").flag();
  r.reason = json.at("reason").textOrEmpty();
  r.correction_mm = json.at("correction_mm").numberOrNaN();
  r.correction_deg = json.at("correction_deg").numberOrNaN();
  r.quality = json.at("quality").numberOrNaN();
  r.quality_before = json.at("quality_before").numberOrNaN();
  r.error_mm = json.at("error_mm").numberOrNaN();
  r.moving_from_t2.rotation = json.at("moving_from_t2").at("rotation").matrix();
  r.moving_from_t2.translation = json.at("moving_from_t2").at("translation_mm").point();
  return r;
}

}  // namespace neurovasc::result
