#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/volume.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::page {

/// An image as the page's slices show it: cropped, 8 bits a voxel.
struct SliceVolume {
  GridGeometry grid;                 ///< oblique as the image's own
  std::vector<std::uint8_t> values;  ///< grid.voxelCount(), i fastest
  /// The values that are shown as black and white to begin with. What is darker or brighter than
  /// the image's window keeps some of the 255 steps, so that the window can be changed.
  double black = 0;
  double white = 255;
  bool coarsened = false;  ///< the voxels are larger than the image's
};

/// The voxels of @p image within @p around (LPS mm). Where these are more than @p most_voxels, they
/// are resampled, trilinear, to as many, enlarged alike along all axes. Empty where the image does
/// not reach @p around.
SliceVolume sliceVolume(const scene::SceneImage& image, const Box& around, std::size_t most_voxels);

}  // namespace neurovasc::page
