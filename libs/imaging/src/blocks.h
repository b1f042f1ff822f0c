#pragma once

#include <vector>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// A small block of voxels.
struct Block {
  Point3 centre_mm;
  double mean = 0;
  double sd = 0;  ///< about the linear trend
};

/// Half overlapping blocks of about @p block_mm over the whole image.
std::vector<Block> measureBlocks(const ImageF& image, double block_mm, int threads);

}  // namespace neurovasc::imaging
