#include "neurovasc/dicom/resolution.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::dicom {
namespace {

/// Whether the image's shape already shows the reduced phase field, within a pixel or two.
bool isCroppedTo(double phase_extent_mm, double field_mm) {
  return std::abs(phase_extent_mm - field_mm) <= 0.03 * field_mm;
}

double phaseField(const SamplingFacts& facts, double phase_extent_mm, double frequency_extent_mm) {
  const double percent = facts.phase_field_percent.value_or(100);
  if (percent <= 0 || percent >= 100 || facts.matrix_spans_full_field) {
    return phase_extent_mm;
  }
  const double field = frequency_extent_mm * percent / 100;
  return isCroppedTo(phase_extent_mm, field) ? phase_extent_mm : std::min(phase_extent_mm, field);
}

double alongAxis(double field_mm, const std::optional<int>& steps, double spacing_mm) {
  return steps && *steps > 0 ? std::max(spacing_mm, field_mm / *steps) : spacing_mm;
}

}  // namespace

std::optional<Vec3> acquiredVoxel(const SamplingFacts& facts) {
  if (!facts.frequency_steps && !facts.phase_steps && !facts.thickness_mm) {
    return std::nullopt;
  }
  const double extent_i = facts.columns * facts.spacing_i_mm;
  const double extent_j = facts.rows * facts.spacing_j_mm;
  Vec3 voxel{facts.spacing_i_mm, facts.spacing_j_mm,
             std::max(facts.thickness_mm.value_or(0), facts.spacing_k_mm)};
  const bool phase_i = facts.phase_along_i.value_or(false);
  const double phase_field =
      phaseField(facts, phase_i ? extent_i : extent_j, phase_i ? extent_j : extent_i);
  if (facts.phase_along_i) {
    voxel.x = alongAxis(phase_i ? phase_field : extent_i,
                        phase_i ? facts.phase_steps : facts.frequency_steps, voxel.x);
    voxel.y = alongAxis(phase_i ? extent_j : phase_field,
                        phase_i ? facts.frequency_steps : facts.phase_steps, voxel.y);
  }
  return voxel;
}

}  // namespace neurovasc::dicom
