#include "study_dates.h"

#include <algorithm>
#include <chrono>

#include "neurovasc/core/calendar.h"
#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

constexpr std::size_t kDate = 8;
constexpr int kHoursPerDay = 24;

[[noreturn]] void refuse(const std::string& cause) {
  throw Error(ErrorCode::usage, "study-date: " + cause,
              "Write 20250203, 20240101-20241231 or 20240101-.");
}

int dayIn(const std::string& text) {
  const auto day = dayOfDate(text);
  if (!day) {
    refuse("no day, or no range of days with a first one");
  }
  return *day;
}

}  // namespace

std::optional<int> dayOfDate(const std::string& date) {
  if (date.size() != kDate || date.find_first_not_of("0123456789") != std::string::npos) {
    return std::nullopt;
  }
  return dayNumber(std::stoi(date.substr(0, 4)), std::stoi(date.substr(4, 2)),
                   std::stoi(date.substr(6, 2)));
}

std::string dateOf(int day) {
  const std::chrono::system_clock::time_point time{std::chrono::hours(kHoursPerDay * day)};
  std::string text = utcText(time).substr(0, 10);
  text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
  return text;
}

int latestDay() {
  constexpr std::chrono::hours kFarthest{14};  // UTC+14, Kiribati
  const auto ahead = std::chrono::system_clock::now().time_since_epoch() + kFarthest;
  return static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(ahead).count()) /
         kHoursPerDay;
}

DayRange dayRangeOf(const std::string& study_date, int latest) {
  const std::size_t dash = study_date.find('-');
  DayRange range;
  range.first = dayIn(study_date.substr(0, dash));
  if (dash == std::string::npos) {
    range.last = range.first;
  } else {
    range.last = dash + 1 == study_date.size() ? latest : dayIn(study_date.substr(dash + 1));
  }
  if (range.last < range.first) {
    refuse("ends before it begins");
  }
  return range;
}

}  // namespace neurovasc::archive
