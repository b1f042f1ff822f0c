#pragma once

#include <filesystem>

namespace neurovasc::result {

/// A new name ".NAME.part-PID-RANDOM" beside @p target, for what is to become it.
std::filesystem::path hiddenBeside(const std::filesystem::path& target);

/// Opens a hidden file or folder under an exclusive lock, which lasts until it is closed or the
/// process ends; -1 where it cannot be had.
int lockHidden(const std::filesystem::path& hidden);

/// Removes what killed processes left beside @p target under such names: its lock is free and its
/// process has ended.
void removeAbandoned(const std::filesystem::path& target);

}  // namespace neurovasc::result
