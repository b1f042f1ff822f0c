#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// All lengths are millimetres between voxel centres, right on anisotropic grids. Every function
/// gives the same bytes for any @p threads (0: one per processor). A mask voxel counts as set when
/// it is not 0; results hold 0 and 1.

/// Exact Euclidean distance in mm (not squared) from each voxel centre to the nearest set voxel's
/// centre (Maurer et al., IEEE PAMI 25:265, 2003): 0 inside, infinity where the mask is empty.
ImageF distanceTo(const Mask& mask, int threads = 0);

/// Positive outside, the distance to the nearest set voxel; negative inside, the distance to the
/// nearest voxel that is not set. Voxels on either side of the border have +-one voxel side.
ImageF signedDistance(const Mask& mask, int threads = 0);

/// The mask grown or shrunk by a ball of @p radius_mm. Shrinking treats what lies outside the
/// image as set, so that a structure cut by the border is not eaten from there.
Mask dilated(const Mask& mask, double radius_mm, int threads = 0);
Mask eroded(const Mask& mask, double radius_mm, int threads = 0);

/// Opening removes what a ball of @p radius_mm does not fit into; closing fills what such a ball
/// cannot enter.
Mask opened(const Mask& mask, double radius_mm, int threads = 0);
Mask closed(const Mask& mask, double radius_mm, int threads = 0);

/// Which voxels count as neighbours.
enum class Connectivity {
  faces,    ///< 6
  corners,  ///< 26
};

struct Component {
  std::uint32_t label = 0;  ///< 1, 2, ...
  std::size_t voxels = 0;
  double volume_mm3 = 0;
  IndexBox box;
  Point3 centroid_mm;  ///< LPS
};

struct Components {
  Volume<std::uint32_t> labels;  ///< 0 outside
  std::vector<Component> list;   ///< largest first; list[n].label == n + 1
};

/// The connected parts of @p mask of at least @p minimum_mm3. Equal sizes are ordered by their
/// first voxel.
Components connectedComponents(const Mask& mask, Connectivity connectivity = Connectivity::faces,
                               double minimum_mm3 = 0);

/// The voxels of one component.
Mask maskOf(const Components& components, std::uint32_t label);

/// The largest component of @p mask; empty when the mask is.
Mask largestComponent(const Mask& mask, Connectivity connectivity = Connectivity::faces);

}  // namespace neurovasc::imaging
