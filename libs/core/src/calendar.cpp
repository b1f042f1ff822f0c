#include "neurovasc/core/calendar.h"

#include <array>
#include <charconv>
#include <ctime>
#include <string_view>
#include <system_error>

namespace neurovasc {
namespace {

bool isLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int daysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && isLeapYear(year) ? 1 : 0);
}

constexpr const char* kUtcForm = "%Y-%m-%dT%H:%M:%SZ";

/// The number in @p digits, which are all digits; -1 otherwise.
int numberIn(std::string_view digits) {
  int value = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

}  // namespace

std::string utcText(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), kUtcForm, &parts)};
}

std::optional<std::chrono::system_clock::time_point> parseUtc(const std::string& text) {
  std::tm parts{};
  const char* end = strptime(text.c_str(), kUtcForm, &parts);
  if (end == nullptr || *end != '\0') {
    return std::nullopt;
  }
  const auto time = std::chrono::system_clock::from_time_t(timegm(&parts));
  // The 31st of February and texts without leading zeros do not come back as they were.
  return utcText(time) == text ? std::optional(time) : std::nullopt;
}

std::optional<int> dayNumber(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > daysInMonth(year, month)) {
    return std::nullopt;
  }
  // Years that begin in March have their leap day at the end.
  const int march_year = year - (month <= 2 ? 1 : 0);
  const int march_month = month > 2 ? month - 3 : month + 9;
  const int day_of_year = (153 * march_month + 2) / 5 + day - 1;
  constexpr int kDaysToEpoch = 719468;  // from 0000-03-01
  return 365 * march_year + march_year / 4 - march_year / 100 + march_year / 400 + day_of_year -
         kDaysToEpoch;
}

std::optional<int> parseDay(std::string_view text) {
  constexpr std::size_t kLength = std::string_view("2026-11-21").size();
  if (text.size() != kLength || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  return dayNumber(numberIn(text.substr(0, 4)), numberIn(text.substr(5, 2)),
                   numberIn(text.substr(8, 2)));
}

}  // namespace neurovasc
