#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "neurovasc/archive/catalogue.h"

namespace neurovasc::archive {

/// How a job ended, as jobs/KEY.json has it (schema "neurovasc.job/1").
struct JobFile {
  JobRow row;
  std::string assessment_sha256;  ///< empty where there is no result
};

std::filesystem::path jobFilePath(const std::filesystem::path& output, const std::string& key);

/// Whole and on the disk, or not at all.
void writeJobFile(const std::filesystem::path& output, const JobFile& job);

/// Nothing where the job has not ended yet. Throws Error(input_unreadable).
std::optional<JobFile> readJobFile(const std::filesystem::path& output, const std::string& key);

}  // namespace neurovasc::archive
