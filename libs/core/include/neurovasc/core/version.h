#pragma once

#include <string_view>

namespace neurovasc {

/// "0.1.0", from the project's one home of the version, CMakeLists.txt.
std::string_view version();

/// The sentence that stands wherever a user meets results.
inline constexpr std::string_view kResearchUseOnly = "Research use only, not a medical device.";

}  // namespace neurovasc
