#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc {

/// How a moving series was brought onto the T2 series. What was not tried is empty.
struct Registration {
  SeriesRole moving = SeriesRole::tof;
  RigidTransform moving_from_t2;  ///< takes T2 LPS points to the moving series' LPS points
  /// How far scanner geometry was off, at the region's centre.
  std::optional<double> correction_mm;
  std::optional<double> correction_deg;
  std::optional<double> quality;  ///< normalised mutual information after, 0 to 1
  std::optional<double> quality_before;
  std::optional<double> error_mm;  ///< estimated residual error (1 sd)
  bool accepted = false;
  std::string reason;  ///< why it was refused; empty when accepted
};

/// Which part of the region a series reaches. Elsewhere its voxels hold 0, which is no measurement.
struct Coverage {
  std::optional<GridGeometry> grid;  ///< the series' own voxels; empty: it reaches everywhere
  RigidTransform series_from_t2;     ///< takes T2 LPS points to the series' LPS points

  bool contains(const Point3& t2_lps_mm) const {
    return !grid || grid->contains(series_from_t2(t2_lps_mm));
  }
  /// Whether the whole of @p region is reached.
  bool containsAll(const GridGeometry& region) const;
};

/// One modality of a fused study.
struct FusedImage {
  ImageF fine;             ///< on FusedStudy::grid, bias-corrected
  ImageF on_t2_voxels;     ///< on the cropped T2 grid, as fine is (for T2: nothing resampled)
  Vec3 acquired_voxel_mm;  ///< along that grid's axes
  Vec3 psf_fwhm_mm;        ///< point spread along the grid's axes, 1.2 x acquired voxel by default
  double noise_sd = 0;     ///< of one measured voxel, in image units
  bool noise_measured = false;  ///< else noise_sd is the least that numbers in files have
  Coverage coverage;
  Series series;  ///< as loaded: missing_slices says which voxels were not acquired
};

/// T2, TOF and CE-T1 registered, on one fine isotropic grid around both cerebellopontine angles,
/// in the T2 series' scanner frame.
struct FusedStudy {
  GridGeometry grid;  ///< fine, isotropic, axes of the T2 series
  FusedImage t2;
  std::optional<FusedImage> tof;
  std::optional<FusedImage> ce_t1;
  std::vector<Registration> registrations;
  Resolution resolution = Resolution::quantitative;  ///< of the T2 series
  std::vector<std::string> warnings;
};

}  // namespace neurovasc
