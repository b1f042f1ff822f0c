#pragma once

#include <string_view>

namespace neurovasc::page {

/// A template cut at its two markers.
struct TemplateParts {
  std::string_view head;
  std::string_view middle;
  std::string_view tail;
};

/// Throws Error(internal) where this build holds no page.
void requireTemplate();

/// @p text cut at @p marker and, behind it, at that of the data. bundle.js has seen to it that each
/// stands in a template once.
TemplateParts templateParts(std::string_view text, std::string_view marker);

}  // namespace neurovasc::page
