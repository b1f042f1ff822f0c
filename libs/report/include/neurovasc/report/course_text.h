#pragma once

#include <string>
#include <vector>

#include "neurovasc/followup/course.h"
#include "neurovasc/followup/joint.h"

namespace neurovasc::report {

/// The clinical course of one side in sentences: time since surgery, how the spasm went, the times
/// that patients are told of, what groups of patients can expect at this time with its sources,
/// EMG. Beside a complication nothing reassuring is said. All wording comes from
/// libs/report/templates/report.phrases and is printed in docs/clinical-course.md.
std::vector<std::string> courseSentences(const followup::SideCourse& course);

/// A sentence for each diagnosis that looks alike.
std::vector<std::string> lookAlikeSentences(const std::vector<followup::LookAlike>& look_alikes);

/// One cautious sentence for images and course together, or that the sides disagree.
std::string jointSentence(followup::JointFinding finding, bool sides_disagree);

}  // namespace neurovasc::report
