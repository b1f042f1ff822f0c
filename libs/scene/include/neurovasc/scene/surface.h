#pragma once

#include "neurovasc/core/mesh.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::scene {

/// How a surface is taken from an image.
struct SurfaceOptions {
  /// On which side of iso_value the object is: false for masks and intensities, true for signed
  /// distances that are negative inside. Decides which way the triangles turn.
  bool inside_is_below = false;
  /// Closes the surface where the object leaves the image, instead of leaving a hole there.
  bool close_at_border = false;
  /// Windowed-sinc iterations (Taubin 1996), which smooth without shrinking; 0: none. 20 takes the
  /// steps out of a binary mask.
  int smoothing_iterations = 0;
  /// Decimates to at most about this many triangles (quadric error, Garland & Heckbert 1997);
  /// 0: all are kept.
  int max_triangles = 0;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const SurfaceOptions& options);

/// The surface where the trilinear @p image equals @p iso_value, in LPS mm, by flying edges
/// (Schroeder, Maynard & Geveci 2015) on the image's own grid, oblique and of either handedness as
/// it may be. Triangles turn counter-clockwise seen from outside. Empty where nothing crosses.
TriangleMesh extractSurface(const ImageF& image, double iso_value,
                            const SurfaceOptions& options = {});

/// The surface of the voxels of @p labels equal to @p value, smoothed by 20 iterations.
TriangleMesh extractLabelSurface(const LabelMap& labels, std::uint8_t value);

}  // namespace neurovasc::scene
