#pragma once

#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/page/page.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

/// report.pdf with what @p reviews say. Of @p pictures it takes the overview and the cuts through
/// the contact that most likely touches.
std::string studyPdf(const Assessment& assessment, const std::vector<page::PagePicture>& pictures,
                     const std::vector<ReviewedAssessment>& reviews, const Progress& progress);

/// Writes report.pdf into a staged result folder and returns what it is.
std::vector<result::ResultFile> writePdf(const result::StagedFolder& folder,
                                         const Assessment& assessment,
                                         const std::vector<page::PagePicture>& pictures,
                                         const Progress& progress);

/// Likewise of dates compared, with @p dates as they were assessed: the cuts through the contact
/// that most likely touched at any date, and the retrosigmoid view of its side.
std::vector<result::ResultFile> writePdf(const result::StagedFolder& folder,
                                         const Comparison& comparison,
                                         const std::vector<Assessment>& dates,
                                         const std::vector<page::PagePicture>& pictures,
                                         const Progress& progress);

}  // namespace neurovasc::pipeline
