#pragma once

#include <filesystem>

#include "neurovasc/followup/dates.h"

namespace neurovasc::pipeline {

/// Whether @p path is a folder that `analyze` wrote.
bool isResultFolder(const std::filesystem::path& path);

/// What a comparison needs of a result folder: assessment, volumes and labels; `day` stays empty.
/// Throws Error(input_unreadable) where something is missing or damaged, and
/// Error(no_usable_series) for a result without images (of drawn masks, or of a study that showed
/// nothing).
followup::FollowupDate readDate(const std::filesystem::path& folder);

}  // namespace neurovasc::pipeline
