#pragma once

#include "neurovasc/report/report_text.h"

namespace neurovasc::report {

ReviewText reviewText(const ReviewedAssessment& reviewed);

}  // namespace neurovasc::report
