#pragma once

#include <optional>
#include <string>

namespace neurovasc::archive {

/// Days since 1970-01-01, both included.
struct DayRange {
  int first = 0;
  int last = 0;
};

/// Of "20250203", "20240101-20241231" and "20240101-", which ends at @p latest. Throws Error(usage)
/// for anything else, and for ranges without a first day or that end before they begin.
DayRange dayRangeOf(const std::string& study_date, int latest);

/// Of DICOM DA; nothing for what is no day.
std::optional<int> dayOfDate(const std::string& date);

/// DICOM DA of a day since 1970-01-01.
std::string dateOf(int day);

/// Today, wherever clocks are farthest ahead.
int latestDay();

}  // namespace neurovasc::archive
