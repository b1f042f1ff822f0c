#include "json_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace neurovasc::result {

Json parsedJson(std::string_view text, const std::string& what) {
  try {
    return Json::parse(text);
  } catch (const Json::exception& failed) {
    // The parser's own words repeat parts of the file, which may tell who the patient is.
    const auto* at = dynamic_cast<const Json::parse_error*>(&failed);
    throw Error(
        ErrorCode::input_unreadable,
        what + ": not valid JSON" + (at == nullptr ? "" : " at byte " + std::to_string(at->byte)));
  }
}

Reader::Reader(const Json& json, std::string what, ErrorCode code)
    : json_(&json), what_(std::move(what)), code_(code) {}

Reader::Reader(const Json& json, const Reader& parent, std::string path)
    : json_(&json), what_(parent.what_), code_(parent.code_), path_(std::move(path)) {}

void Reader::fail(const std::string& cause) const {
  throw Error(code_, what_ + ": " + (path_.empty() ? "" : path_ + ": ") + cause);
}

Reader Reader::at(const std::string& key) const {
  if (!has(key)) {
    fail("\"" + key + "\" is missing");
  }
  return find(key);
}

Reader Reader::find(const std::string& key) const {
  static const Json kNull = nullptr;
  if (!json_->is_object()) {
    fail("expected an object");
  }
  const auto it = json_->find(key);
  return child(it == json_->end() ? kNull : *it, path_.empty() ? key : path_ + "." + key);
}

std::vector<Reader> Reader::items() const {
  std::vector<Reader> list;
  if (isNull()) {
    return list;
  }
  if (!json_->is_array()) {
    fail("expected a list");
  }
  for (std::size_t i = 0; i < json_->size(); ++i) {
    list.push_back(child((*json_)[i], path_ + "[" + std::to_string(i) + "]"));
  }
  return list;
}

std::vector<std::string> Reader::keys() const {
  if (!json_->is_object()) {
    fail("expected an object");
  }
  std::vector<std::string> found;
  for (auto it = json_->begin(); it != json_->end(); ++it) {
    found.push_back(it.key());
  }
  return found;
}

void Reader::allowOnly(const std::vector<std::string>& known) const {
  for (const std::string& key : keys()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      std::string list;
      for (const std::string& name : known) {
        list += (list.empty() ? "" : ", ") + name;
      }
      fail("unknown key \"" + key + "\"; known are " + list);
    }
  }
}

double Reader::number() const {
  if (!json_->is_number()) {
    fail("expected a number");
  }
  const double value = json_->get<double>();
  if (!std::isfinite(value)) {
    fail("expected a finite number");
  }
  return value;
}

double Reader::numberOrNaN() const {
  return isNull() ? std::numeric_limits<double>::quiet_NaN() : number();
}

int Reader::integer() const {
  const double value = number();
  if (value != std::floor(value) || std::abs(value) > 1e9) {
    fail("expected a whole number");
  }
  return static_cast<int>(value);
}

bool Reader::flag() const {
  if (!json_->is_boolean()) {
    fail("expected true or false");
  }
  return json_->get<bool>();
}

std::string Reader::text() const {
  if (!json_->is_string()) {
    fail("expected a text");
  }
  return json_->get<std::string>();
}

Vec3 Reader::point() const {
  const auto list = items();
  if (list.size() != 3) {
    fail("expected three numbers");
  }
  return {list[0].number(), list[1].number(), list[2].number()};
}

Matrix3 Reader::matrix() const {
  const auto list = items();
  Matrix3 m;
  if (list.size() != m.m.size()) {
    fail("expected nine numbers");
  }
  std::transform(list.begin(), list.end(), m.m.begin(), [](const Reader& r) { return r.number(); });
  return m;
}

Tube Reader::tube() const {
  Tube tube;
  tube.points_mm = at("centerline_lps_mm").listOf([](const Reader& r) { return r.point(); });
  tube.radius_mm = at("radius_mm").listOf([](const Reader& r) { return r.numberOrNaN(); });
  tube.confidence = at("confidence").listOf([](const Reader& r) { return r.numberOrNaN(); });
  if (tube.radius_mm.size() != tube.size() ||
      (!tube.confidence.empty() && tube.confidence.size() != tube.size())) {
    fail("centerline_lps_mm, radius_mm and confidence differ in length");
  }
  return tube;
}

}  // namespace neurovasc::result
