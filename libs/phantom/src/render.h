#pragma once

#include <cstdint>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"
#include "scene.h"
#include "signal.h"

namespace neurovasc::phantom {

/// One series to be imaged.
struct Shot {
  GridGeometry grid;             ///< acquired voxels
  RigidTransform head_from_lps;  ///< where the head lies during this series
  Contrast contrast;
  std::vector<Artefact> artefacts;
  bool ringing = false;      ///< no filter between k-space and image
  bool banding = false;      ///< dark bands of balanced SSFP
  double bias_fraction = 0;  ///< peak to peak
  double noise_sd = 0;       ///< image units
  std::uint64_t seed = 1;    ///< of shading and noise
  int interpolation = 1;     ///< in plane
};

/// The noise-free signal under the point spread: the scene is sampled at least every 0.27 mm with
/// anti-aliased edges, blurred by a Gaussian of full width 1.2 acquired voxels at half maximum
/// along each axis (by a sinc of that width where the shot rings), and sampled at voxel centres.
ImageF renderSignal(const Scene& scene, const Shot& shot, int threads, const Progress& progress);

/// Multiplies by a smooth receive field, by the artefacts' loss of signal and by dark bands.
void shade(ImageF& image, const Shot& shot, int threads);

/// Magnitude of signal plus complex noise; with interpolation, zero-filled in plane before the
/// magnitude is taken, so that noise of neighbours hangs together as in scanners.
ImageF withNoise(const ImageF& signal, const Shot& shot, int threads);

}  // namespace neurovasc::phantom
