#pragma once

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

enum class Interpolation {
  linear,
  cubic_bspline,  ///< interpolating cubic B-spline (Unser 1999), mirrored at the borders
};

/// @p image sampled on @p grid: the value at the grid's point p is the image's at
/// moving_from_grid(p). The default transform samples the image where it lies. Points outside the
/// block of the image's voxels (half a voxel beyond the outer centres) get @p outside. Same bytes
/// for any @p threads. Error(cancelled) soon after a stop was requested.
ImageF resample(const ImageF& image, const GridGeometry& grid,
                const RigidTransform& moving_from_grid = {},
                Interpolation interpolation = Interpolation::cubic_bspline, float outside = 0,
                int threads = 0, const StopToken& stop = StopToken());

/// Labels by the nearest voxel, 0 outside.
LabelMap resampleLabels(const LabelMap& labels, const GridGeometry& grid,
                        const RigidTransform& moving_from_grid = {}, int threads = 0);

/// The isotropic grid of @p spacing_mm with the axes of @p coarse, whose outer voxel faces coincide
/// with the coarse grid's (the last voxels end inside). Error(usage) unless the spacing is positive
/// and smaller than the block.
GridGeometry fineGrid(const GridGeometry& coarse, double spacing_mm);

/// The voxels of @p image inside @p box (which lies inside the image).
ImageF crop(const ImageF& image, const IndexBox& box);

/// The smallest box of voxels of @p grid that holds all of @p region, moved out by @p margin_mm and
/// cut at the grid's border; empty where they do not meet.
IndexBox boxCovering(const GridGeometry& grid, const GridGeometry& region, double margin_mm);

}  // namespace neurovasc::imaging
