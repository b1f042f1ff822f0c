#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace neurovasc {

/// A table of an enumeration's names, looked up both ways.
template <typename Enum, std::size_t N>
struct EnumNames {
  std::array<std::pair<Enum, std::string_view>, N> rows;

  constexpr std::string_view name(Enum value) const {
    for (const auto& row : rows) {
      if (row.first == value) {
        return row.second;
      }
    }
    return "unknown";
  }
  constexpr std::optional<Enum> parse(std::string_view text) const {
    for (const auto& row : rows) {
      if (row.second == text) {
        return row.first;
      }
    }
    return std::nullopt;
  }
};

}  // namespace neurovasc
