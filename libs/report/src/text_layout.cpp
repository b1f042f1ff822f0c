#include "text_layout.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace neurovasc::report {
namespace {

constexpr std::size_t kColumnGap = 2;
/// The last column of a table gets at least this much, even where that breaks the width.
constexpr std::size_t kNarrowest = 20;

bool startsCodePoint(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

/// Whether a line shall not break before @p word: units stay with their number.
bool isUnit(std::string_view word) {
  constexpr std::array<std::string_view, 5> kUnits = {"mm", "mm²", "mm³", "%", "±"};
  while (!word.empty() && std::string_view(".,;)").find(word.back()) != std::string_view::npos) {
    word.remove_suffix(1);
  }
  return std::find(kUnits.begin(), kUnits.end(), word) != kUnits.end();
}

bool endsWithDoubt(std::string_view word) {
  constexpr std::string_view kDoubt = "±";
  return word.size() >= kDoubt.size() && word.substr(word.size() - kDoubt.size()) == kDoubt;
}

/// Appends @p word, or glues it to the one before.
void addWord(std::vector<std::string>& words, const std::string& word) {
  if (!words.empty() && (isUnit(word) || endsWithDoubt(words.back()))) {
    words.back() += " " + word;
  } else if (!word.empty()) {
    words.push_back(word);
  }
}

std::vector<std::string> wordsOf(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    if (c != ' ' && c != '\n') {
      word += c;
    } else if (!word.empty()) {
      addWord(words, word);
      word.clear();
    }
  }
  if (!word.empty()) {
    addWord(words, word);
  }
  return words;
}

/// Takes the first @p width columns off @p word.
std::string cutOff(std::string& word, std::size_t width) {
  std::size_t bytes = 0;
  for (std::size_t columns = 0; bytes < word.size(); ++bytes) {
    columns += startsCodePoint(word[bytes]) ? 1 : 0;
    if (columns > width) {
      break;
    }
  }
  std::string head = word.substr(0, bytes);
  word.erase(0, bytes);
  return head;
}

std::vector<std::string> brokenLines(std::string_view text, std::size_t first_width,
                                     std::size_t width) {
  std::vector<std::string> lines(1);
  const auto room = [&] { return lines.size() == 1 ? first_width : width; };
  for (std::string word : wordsOf(text)) {
    if (!lines.back().empty() && widthOf(lines.back()) + 1 + widthOf(word) > room()) {
      lines.emplace_back();
    }
    while (widthOf(word) > room()) {
      lines.back() = cutOff(word, room());
      lines.emplace_back();
    }
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

std::vector<std::size_t> columnWidths(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], widthOf(row[i]));
    }
  }
  return widths;
}

}  // namespace

std::size_t widthOf(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), startsCodePoint));
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t first_indent,
                    std::size_t indent) {
  std::string block;
  const auto lines = brokenLines(text, width - first_indent, width - indent);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    block += std::string(i == 0 ? first_indent : indent, ' ') + lines[i] + "\n";
  }
  return block;
}

std::string alignedTable(const std::vector<Row>& rows, std::size_t width, std::size_t indent) {
  const auto widths = columnWidths(rows);
  std::string table;
  for (const Row& row : rows) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      line += row[i] + std::string(widths[i] - widthOf(row[i]) + kColumnGap, ' ');
    }
    const std::size_t at = widthOf(line);
    const std::size_t room = at + kNarrowest < width ? width - at : kNarrowest;
    for (const std::string& part : brokenLines(row.empty() ? "" : row.back(), room, room)) {
      line += part;
      table += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      line = std::string(at, ' ');
    }
  }
  return table;
}

std::string inWords(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == items.size() ? " and " : ", ") + items[i];
  }
  return text;
}

std::string shortened(const std::string& text, std::size_t width) {
  std::string rest = text;
  return widthOf(text) <= width ? text : cutOff(rest, width - 1) + "…";
}

std::string joinedBy(std::string_view separator, const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) {
    text += (text.empty() ? "" : std::string(separator)) + item;
  }
  return text;
}

std::string unended(std::string text) {
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) {
    text.pop_back();
  }
  return text;
}

std::string capitalised(std::string text) {
  if (!text.empty()) {
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  }
  return text;
}

std::string upperCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace neurovasc::report
