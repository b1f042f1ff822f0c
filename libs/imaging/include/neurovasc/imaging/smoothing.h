#pragma once

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// @p image convolved with a Gaussian of standard deviation @p sigma_mm in every direction, the
/// border's values continued outward. A plateau stays what it was; 0 returns a copy. The kernel is
/// sampled to four standard deviations. Same bytes for any @p threads (0: all processors).
/// Error(usage) for a negative or non-finite sigma.
ImageF gaussianSmooth(const ImageF& image, double sigma_mm, int threads = 0);

/// Standard deviations along the grid's axes i, j, k, mm.
ImageF gaussianSmooth(const ImageF& image, const Vec3& sigma_mm, int threads = 0);

}  // namespace neurovasc::imaging
