#pragma once

#include <optional>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::followup {

/// One date of a patient: what was found, and the images it stands on. All of it stands in a result
/// folder, so that a finished analysis serves as well as a fresh one.
struct FollowupDate {
  Assessment assessment;
  ImageF t2;                    ///< on its own voxels, cropped to the region, bias-corrected
  std::optional<ImageF> tof;    ///< on the T2 voxels; 0 where it does not reach
  std::optional<ImageF> ce_t1;  ///< likewise
  LabelMap labels;              ///< Anatomy::labels, fine grid
  std::optional<int> day;       ///< of the scan, on a scale that all dates share
};

/// The date of a fresh analysis.
FollowupDate followupDate(const FusedStudy& study, const Anatomy& anatomy, Assessment assessment);

/// Medians of each series where the labels say brain and CSF, image units.
struct DateLevels {
  double brain = 0;
  double csf = 0;
};
/// Empty where the labels hold no brain or no CSF that @p image reaches.
std::optional<DateLevels> levelsWithin(const LabelMap& labels, const ImageF& image);

/// The assessment of @p side; nothing where it was not asked for.
const SideAssessment* findSide(const Assessment& assessment, Side side);

}  // namespace neurovasc::followup
