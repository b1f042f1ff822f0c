#pragma once

#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// Every n-th voxel of each axis with n * spacing nearest to @p voxel_mm (at least 1), smoothed
/// first along the axes that lose voxels.
ImageF coarse(const ImageF& image, double voxel_mm, int threads);

/// The part of @p image inside @p box.
ImageF crop(const ImageF& image, const IndexBox& box);

/// Voxels with low <= value < high.
Mask between(const ImageF& image, double low, double high);

}  // namespace neurovasc::anatomy
