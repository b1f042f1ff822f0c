#pragma once

#include <string>
#include <vector>

#include "neurovasc/result/study_json.h"

namespace neurovasc::report {

/// What `inspect` prints: for each study a table of its series (id, number, description, role,
/// size, voxel reconstructed and acquired), below it the reasons for the roles, the problems and
/// which series would be used. Lines have at most 120 columns.
std::string studyText(const std::vector<result::NumberedStudy>& studies);

}  // namespace neurovasc::report
