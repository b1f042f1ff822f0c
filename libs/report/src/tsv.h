#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "wording.h"

namespace neurovasc::report {

inline constexpr int kLengthDecimals = 3;

/// A column of a table of things: its name ends with the unit of its values.
template <typename... Things>
struct Column {
  const char* name;
  const char* unit;
  const char* meaning;
  std::string (*cell)(const Things&...);
};
inline std::string cell(const std::optional<double>& value, int decimals = kLengthDecimals) {
  return value ? fixed(*value, decimals) : "";
}

template <typename Enum>
std::string cell(const std::optional<Enum>& value) {
  return value ? std::string(name(*value)) : "";
}

/// Text without what would break a row.
inline std::string plain(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

inline std::string row(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& one : cells) {
    text += (&one == &cells.front() ? "" : "\t") + one;
  }
  return text + "\n";
}

template <typename Columns>
std::string headerRow(const Columns& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) {
    names.emplace_back(column.name);
  }
  return row(names);
}

template <typename Columns, typename... Things>
std::string rowOf(const Columns& columns, const Things&... things) {
  std::vector<std::string> cells;
  for (const auto& column : columns) {
    cells.push_back(column.cell(things...));
  }
  return row(cells);
}

template <typename Columns>
std::string dictionaryRows(const char* table, const Columns& columns) {
  std::string rows;
  for (const auto& column : columns) {
    rows += row({table, column.name, column.unit, column.meaning});
  }
  return rows;
}

}  // namespace neurovasc::report
