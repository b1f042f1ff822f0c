#pragma once

#include <cstddef>
#include <vector>

#include "side_view.h"

namespace neurovasc::anatomy {

/// Cost of a millimetre through what shows neither a strand nor blood.
inline constexpr float kFluidCost = 1 / 0.03F;

/// Offset of the voxel nearest to @p p, the border's outside the grid.
std::size_t voxelAt(const GridGeometry& grid, const Point3& p);

/// What lies deep inside an artery, so wide that it is void in T2 and bright in TOF there. Empty
/// without TOF.
Mask lumenOf(const SideView& view, int threads);

/// Cost of a path along dark strands: 1 / (0.03 + (T / 0.4)^2), T the contrast of a strand of 1
/// (CSF), dearer than that of fluid where T2 or TOF shows blood.
ImageF strandCost(const SideView& view, const ImageF& tubularness);

/// Makes what lies within @p radius_mm of @p points @p factor times as dear, or a wall with 0.
void avoidAround(ImageF& cost, const std::vector<Point3>& points, double radius_mm, float factor);

/// Costs of paths along strands as thin as VII and as thick as VIII.
struct StrandCosts {
  ImageF thin;
  ImageF thick;
};

/// The strandCost() of both, dearer where a strand has the other's calibre. @p thin and @p thick
/// are the tubularness at the radii of VII and VIII.
StrandCosts strandCosts(const SideView& view, const ImageF& thin, const ImageF& thick);

/// Mean of @p image along @p line within @p run_mm of each of its points.
std::vector<double> meanAlong(const ImageF& image, const std::vector<Point3>& line, double run_mm);

/// Where @p line follows an artery, by TOF averaged over two millimetres of it; so one is told also
/// where it flows too slowly for a voxel to be told from nerve. False throughout without TOF.
std::vector<bool> onArtery(const SideView& view, const std::vector<Point3>& line);

/// Makes what lies around the stretches of @p line on an artery dear. False if there are none.
bool avoidArteries(const SideView& view, const std::vector<Point3>& line, ImageF& cost);

}  // namespace neurovasc::anatomy
