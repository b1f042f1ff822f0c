#pragma once

#include "anatomy_fields.h"
#include "json_fields.h"
#include "json_words.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::result {

template <typename Fields>
void describe(Fields& f, ZoneFinding& z) {
  f.word("zone", z.zone);
  f.number("from_mm", z.from_mm, kLengthDecimals);
  f.number("to_mm", z.to_mm, kLengthDecimals);
  f.word("status", z.status);
  f.textOrNull("reason", z.reason);
  f.number("smallest_vessel_mm", z.smallest_vessel_mm, kLengthDecimals);
  f.words("kinds_seen", z.kinds_seen);
}

template <typename Fields>
void describe(Fields& f, Deformity& d) {
  f.number("indentation_mm", d.indentation_mm, kLengthDecimals);
  f.number("indentation_sd_mm", d.indentation_sd_mm, kLengthDecimals);
  f.number("displacement_mm", d.displacement_mm, kLengthDecimals);
  f.number("displacement_sd_mm", d.displacement_sd_mm, kLengthDecimals);
  f.number("calibre_ratio", d.calibre_ratio, kProbabilityDecimals);
}

/// Where on the nerve a contact is, and how large.
template <typename Fields>
void describePlace(Fields& f, Contact& c) {
  f.word("zone", c.zone);
  f.number("arclength_mm", c.arclength_mm, kLengthDecimals);
  f.point("nerve_point_lps_mm", c.nerve_point_mm);
  f.point("vessel_point_lps_mm", c.vessel_point_mm);
  f.number("area_mm2", c.area_mm2, kLengthDecimals);
  f.number("length_mm", c.length_mm, kLengthDecimals);
  f.number("clock", c.clock_h, kAngleDecimals);
  f.number("angle_deg", c.angle_deg, kAngleDecimals);
}

template <typename Fields>
void describe(Fields& f, Contact& c) {
  f.text("id", c.id);
  f.textOrNull("vessel_id", c.vessel_id);
  f.group("vessel", [&c](auto& inner) {
    inner.word("kind", c.kind);
    inner.word("name", c.vessel_name);
    inner.number("name_confidence", c.name_confidence, kProbabilityDecimals);
    inner.number("diameter_mm", c.diameter_mm, kLengthDecimals);
  });
  f.number("distance_mm", c.distance_mm, kLengthDecimals);
  f.number("distance_sd_mm", c.distance_sd_mm, kLengthDecimals);
  f.numberIfThere("unseen_vessel_mm", c.unseen_vessel_mm, kLengthDecimals);
  f.number("contact_probability", c.contact_probability, kProbabilityDecimals);
  f.word("state", c.state);
  describePlace(f, c);
  describe(f, c.deformity);
  f.group("grades", [&c](auto& inner) {
    inner.word("campos_benitez", c.campos_benitez);
    inner.word("sindou", c.sindou);
  });
}

template <typename Fields>
void describe(Fields& f, SideAssessment& side) {
  f.word("side", side.side);
  f.word("finding", side.finding);
  f.group("nerve", [&side](auto& inner) { describe(inner, side.nerve); });
  f.list("zones", side.zones);
  f.list("contacts", side.contacts);
  side.nerve.side = side.side;
}

template <typename Fields>
void describe(Fields& f, Quality& quality) {
  f.number("csf_snr", quality.csf_snr, kProbabilityDecimals);
  f.point("acquired_voxel_mm", quality.acquired_voxel_mm);
  f.point("reconstructed_voxel_mm", quality.reconstructed_voxel_mm);
  f.word("resolution", quality.resolution);
}

}  // namespace neurovasc::result
