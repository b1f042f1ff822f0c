#pragma once

#include <cstddef>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

struct NoiseOptions {
  /// Edge of the blocks that are examined, mm: small enough to fit into the pons or the cistern,
  /// large enough to hold several acquired voxels, so that interpolated (correlated) noise is seen
  /// whole.
  double block_mm = 3.5;
  /// Blocks whose mean is below this many of their standard deviations are left out as background:
  /// there the noise of a magnitude image is Rician and up to a third too small.
  double minimum_snr = 4;
  int threads = 0;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const NoiseOptions& options);

struct NoiseEstimate {
  double sd = 0;  ///< of one voxel in tissue, image units; 0 for an image without noise
  double background_sd =
      0;  ///< of the same noise as seen in air or bone (Rayleigh, divided by 0.655)
  std::size_t tissue_blocks = 0;      ///< how many blocks sd rests on
  std::size_t background_blocks = 0;  ///< how many background_sd rests on
};

/// The noise of an image as measured (never of a finer resampling: pass the acquired voxels).
///
/// Overlapping blocks are each freed from their linear trend; of the distribution of their residual
/// standard deviations in tissue, the first substantial peak is the noise: what lies above is
/// structure, and single blocks below are chance. Up to 5 % low where the image was interpolated to
/// twice the acquired matrix. Same value for any number of threads.
NoiseEstimate estimateNoise(const ImageF& image, const NoiseOptions& options = {});

}  // namespace neurovasc::imaging
