#pragma once

#include <map>
#include <string>
#include <vector>

#include "neurovasc/page/page.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

/// The pictures of @p content.scene that stand in a staged result folder.
std::vector<page::PagePicture> pagePictures(const result::StagedFolder& folder,
                                            const scene::SceneContent& scene);

/// Writes report.html into a staged result folder and returns what it is; where this build has no
/// page, only warns of that on @p screen.
std::vector<result::ResultFile> writePage(const result::StagedFolder& folder,
                                          const page::PageContent& content,
                                          const Progress& progress, const Progress& screen);

}  // namespace neurovasc::pipeline
