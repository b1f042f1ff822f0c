#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc {

/// How a moving series was brought onto the T2 series.
struct Registration {
  SeriesRole moving = SeriesRole::tof;
  RigidTransform moving_from_t2;  ///< takes T2 LPS points to the moving series' LPS points
  double correction_mm = 0;       ///< how far scanner geometry was off, at the region's centre
  double correction_deg = 0;
  double quality = 0;  ///< normalised mutual information after, 0 to 1
  double quality_before = 0;
  double error_mm = 0;  ///< estimated residual error (1 sd)
  bool accepted = false;
  std::string reason;  ///< why it was refused; empty when accepted
};

/// One modality of a fused study.
struct FusedImage {
  ImageF fine;             ///< on FusedStudy::grid, bias-corrected
  ImageF on_t2_voxels;     ///< on the cropped T2 grid (for T2: the measured voxels themselves)
  Vec3 acquired_voxel_mm;  ///< along that grid's axes
  Vec3 psf_fwhm_mm;        ///< point spread along the grid's axes, 1.2 x acquired voxel by default
  double noise_sd = 0;     ///< of one measured voxel, in image units
  Series series;
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
