#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::result {

/// Keys stay in the order in which they were put.
using Json = nlohmann::ordered_json;

/// How numbers of a kind are rounded: decimals behind the point.
inline constexpr int kLengthDecimals = 4;       ///< mm, mm2, mm3: far below any error here
inline constexpr int kProbabilityDecimals = 3;  ///< also confidences and ratios
inline constexpr int kAngleDecimals = 1;        ///< degrees and hours of the clock
inline constexpr int kGridDecimals = 6;         ///< origins and spacings, as DICOM writes them
inline constexpr int kDirectionDecimals = 9;

/// @p value rounded, or null where it is not finite.
Json number(double value, int decimals);
Json number(const std::optional<double>& value, int decimals);
Json point(const Vec3& p, int decimals = kLengthDecimals);  ///< [x, y, z], or null
Json point(const std::optional<Vec3>& p, int decimals = kLengthDecimals);
Json matrix(const Matrix3& m);  ///< nine numbers, row by row
Json textOrNull(const std::string& text);
Json flag(const std::optional<bool>& value);

/// Adds centerline_lps_mm, radius_mm and confidence to @p json. Points that are not finite are left
/// out with their values; confidence is null where it is unknown.
void addTube(Json& json, const Tube& tube);

/// A named enumerator, or null.
template <typename Enum>
Json named(Enum value) {
  return std::string(name(value));
}
template <typename Enum>
Json named(const std::optional<Enum>& value) {
  return value ? named(*value) : Json(nullptr);
}

/// A list of what @p make gives for each item.
template <typename Items, typename Make>
Json listOf(const Items& items, Make make) {
  Json list = Json::array();
  for (const auto& item : items) {
    list.push_back(make(item));
  }
  return list;
}

/// The document with two spaces of indent, lists of numbers and of points on one line, and a
/// newline at the end. Bytes that are no UTF-8 are replaced.
std::string documentText(const Json& document);

}  // namespace neurovasc::result
