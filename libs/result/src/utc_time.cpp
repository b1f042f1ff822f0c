#include "utc_time.h"

#include <ctime>

namespace neurovasc::result {
namespace {

constexpr const char* kForm = "%Y-%m-%dT%H:%M:%SZ";

}  // namespace

std::string utcText(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, kForm, &parts);
  return text;
}

std::optional<std::chrono::system_clock::time_point> parseUtc(const std::string& text) {
  std::tm parts{};
  const char* end = strptime(text.c_str(), kForm, &parts);
  if (end == nullptr || *end != '\0') {
    return std::nullopt;
  }
  const auto time = std::chrono::system_clock::from_time_t(timegm(&parts));
  // The 31st of February and texts without leading zeros do not come back as they were.
  return utcText(time) == text ? std::optional(time) : std::nullopt;
}

}  // namespace neurovasc::result
