#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::result {

/// A file of the result folder, as listed in assessment.json.
struct ResultFile {
  std::string path;  ///< relative to the folder, with '/': "masks/vessels.nii.gz"
  std::string what;  ///< in a few words: "arteries and veins, T2 voxels"
};

/// assessment.json, schema "neurovasc.assessment/1" (docs/schemas/neurovasc.assessment-1.json).
///
/// Lengths are mm, points LPS mm of the T2 series. What was not measured is null, never absent.
/// Keys stand in a fixed order and numbers are rounded, so that one assessment gives one sequence
/// of bytes: points and lengths to 1e-4 mm, probabilities and confidences to 1e-3, angles and
/// clock directions to 0.1, rotation matrices to 1e-9. A value that is not finite is written as
/// null; a centre-line point that is not finite is left out.
///
/// It holds no date, path, UID or file of the study: frames are left out, and clinical dates become
/// days (see withoutDates()). Surfaces are not in it: those of the result stand in meshes/.
std::string toJson(const Assessment& assessment, const std::vector<ResultFile>& files = {});

/// The reverse. Masks, meshes and frames are not in the JSON and stay empty. Keys that this version
/// does not know are ignored, so that later minor additions can be read.
/// Throws Error(input_unreadable) naming the place ("sides[0].contacts[1].zone") and the cause.
Assessment assessmentFromJson(std::string_view json);

/// The files listed in an assessment.json. Throws as assessmentFromJson().
std::vector<ResultFile> filesFromJson(std::string_view json);

}  // namespace neurovasc::result
