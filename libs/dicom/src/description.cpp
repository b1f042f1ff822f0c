#include "neurovasc/dicom/description.h"

#include <algorithm>
#include <array>
#include <set>

#include "spelling.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

// Shorter parts inside a longer word are chance ("ann" in "channel").
constexpr std::size_t kShortestInside = 4;

/// Parts too common in sequence names to name anybody.
bool isSequenceWord(const std::string& word) {
  constexpr std::array<const char*, 30> kWords = {
      "t1",  "t2",  "3d",  "2d",  "mr",  "ax",  "tra", "cor", "sag", "iso",
      "fse", "tse", "tof", "spc", "fs",  "gd",  "km",  "hr",  "mc",  "se",
      "gr",  "we",  "ce",  "pd",  "mra", "iac", "ir",  "gre", "ffe", "tfe"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

std::set<std::string> partsOf(const std::vector<std::string>& identifiers) {
  std::set<std::string> parts;
  for (const std::string& identifier : identifiers) {
    for (const std::string_view word : words(identifier)) {
      for (const std::string& part : spellingsOf(word)) {
        if (part.size() > 1 && !isSequenceWord(part)) {
          parts.insert(part);
        }
      }
    }
  }
  return parts;
}

bool isDigits(std::string_view word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool names(const std::string& word, const std::set<std::string>& parts) {
  if (parts.count(word) > 0 || (isDigits(word) && word.size() == 8)) {
    return true;
  }
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return part.size() >= kShortestInside && word.find(part) != std::string::npos;
  });
}

/// The length of a date such as 12.04.1961, 1961-04-12 or 12/4/61 at the start of @p text, else 0.
std::size_t dateLength(std::string_view text) {
  std::array<std::size_t, 3> digits{};
  std::size_t at = 0;
  for (std::size_t part = 0; part < 3; ++part) {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      ++at;
    }
    digits[part] = at - begin;
    const bool separated =
        at < text.size() && (text[at] == '.' || text[at] == '-' || text[at] == '/');
    if (digits[part] == 0 || digits[part] > 4 || (part < 2 && !separated)) {
      return 0;
    }
    at += part < 2 ? 1 : 0;
  }
  const bool has_year = digits[0] == 4 || digits[2] == 4 || digits[2] == 2;
  return has_year && digits[1] <= 2 ? at : 0;
}

std::string withoutDates(std::string_view text) {
  std::string out;
  bool at_start = true;
  while (!text.empty()) {
    const std::size_t date = at_start ? dateLength(text) : 0;
    if (date > 0) {
      text.remove_prefix(date);
      continue;
    }
    at_start = !isWordCharacter(text[0]);
    out += text[0];
    text.remove_prefix(1);
  }
  return out;
}

/// Runs of blanks and what separated removed words, made one blank.
std::string tidied(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == 0x7F;
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  const auto is_edge = [](char c) {
    return c == ' ' || c == '_' || c == '^' || c == ',' || c == ';';
  };
  while (!out.empty() && is_edge(out.back())) {
    out.pop_back();
  }
  const auto begin = std::find_if_not(out.begin(), out.end(), is_edge);
  return {begin, out.end()};
}

}  // namespace

std::string withoutIdentity(std::string_view text, const std::vector<std::string>& identifiers) {
  const std::set<std::string> parts = partsOf(identifiers);
  const std::string dateless = withoutDates(text);
  const std::string_view rest = dateless;
  std::string out;
  std::size_t done = 0;
  for (const std::string_view word : words(rest)) {
    const auto begin = static_cast<std::size_t>(word.data() - rest.data());
    out += rest.substr(done, begin - done);
    const auto spellings = spellingsOf(word);
    const auto names_somebody = [&](const std::string& s) { return names(s, parts); };
    if (std::none_of(spellings.begin(), spellings.end(), names_somebody)) {
      out += word;
    }
    done = begin + word.size();
  }
  out += rest.substr(done);
  return tidied(out);
}

}  // namespace neurovasc::dicom
