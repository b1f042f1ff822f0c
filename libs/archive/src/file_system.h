#pragma once

#include <filesystem>
#include <string_view>

namespace neurovasc::archive {

/// The name of the network file system with the magic number @p type (statfs(2)), empty for others.
std::string_view networkFileSystem(long type);

/// Throws Error(output_unwritable) where @p folder lies on a network file system: SQLite's
/// write-ahead log needs memory shared between all that open the file, and locks that hold
/// (sqlite.org/wal.html).
void requireLocal(const std::filesystem::path& folder);

}  // namespace neurovasc::archive
