#pragma once

#include <string>

namespace neurovasc::app {

/// A whole file. Throws Error(input_unreadable) naming it.
std::string textOf(const std::string& file);

}  // namespace neurovasc::app
