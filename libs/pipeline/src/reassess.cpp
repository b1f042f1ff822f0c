#include "neurovasc/pipeline/reassess.h"

#include <fmt/format.h>

#include "measure_side.h"
#include "neurovasc/core/error.h"
#include "neurovasc/followup/dates.h"
#include "neurovasc/result/landmarks_file.h"
#include "restored_study.h"

namespace neurovasc::pipeline {
namespace {

void requireInside(const GridGeometry& grid, const NerveLandmarks& landmarks) {
  for (const auto& mark :
       {landmarks.root_exit_point, landmarks.detachment_point, landmarks.porus}) {
    if (mark && !grid.contains(mark->lps_mm)) {
      throw Error(ErrorCode::usage, "a landmark lies outside the images of the result",
                  "Landmarks are LPS millimetres in the T2 series' frame.");
    }
  }
}

NerveLandmarks byHand(NerveLandmarks landmarks) {
  for (auto* mark : {&landmarks.root_exit_point, &landmarks.detachment_point, &landmarks.porus}) {
    if (*mark) {
      **mark = {(*mark)->lps_mm, result::kManualLandmarkSdMm, true};
    }
  }
  return landmarks;
}

}  // namespace

void validate(const ReassessOptions& options) {
  if (options.threads < 0) {
    throw Error(ErrorCode::usage, "--threads must be 0 or more");
  }
}

MovedLandmarks reassess(const std::string& result_folder, Side side,
                        const NerveLandmarks& landmarks, const ReassessOptions& options,
                        const Progress& progress) {
  validate(options);
  if (!landmarks.root_exit_point && !landmarks.detachment_point && !landmarks.porus) {
    throw Error(ErrorCode::usage, fmt::format("no landmark of the {} side is given", name(side)),
                "Move the root exit point, the detachment point or the porus.");
  }
  const RestoredStudy study = restoreStudy(result_folder, options.threads, progress);
  if (followup::findSide(study.assessment, side) == nullptr) {
    throw Error(ErrorCode::usage, fmt::format("the {} side was not assessed", name(side)),
                "Analyse the study with this side.");
  }
  requireInside(study.fused.t2.on_t2_voxels.geometry(), landmarks);
  return measureSide(study, side, {byHand(landmarks), {}}, options.threads, progress);
}

}  // namespace neurovasc::pipeline
