#pragma once

#include <string_view>

namespace neurovasc::page {

/// The page without a study: markup, style and script as bundled from libs/page/web. Empty where
/// this program was built without it.
std::string_view pageTemplate();

/// The same of the page of a cohort.
std::string_view cohortTemplate();

}  // namespace neurovasc::page
