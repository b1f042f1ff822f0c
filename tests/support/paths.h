#pragma once

#include <filesystem>

namespace neurovasc::testing {

/// The source tree.
std::filesystem::path sourceDir();

/// Where this build is; tests keep made studies below it.
std::filesystem::path buildDir();

/// The program under test.
std::filesystem::path program();

/// The file or folder @p name of the optional studies, from the environment variable
/// NEUROVASC_SHARED_DIR or beside the source tree; empty when there is none.
std::filesystem::path sharedPath(const std::filesystem::path& name);

}  // namespace neurovasc::testing
