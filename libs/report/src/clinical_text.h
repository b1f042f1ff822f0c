#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "text_layout.h"

namespace neurovasc::report {

/// A row per side: symptoms, EMG, contact, deformity. Empty without clinical information.
std::vector<Row> clinicalRows(const Assessment& assessment);

/// What the course says, a sentence each, with days and weeks in place of dates.
std::vector<std::string> clinicalSentences(const ClinicalCourse& course);

}  // namespace neurovasc::report
