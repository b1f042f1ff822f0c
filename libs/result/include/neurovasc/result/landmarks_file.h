#pragma once

#include <filesystem>

#include "neurovasc/core/anatomy.h"

namespace neurovasc::result {

/// What a hand-placed point is off by, 1 sd: half a voxel of 0.5 mm along each axis, with the
/// fuzziness of where a nerve leaves the pons on top.
inline constexpr double kManualLandmarkSdMm = 0.5;

/// Landmarks placed by hand, any subset of
///
///     left_root_exit_point   left_detachment_point   left_porus   and right_...
///
/// from one of two forms:
///  - 3D Slicer markups (.mrk.json): control points labelled with these names;
///    `coordinateSystem` "LPS" or "RAS" (or 1 or 0, as old versions wrote) of each list is
///    respected, and points that are not "defined" are skipped;
///  - plain: {"frame": "LPS" or "RAS", "left_porus": [x, y, z], ...}, schema
///    "neurovasc.landmarks/1" (docs/schemas/neurovasc.landmarks-1.json).
///
/// Millimetres in both. Points come back in LPS, marked manual.
///
/// Throws Error(input_unreadable) where the file is absent, no JSON, or not of either form, and
/// Error(usage) for unknown or repeated names, a missing frame and values that are no finite
/// numbers; both name the file as given, the point and the cause.
ManualLandmarks readLandmarks(const std::filesystem::path& file);

}  // namespace neurovasc::result
