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

Vec3 coarser(const Vec3& a, const Vec3& b) {
  return {std::max(a.x, b.x), std::max(a.y, b.y), std::max(a.z, b.z)};
}

Vec3 withPhaseAlongI(const SamplingFacts& facts, const Vec3& voxel) {
  const double extent_i = facts.columns * facts.spacing_i_mm;
  const double extent_j = facts.rows * facts.spacing_j_mm;
  return {phaseField(facts, extent_i, extent_j) / *facts.phase_steps,
          extent_j / *facts.frequency_steps, voxel.z};
}

Vec3 withPhaseAlongJ(const SamplingFacts& facts, const Vec3& voxel) {
  const double extent_i = facts.columns * facts.spacing_i_mm;
  const double extent_j = facts.rows * facts.spacing_j_mm;
  return {extent_i / *facts.frequency_steps,
          phaseField(facts, extent_j, extent_i) / *facts.phase_steps, voxel.z};
}

}  // namespace

Vec3 leastVoxel(const SamplingFacts& facts) {
  return {facts.spacing_i_mm, facts.spacing_j_mm,
          std::max(facts.thickness_mm.value_or(0), facts.spacing_k_mm)};
}

std::optional<Vec3> acquiredVoxel(const SamplingFacts& facts) {
  Vec3 voxel = leastVoxel(facts);
  if (facts.frequency_steps.value_or(0) <= 0 || facts.phase_steps.value_or(0) <= 0 ||
      voxel.z <= 0) {
    return std::nullopt;
  }
  if (facts.phase_along_i.value_or(true)) {
    voxel = coarser(voxel, withPhaseAlongI(facts, voxel));
  }
  if (!facts.phase_along_i.value_or(false)) {
    voxel = coarser(voxel, withPhaseAlongJ(facts, voxel));
  }
  return voxel;
}

}  // namespace neurovasc::dicom
