#pragma once

#include <algorithm>

#include "json_fields.h"
#include "json_words.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/study.h"

// A series without its files: nothing here leads to the patient.
namespace neurovasc::result {

/// Echo times, field strengths and angles as DICOM writes them.
inline constexpr int kAcquisitionDecimals = 4;

template <typename Fields>
void describe(Fields& f, Acquisition& a) {
  f.textOrNull("manufacturer", a.manufacturer);
  f.textOrNull("sequence", a.sequence);
  f.number("field_strength_t", a.field_strength_t, kAcquisitionDecimals);
  f.number("repetition_time_ms", a.repetition_time_ms, kAcquisitionDecimals);
  f.number("echo_time_ms", a.echo_time_ms, kAcquisitionDecimals);
  f.number("flip_angle_deg", a.flip_angle_deg, kAcquisitionDecimals);
  f.plain("is_3d", a.is_3d);
  f.plain("contrast_agent", a.contrast_agent);
  f.point("acquired_voxel_mm", a.acquired_voxel_mm, kGridDecimals);
}

template <typename Fields>
void describe(Fields& f, GridGeometry& g) {
  std::vector<int> size(g.size.begin(), g.size.end());
  f.plain("size_voxels", size);
  f.require(size.size() == g.size.size(), "expected three sizes");
  std::copy(size.begin(), size.end(), g.size.begin());
  f.point("spacing_mm", g.spacing_mm, kGridDecimals);
  f.point("origin_lps_mm", g.origin_mm, kGridDecimals);
  f.matrix("direction", g.direction);
}

template <typename Fields>
void describe(Fields& f, SeriesProblem& problem) {
  f.word("kind", problem.kind);
  f.text("text", problem.text);
}

template <typename Fields>
void describe(Fields& f, Series& s) {
  f.text("id", s.id);
  f.plain("number", s.number);
  f.textOrNull("description", s.description);
  f.word("role", s.role);
  f.plain("role_overridden", s.role_overridden);
  f.plain("reasons", s.role_reasons);
  f.plain("derived", s.derived);
  f.group("acquisition", [&s](auto& inner) { describe(inner, s.acquisition); });
  f.group("geometry", [&s](auto& inner) { describe(inner, s.geometry); });
  f.word("resolution", s.resolution);
  f.plain("missing_slices", s.missing_slices);
  f.list("problems", s.problems);
}

template <typename Fields>
void describe(Fields& f, RigidTransform& t) {
  f.matrix("rotation", t.rotation);
  f.point("translation_mm", t.translation, kGridDecimals);
}

template <typename Fields>
void describe(Fields& f, Registration& r) {
  f.word("moving", r.moving);
  f.plain("accepted", r.accepted);
  f.textOrNull("reason", r.reason);
  f.number("correction_mm", r.correction_mm, kLengthDecimals);
  f.number("correction_deg", r.correction_deg, kLengthDecimals);
  f.number("quality", r.quality, kLengthDecimals);
  f.number("quality_before", r.quality_before, kLengthDecimals);
  f.number("error_mm", r.error_mm, kLengthDecimals);
  f.group("moving_from_t2", [&r](auto& inner) { describe(inner, r.moving_from_t2); });
}

}  // namespace neurovasc::result
