#pragma once

#include <optional>

#include "neurovasc/core/tube.h"
#include "neurovasc/core/volume.h"
#include "pad_images.h"

namespace neurovasc::followup {

/// What is known of a body's surroundings, all on one grid.
struct PadSurroundings {
  const Mask& body;        ///< its voxels
  const ImageF& deficit;   ///< Darkness::deficitAt
  const Mask& barred;      ///< bone, brain and vessels whose blood is seen
  const LabelMap& labels;  ///< Anatomy::labels
  const Tube& nerve;
  const Darkness& darkness;
  int threads = 0;
};

/// How large a body is. The signal that is missing in its core is its own deficit d: felt has 0.85
/// to 1, felt with CSF in its meshes 0.6 and more. Deficits summed up, which blur does not change,
/// over d are the volume.
struct PadShape {
  /// Of each voxel near the body the share that it fills, 0 to 1; its surface lies at one half.
  ImageF share;
  double volume_mm3 = 0;
  /// As if all of the body had no signal at all, less what the edge may be off by.
  double least_mm3 = 0;
  /// All that is dark on T2 within a millimetre, edges of brain and vessel included, the nerve not.
  double most_mm3 = 0;
};

PadShape shapeOf(const PadSurroundings& around);

/// Whether what surrounds the body enhances on CE-T1 beyond brain, on half of the places next to it
/// that are neither vessel, brain nor bone: as granuloma does. Empty without CE-T1, or where too
/// little of the surroundings is free to tell.
std::optional<bool> rimEnhances(const PadSurroundings& around);

}  // namespace neurovasc::followup
