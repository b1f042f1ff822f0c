#pragma once

#include <filesystem>

namespace neurovasc::result {

/// Throws Error(output_unwritable) unless @p target may be made: it is absent or empty, or it is to
/// be overwritten and holds nothing but the files of one result, as its run.json lists them.
void requireFree(const std::filesystem::path& target, bool overwrite);

bool isEmptyFolder(const std::filesystem::path& path);

}  // namespace neurovasc::result
