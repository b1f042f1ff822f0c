#pragma once

#include <optional>
#include <string>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/study.h"

namespace neurovasc::dicom {

/// How a slice was sampled, from its headers. i runs along a row of pixels, j down the columns.
struct SamplingFacts {
  int columns = 0;
  int rows = 0;
  double spacing_i_mm = 0;  ///< reconstructed
  double spacing_j_mm = 0;
  double spacing_k_mm = 0;                    ///< between slice centres; 0 unknown
  std::optional<double> thickness_mm;         ///< SliceThickness
  std::optional<int> frequency_steps;         ///< acquired samples along the frequency direction
  std::optional<int> phase_steps;             ///< acquired lines along the phase direction
  std::optional<bool> phase_along_i;          ///< InPlanePhaseEncodingDirection ROW
  std::optional<double> phase_field_percent;  ///< PercentPhaseFieldOfView
  bool matrix_spans_full_field = false;       ///< phase_steps counts lines of the full field (GE)
};

/// The acquired voxel along i, j, k, mm; never smaller than the reconstructed one. Field of view
/// over acquired samples in the plane, the larger of thickness and spacing across. Where the phase
/// direction is not known, each axis has the coarser of both. Empty unless the matrix is known:
/// PixelSpacing is no resolution, for zero-filled series are common.
///
/// The phase field is PercentPhaseFieldOfView of the frequency field where the image was padded to
/// a square.
std::optional<Vec3> acquiredVoxel(const SamplingFacts& facts);

/// What the acquired voxel measures at least: the reconstructed one, and the slice thickness.
Vec3 leastVoxel(const SamplingFacts& facts);

}  // namespace neurovasc::dicom
