#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace neurovasc {

/// Days from 1970-01-01 to a day of the Gregorian calendar, negative before it; nothing for what is
/// no day. For years 1 to 9999. After Hinnant, chrono-compatible low-level date algorithms.
std::optional<int> dayNumber(int year, int month, int day);

/// As dayNumber(), of "2026-11-21"; nothing for any other text.
std::optional<int> parseDay(std::string_view text);

/// "2026-11-21T09:35:00Z", to the second.
std::string utcText(std::chrono::system_clock::time_point time);

/// The reverse; nothing for any other text.
std::optional<std::chrono::system_clock::time_point> parseUtc(const std::string& text);

}  // namespace neurovasc
