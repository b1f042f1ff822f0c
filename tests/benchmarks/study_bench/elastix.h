#pragma once

#include <filesystem>

#include "neurovasc/core/geometry.h"

namespace neurovasc::bench {

/// Whether the program `elastix` can be started.
bool elastixIsThere();

/// Registers FOLDER/moving.mha onto FOLDER/fixed.mha with PARAMETERS (a rigid elastix parameter
/// file), leaving elastix's own files in FOLDER. Throws Error(internal) when elastix fails.
void runElastix(const std::filesystem::path& folder, const std::filesystem::path& parameters);

/// The transform of FOLDER/TransformParameters.0.txt: Euler angles about a centre, applied in the
/// order Rz Rx Ry, taking points of the fixed image to points of the moving one, LPS mm.
RigidTransform readElastixTransform(const std::filesystem::path& folder);

}  // namespace neurovasc::bench
