#pragma once

#include <cstdint>
#include <vector>

#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// Small voxel operations on one grid, all lengths in mm whatever the spacing. Results do not
/// depend on the number of threads.

/// Every n-th voxel of each axis with n * spacing nearest to @p voxel_mm (at least 1), smoothed
/// first along the axes that lose voxels.
ImageF coarse(const ImageF& image, double voxel_mm, int threads);

/// The part of @p image inside @p box.
ImageF crop(const ImageF& image, const IndexBox& box);

/// Voxels with low <= value < high.
Mask between(const ImageF& image, double low, double high);

/// Distance to the nearest voxel centre set in @p mask (Felzenszwalb & Huttenlocher, Theory of
/// Computing 8:415, 2012); 1e6 everywhere if none is.
ImageF distanceTo(const Mask& mask, int threads);

Mask inverted(Mask mask);
/// Voxels farther than @p radius_mm inside @p mask. Beyond the grid counts as inside.
Mask eroded(const Mask& mask, double radius_mm, int threads);
Mask dilated(const Mask& mask, double radius_mm, int threads);
Mask opened(const Mask& mask, double radius_mm, int threads);
Mask closed(const Mask& mask, double radius_mm, int threads);

/// A face-connected set of voxels.
struct Component {
  std::uint32_t label = 0;  ///< value in Components::labels
  std::size_t voxels = 0;
  double volume_mm3 = 0;
  IndexBox box;
  Vec3 center_index;
};

/// All components of a mask, largest first.
struct Components {
  std::vector<std::uint32_t> labels;  ///< 0 outside
  std::vector<Component> list;
};
Components componentsOf(const Mask& mask);

/// The voxels of one component as a mask.
Mask maskOf(const Components& components, const Component& one, const GridGeometry& grid);

}  // namespace neurovasc::anatomy
