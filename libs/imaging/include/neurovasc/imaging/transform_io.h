#pragma once

#include <string>

#include "neurovasc/core/geometry.h"

namespace neurovasc::imaging {

/// Writes @p moving_from_fixed as ITK transform text (.tfm), which ITK, 3D Slicer, ANTs and elastix
/// read. LPS mm; it takes points of the fixed image to the moving one, the direction in which these
/// programs resample the moving image onto the fixed. Error(output_unwritable).
void writeTransform(const RigidTransform& moving_from_fixed, const std::string& path);

/// Reads a linear ITK transform (.tfm, .txt). Errors: input_unreadable; inconsistent_geometry where
/// it is not rigid to 1e-4.
RigidTransform readTransform(const std::string& path);

}  // namespace neurovasc::imaging
