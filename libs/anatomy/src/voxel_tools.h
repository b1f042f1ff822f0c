#pragma once

#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// Every n-th voxel of each axis with n * spacing nearest to @p voxel_mm (at least 1), smoothed
/// first along the axes that lose voxels.
ImageF coarse(const ImageF& image, double voxel_mm, int threads);

/// Puts @p value where the series of @p image does not reach.
void fillUncovered(const Coverage& coverage, float value, ImageF& image);

/// The part of @p image inside @p box.
ImageF crop(const ImageF& image, const IndexBox& box);

/// Voxels with low <= value < high.
Mask between(const ImageF& image, double low, double high);

}  // namespace neurovasc::anatomy
