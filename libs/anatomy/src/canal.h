#pragma once

#include <optional>

#include "neurovasc/core/progress.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// The internal auditory canal of one side.
struct Canal {
  Point3 fundus_mm;  ///< deep end of the canal's axis
  Point3 porus_mm;   ///< where the axis meets the face of the petrous bone
  Vec3 medial;       ///< unit vector along the axis, out of the canal
  double porus_sd_mm = 1;
  bool seen = true;  ///< else placed by the labyrinth alone
};

/// Finds the canal as the finger of non-bone that reaches medially from the labyrinth and is too
/// narrow for a ball of 4 mm radius (canals are 4 to 7 mm wide; Marques 2012).
///
/// The porus lies where the bone around the axis gives way. The mouth is oblique: its posterior lip
/// ends some 8 mm deeper than the anterior one. The axis crosses the face of the bone where three
/// of ten directions around it, the anterior ones, are still bounded by bone.
Canal findCanal(const SideView& view, const Point3& labyrinth_mm, int threads,
                const Progress& progress);

}  // namespace neurovasc::anatomy
