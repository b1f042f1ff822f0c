#pragma once

#include <cstdint>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// Whether the wanted tubes are darker or brighter than what surrounds them.
enum class TubePolarity { dark, bright };

enum class TubeFilter {
  hessian,                  ///< second derivatives of the Gaussian-smoothed image (fast)
  optimally_oriented_flux,  ///< flux through spheres (Law & Chung, ECCV 2008): keeps neighbours
                            ///< apart
};

struct TubularnessOptions {
  /// Radii of the tubes looked for, mm, ascending. The default covers what crosses the
  /// cerebellopontine cistern: nerves and small arteries of 0.6 to 2.2 mm diameter.
  std::vector<double> radii_mm = {0.35, 0.5, 0.75, 1.1};
  TubePolarity polarity = TubePolarity::dark;
  TubeFilter filter = TubeFilter::hessian;
  /// Smoothing of the flux filter before the gradient is taken, mm; about half a measured voxel.
  double flux_sigma_mm = 0.3;
  bool directions = false;  ///< also fill TubularnessMap::direction
  int threads = 0;          ///< 0: one per processor
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const TubularnessOptions& options);

/// The answer of a tube filter in every voxel.
struct TubularnessMap {
  ImageF response;                  ///< in image units, 0 where nothing is tube-like
  Volume<std::uint8_t> scale;       ///< index into TubularnessOptions::radii_mm of the best radius
  Volume<std::uint16_t> direction;  ///< packed, see unpackDirection(); empty unless asked for
};

/// Multi-scale tube filter. For each radius r
///
///     hessian:  R = e sigma^2 mid(s H_sigma),   sigma = r / sqrt(2)
///     flux:     R = mid(s Q_{r, sigma}) / c(r, sigma)
///
/// with H_sigma the matrix of second derivatives of the image smoothed by a Gaussian, Q the flux
/// matrix of the sphere of radius r (the Hessian of ball * Gaussian * image over 4 pi r^2), s = +1
/// for dark and -1 for bright tubes, and mid() the middle eigenvalue, which is zero on walls and
/// wins only where the image is curved in two directions. e and c make the answer the contrast:
/// on the axis of a long straight tube of radius r and contrast C in a uniform surrounding, R = C.
/// A tube of another radius q gives C x exp(1 - x) with x = (q / r)^2 for the Hessian. The point
/// spread of a scanner lowers it for tubes thinner than about one measured voxel. Negative values
/// are 0; the best of all radii wins.
///
/// Never divide the response by a percentile of itself: that depends on how much else is in the
/// box. @p image must be sampled finely, at a spacing of at most the least radius; beyond its
/// border it is continued with the border's values. Errors: usage, cancelled.
TubularnessMap tubularness(const ImageF& image, const TubularnessOptions& options,
                           const Progress& progress = {});

/// The same where @p where is not 0, and 0 elsewhere, which costs little. @p where lies on the grid
/// of @p image.
TubularnessMap tubularness(const ImageF& image, const Mask& where,
                           const TubularnessOptions& options, const Progress& progress = {});

/// The tube's axis at a voxel as a unit vector in LPS (sign without meaning), to within 1 degree.
Vec3 unpackDirection(std::uint16_t packed);
std::uint16_t packDirection(const Vec3& direction);

}  // namespace neurovasc::imaging
