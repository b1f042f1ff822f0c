#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/review.h"

namespace neurovasc::report {

/// How report.txt is laid out.
struct ReportOptions {
  int width_columns = 100;  ///< no line is longer; the width of a terminal or of an A4 page
};

/// Throws Error(usage) naming the option.
void validate(const ReportOptions& options);

/// report.txt: what a radiologist would dictate of one study, in plain words and in the order of a
/// structured report (clinic, technique, each side with nerve, contacts and zones, comparison of
/// the sides, impression, limits). The side is spelled out; every number has its unit and its
/// doubt.
///
/// All wording comes from libs/report/templates/report.phrases. It says that a vessel touches or
/// deforms the nerve, never that it causes anything, and advises nothing.
///
/// @p reviews are what readers say of it, a part for each after the impression. The program's words
/// stay; only the first lines then no longer say that no physician has read it.
std::string textReport(const Assessment& assessment, const ReportOptions& options = {},
                       const std::vector<ReviewedAssessment>& reviews = {});

}  // namespace neurovasc::report
