#pragma once

#include <filesystem>
#include <string>

namespace neurovasc::result {

/// The whole of a small text file that a person wrote. Throws Error(input_unreadable) where it is
/// absent, unreadable, or larger than any such file can be.
std::string textOfInput(const std::filesystem::path& file);

}  // namespace neurovasc::result
