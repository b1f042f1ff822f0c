#pragma once

#include <optional>
#include <vector>

#include "neurovasc/core/progress.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// The internal auditory canal of one side.
struct Canal {
  Point3 fundus_mm;  ///< deep end of the canal's axis
  Point3 porus_mm;   ///< where the axis meets the face of the petrous bone
  Vec3 medial;       ///< unit vector along the axis, out of the canal
  Vec3 face_normal;  ///< unit vector out of the petrous bone's face at the porus
  double porus_sd_mm = 1;
  bool seen = true;  ///< else placed by the labyrinth alone
};

/// Finds the canal as the finger of non-bone that reaches medially from the labyrinth and is too
/// narrow for a ball of 4 mm radius (canals are 4 to 7 mm wide; Marques 2012).
///
/// The porus lies where the bone around the axis gives way. The mouth is oblique: its posterior lip
/// ends some 8 mm deeper than the anterior one. The axis crosses the face of the bone where three
/// of ten directions around it, the anterior ones, are still bounded by bone. A plane fitted to the
/// face around the mouth says the same where bone is not planar at the lips, or its lips wide
/// apart.
Canal findCanal(const SideView& view, const Point3& labyrinth_mm, int threads,
                const Progress& progress);

/// Where @p line_mm, a nerve of the canal, goes through the plane of the face at the porus; where
/// it is nearest to the axis' porus if the crossing lies a canal's radius from there.
Point3 porusOn(const std::vector<Point3>& line_mm, const Canal& canal);

}  // namespace neurovasc::anatomy
