#pragma once

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// What each place of a T2 image is made of.
struct TissueMaps {
  ImageF csf_fraction;       ///< as Anatomy::csf_fraction
  ImageF brain_distance_mm;  ///< as Anatomy::brain_distance_mm
  ImageF bone_distance_mm;  ///< signed distance to bone and air, negative inside, on a coarser grid
};

/// Maps brain, CSF and bone of @p t2 on its fine isotropic grid, plateaus from @p levels.
///
/// Brain is the grey body that survives opening by a ball of 3 mm: nerve roots (VIII is 2 to 3 mm
/// thick) and the facial nerve's ridge on the pons are smaller and do not belong to it. Its surface
/// is the place half-way between the plateaus of brain and CSF (brain and bone), interpolated
/// between voxels. brain_distance_mm is 1e3 everywhere if there is no brain. The body is sought in
/// an image smoothed as its noise demands; the surface is that of the image as it is.
TissueMaps mapTissue(const FusedImage& t2, const TissueLevels& levels, const HeadFrame& frame,
                     int threads, const Progress& progress);

/// Signed distance in mm to the zero level of @p field, negative where the field is, to a fraction
/// of a voxel: every edge of the grid whose ends differ in sign gives one surface point with its
/// normal, the nearest of which is found for each voxel by propagation (Danielsson, CGIP 14:227,
/// 1980). @p field need not be a distance; it must be roughly linear around zero. 1e3 everywhere
/// if the field has one sign. Throws Error(cancelled).
ImageF signedDistance(const ImageF& field, const StopToken& stop = {});

}  // namespace neurovasc::anatomy
