#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace neurovasc::result {

/// "2026-11-21T09:35:00Z", to the second.
std::string utcText(std::chrono::system_clock::time_point time);

/// The reverse; empty for anything else than such a text.
std::optional<std::chrono::system_clock::time_point> parseUtc(const std::string& text);

}  // namespace neurovasc::result
