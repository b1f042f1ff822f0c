#include "clinical_fields.h"

#include <algorithm>
#include <regex>

#include "neurovasc/result/clinical_file.h"

namespace neurovasc::result {
namespace {

/// Long enough for a material or a grade with its scale, too short for a letter.
constexpr std::size_t kLongestText = 60;

}  // namespace

std::optional<std::string> dateFrom(const Reader& date) {
  if (date.isNull()) {
    return std::nullopt;
  }
  const std::string text = date.text();
  try {
    daysSinceEpoch(text);
  } catch (const Error&) {
    date.fail("expected a day as 2025-02-03");
  }
  return text;
}

void checkFreeText(const Reader& json, const std::string& text) {
  static const std::regex kDate(R"(\d{4}-\d{2}-\d{2}|\d{8}|\d{1,2}[./]\d{1,2}[./]\d{2,4})");
  if (text.size() > kLongestText) {
    json.fail("longer than " + std::to_string(kLongestText) + " characters");
  }
  if (std::regex_search(text, kDate)) {
    json.fail("holds a date; dates stand under \"date\" alone");
  }
}

void checkWord(const Reader& json, const std::string& word,
               std::initializer_list<std::string_view> known) {
  if (json.isNull() || std::find(known.begin(), known.end(), word) != known.end()) {
    return;
  }
  std::string list;
  for (const std::string_view one : known) {
    list += (list.empty() ? "" : ", ") + std::string(one);
  }
  json.fail("\"" + word + "\" is none of: " + list);
}

}  // namespace neurovasc::result
