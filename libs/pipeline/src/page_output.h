#pragma once

#include <vector>

#include "neurovasc/page/comparison_page.h"
#include "neurovasc/page/page.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/pictures.h"

namespace neurovasc::pipeline {

/// @p pictures as they stand in a staged result folder.
std::vector<page::PagePicture> pagePictures(const result::StagedFolder& folder,
                                            const std::vector<scene::PictureFile>& pictures);

/// Writes report.html into a staged result folder and returns what it is; where this build has no
/// page, only warns of that on @p screen.
std::vector<result::ResultFile> writePage(const result::StagedFolder& folder,
                                          const page::PageContent& content,
                                          const Progress& progress, const Progress& screen);
std::vector<result::ResultFile> writePage(const result::StagedFolder& folder,
                                          const page::ComparisonContent& content,
                                          const Progress& progress, const Progress& screen);

}  // namespace neurovasc::pipeline
