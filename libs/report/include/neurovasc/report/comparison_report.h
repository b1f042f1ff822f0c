#pragma once

#include <string>

#include "neurovasc/core/comparison.h"
#include "neurovasc/report/text_report.h"

namespace neurovasc::report {

/// report.txt of a comparison: the dates and how they were brought together, then for each side
/// what became of its contacts, the pads and where they lie against these, a table of the nerve's
/// zones, and the clinical course beside the images. Wording as textReport(); every sentence is
/// printed in docs/follow-up.md. Throws Error(usage) as validate(ReportOptions).
std::string comparisonReport(const Comparison& comparison, const ReportOptions& options = {});

}  // namespace neurovasc::report
