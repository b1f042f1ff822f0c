#pragma once

#include <vector>

#include "neurovasc/core/tube.h"
#include "neurovasc/core/volume.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// Radii at which VII and VIII are looked for, mm: VII has one of 0.43 to 0.73, VIII of 0.9 to 1.3.
/// At 1.1 a strand as thin as VII answers with half its contrast, so that VIII's path does not
/// leave VIII for it.
std::vector<double> thinRadiiMm();
std::vector<double> thickRadiiMm();

/// How far each voxel may speak of a nerve, 0 to 1: less where TOF shows flowing blood and where T2
/// is darker than any nerve, in voids, felt and bone.
ImageF nerveWeight(const SideView& view);

/// @p t2 with the darkness of a tube taken out, so that what lies beside it stands alone. @p core
/// is the tube's level as a share of fluid's, @p psf_sigma_mm the blur it is seen under.
ImageF withoutTube(const ImageF& t2, const Tube& tube, double core, double psf_sigma_mm);

/// Takes the voxels around @p line that are nearer to the surface of @p other than to a nerve's of
/// @p radius_mm along the line out of @p weight.
void leaveTo(const Tube& other, const std::vector<Point3>& line, double radius_mm, ImageF& weight);

/// In the canal the nerve keeps near the straight @p line from @p seed on: what is dark beside it
/// is the wall, and taken out of @p weight. @p medial is a unit vector out of the canal.
void keepOffWall(const std::vector<Point3>& line, const Point3& seed, const Vec3& medial,
                 ImageF& weight);

/// The larger of the two at each voxel of their common grid.
ImageF larger(ImageF a, const ImageF& b);

}  // namespace neurovasc::anatomy
