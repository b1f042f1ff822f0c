#pragma once

#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

struct TubeFitOptions {
  double psf_sigma_mm = 0.25;  ///< point spread of the measured voxel, standard deviation
  double core = 0.3;           ///< expected intensity of the tube, of 1 around it
  double core_sd = 0.06;       ///< how far nerves differ from that; radius and intensity of a thin
                               ///< tube trade, so the fit needs this
  double radius_mm = 0.6;      ///< where the fit starts (cisternal VII: 0.57 +- 0.15)
  double radius_sd_mm = 0.25;
  double window_mm = 1.3;     ///< reaches as far as the neighbouring nerve's edge
  double step_mm = 0.4;       ///< between the points of the result
  double smoothing_mm = 0.8;  ///< of the result along the tube: nerves bend gently
  int rounds = 3;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const TubeFitOptions& options);

/// Moves a line of about a millimetre's accuracy onto the axis of a dark tube and measures the
/// tube's radius. @p image is 1 around the tube; @p weight (same grid, 0 to 1) says how far a voxel
/// belongs to tube or surrounding: 0 in vessels and brain. It may be empty.
///
/// Two rounds of darkness-weighted centroids in the normal plane, then in each plane least squares
/// of
///
///     I(p) = b - (b - c) D(|p - m|; r, sigma)
///
/// with D a disc of radius r blurred by the point spread, for centre m, radius r, core c and
/// surrounding b, robust against neighbours (Cauchy weights). confidence is the tube's contrast
/// over the residual, 0 to 1, times the mean weight on its axis.
Tube fitTube(const ImageF& image, const ImageF& weight, const std::vector<Point3>& line_mm,
             const TubeFitOptions& options, const Progress& progress);

/// @p line_mm smoothed along itself by a Gaussian, ends kept, at points @p step_mm apart.
std::vector<Point3> smoothedLine(const std::vector<Point3>& line_mm, double sigma_mm,
                                 double step_mm);

}  // namespace neurovasc::anatomy
