#include "phrases.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <map>

#include "neurovasc/core/error.h"

namespace neurovasc::report {
namespace {

using Phrases = std::map<std::string, std::string>;

void readLine(std::string_view line, std::string& key, Phrases& phrases) {
  if (line.empty() || line.front() == '#') {
    return;
  }
  if (line.front() == ' ') {
    phrases[key] += line;
    return;
  }
  const std::size_t colon = line.find(": ");
  if (colon == std::string_view::npos) {
    throw Error(ErrorCode::internal, "the wording of the reports has a line without a key");
  }
  key = line.substr(0, colon);
  phrases[key] = line.substr(colon + 2);
}

Phrases parsedPhrases(std::string_view text) {
  Phrases phrases;
  std::string key;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    readLine(text.substr(0, end), key, phrases);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return phrases;
}

const Phrases& phrases() {
  static const Phrases parsed = parsedPhrases(phraseText());
  return parsed;
}

}  // namespace

bool hasPhrase(const std::string& key) { return phrases().count(key) != 0; }

std::string say(const std::string& key, std::initializer_list<Filling> fillings) {
  const auto phrase = phrases().find(key);
  if (phrase == phrases().end()) {
    throw Error(ErrorCode::internal, "the wording of the reports has no \"" + key + "\"");
  }
  fmt::dynamic_format_arg_store<fmt::format_context> arguments;
  for (const Filling& filling : fillings) {
    arguments.push_back(fmt::arg(filling.first, filling.second));
  }
  try {
    return fmt::vformat(phrase->second, arguments);
  } catch (const fmt::format_error&) {
    throw Error(ErrorCode::internal, "the wording of \"" + key + "\" cannot be filled in");
  }
}

}  // namespace neurovasc::report
