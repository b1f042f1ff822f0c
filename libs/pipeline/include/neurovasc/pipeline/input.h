#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"
#include "neurovasc/result/study_json.h"

namespace neurovasc::pipeline {

/// Where a study comes from: a DICOM folder, file or DICOMDIR, or volumes given by role.
struct StudyInput {
  std::string study;                ///< path of DICOM data; empty when volumes are given
  std::optional<int> study_number;  ///< which one, 1.., where the path holds several
  std::string t2;                   ///< NIfTI, NRRD or MetaImage; empty when absent
  std::string tof;
  std::string ce_t1;
  /// Roles by the user's word, by series id ("s3") or DICOM series number ("3").
  std::map<std::string, SeriesRole> role_overrides;

  bool fromVolumes() const { return !t2.empty() || !tof.empty() || !ce_t1.empty(); }
};

/// Throws Error(usage) unless exactly one kind of input is given.
void validate(const StudyInput& input);

/// What lies at a path, for `inspect`.
struct Inspection {
  std::vector<result::NumberedStudy> studies;  ///< all, or the one asked for
  int patients = 0;
  std::size_t files = 0;
  std::vector<std::string> skipped;  ///< "name: reason" of each file that was left out
};

/// Throws Error(usage) where a study was asked for that is not there.
Inspection inspect(const StudyInput& input, int threads, const Progress& progress);

}  // namespace neurovasc::pipeline
