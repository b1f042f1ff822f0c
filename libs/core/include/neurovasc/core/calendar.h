#pragma once

#include <optional>

namespace neurovasc {

/// Days from 1970-01-01 to a day of the Gregorian calendar, negative before it; nothing for what is
/// no day. For years 1 to 9999. After Hinnant, chrono-compatible low-level date algorithms.
std::optional<int> dayNumber(int year, int month, int day);

}  // namespace neurovasc
