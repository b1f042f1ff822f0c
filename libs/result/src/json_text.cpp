#include "json_text.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::result {
namespace {

bool isFinite(const Vec3& p) {
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
}

double valueOrNaN(const std::vector<double>& values, std::size_t i) {
  return i < values.size() ? values[i] : std::nan("");
}

/// A list of words up to this length stands on one line.
constexpr std::size_t kLongestWordList = 60;

std::string compact(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool isNumberOrNull(const Json& json) { return json.is_number() || json.is_null(); }

bool isListOfNumbers(const Json& json) {
  return json.is_array() && std::all_of(json.begin(), json.end(), isNumberOrNull);
}

bool isWord(const Json& json) { return json.is_string(); }

/// Whether a value reads better on one line: numbers, points, a few words.
bool isPlain(const Json& json) {
  if (!json.is_structured() || json.empty() || isListOfNumbers(json)) {
    return true;
  }
  if (json.is_object()) {
    return false;
  }
  return std::all_of(json.begin(), json.end(), isListOfNumbers) ||
         (std::all_of(json.begin(), json.end(), isWord) &&
          compact(json).size() <= kLongestWordList);
}

void append(std::string& text, const Json& json, const std::string& indent) {
  if (isPlain(json)) {
    text += compact(json);
    return;
  }
  const std::string inner = indent + "  ";
  const char* separator = "";
  text += json.is_object() ? "{" : "[";
  for (auto it = json.begin(); it != json.end(); ++it) {
    text += separator + std::string("\n") + inner;
    if (json.is_object()) {
      text += compact(it.key()) + ": ";
    }
    append(text, it.value(), inner);
    separator = ",";
  }
  text += "\n" + indent + (json.is_object() ? "}" : "]");
}

}  // namespace

Json number(double value, int decimals) {
  if (!std::isfinite(value)) {
    return nullptr;
  }
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  return rounded == 0 ? 0.0 : rounded;  // never -0
}

Json number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : Json(nullptr);
}

Json point(const Vec3& p, int decimals) {
  if (!isFinite(p)) {
    return nullptr;
  }
  return Json::array({number(p.x, decimals), number(p.y, decimals), number(p.z, decimals)});
}

Json point(const std::optional<Vec3>& p, int decimals) {
  return p ? point(*p, decimals) : Json(nullptr);
}

Json matrix(const Matrix3& m) {
  return listOf(m.m, [](double value) { return number(value, kDirectionDecimals); });
}

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json flag(const std::optional<bool>& value) { return value ? Json(*value) : Json(nullptr); }

void addTube(Json& json, const Tube& tube) {
  Json points = Json::array();
  Json radii = Json::array();
  Json confidences = Json::array();
  for (std::size_t i = 0; i < tube.size(); ++i) {
    if (isFinite(tube.points_mm[i])) {
      points.push_back(point(tube.points_mm[i]));
      radii.push_back(number(valueOrNaN(tube.radius_mm, i), kLengthDecimals));
      confidences.push_back(number(valueOrNaN(tube.confidence, i), kProbabilityDecimals));
    }
  }
  json["centerline_lps_mm"] = points;
  json["radius_mm"] = radii;
  json["confidence"] = tube.confidence.empty() ? Json(nullptr) : confidences;
}

std::string documentText(const Json& document) {
  std::string text;
  append(text, document, "");
  return text + "\n";
}

}  // namespace neurovasc::result
