#pragma once

#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// The integral of @p image over the ball of radius @p radius_mm around each voxel, in image units
/// times mm^3; voxels cut by the sphere count by the part inside, and the border's values are
/// continued outward.
ImageF ballSum(const ImageF& image, double radius_mm, int threads, const Progress& progress);

}  // namespace neurovasc::imaging
