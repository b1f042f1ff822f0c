#pragma once

#include <string>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// The grid that a NIfTI header describes, in LPS. ITK silently prefers one of sform and qform;
/// this refuses what contradicts itself, as image_io.h says.
GridGeometry niftiGeometry(const std::string& path);

/// Throws Error(input_unreadable) when the file ends before its last voxel; ITK takes what is
/// missing for zeros.
void requireWholeNifti(const std::string& path);

}  // namespace neurovasc::imaging
