#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "json_reader.h"
#include "json_text.h"

namespace neurovasc::result {

/// One description of a struct serves writing it and reading it back:
///
///     template <typename Fields>
///     void describe(Fields& f, ZoneFinding& z) {
///       f.word("zone", z.zone);
///       f.number("from_mm", z.from_mm, kLengthDecimals);
///     }
///
/// With a FieldWriter this makes the keys in this order; with a FieldReader it fills the struct.

/// Every enumerator of an enumeration that has a name() in core; specialised in json_words.h.
template <typename Enum>
struct Enumerators;

/// Makes an object. What is not known is null.
class FieldWriter {
 public:
  static constexpr bool kWrites = true;

  Json take() { return std::move(json_); }

  void text(const char* key, const std::string& value) { json_[key] = value; }
  void textOrNull(const char* key, const std::string& value) {
    json_[key] = value.empty() ? Json(nullptr) : Json(value);
  }
  template <typename Number>  // a double or an optional one
  void number(const char* key, const Number& value, int decimals) {
    json_[key] = result::number(value, decimals);
  }
  /// A key that earlier results do not have.
  void numberIfThere(const char* key, const std::optional<double>& value, int decimals) {
    number(key, value, decimals);
  }
  template <typename Point>  // a Vec3 or an optional one
  void point(const char* key, const Point& value, int decimals = kLengthDecimals) {
    json_[key] = result::point(value, decimals);
  }
  template <typename Value>  // whole numbers and flags
  void plain(const char* key, const Value& value) {
    json_[key] = value;
  }
  template <typename Value>
  void plain(const char* key, const std::optional<Value>& value) {
    json_[key] = value ? Json(*value) : Json(nullptr);
  }
  template <typename Enum>  // an enumerator or an optional one
  void word(const char* key, const Enum& value) {
    json_[key] = named(value);
  }
  template <typename Enum>
  void words(const char* key, const std::vector<Enum>& values) {
    json_[key] = listOf(values, [](Enum value) { return named(value); });
  }
  void matrix(const char* key, const Matrix3& value) { json_[key] = result::matrix(value); }
  void tube(const Tube& value) { addTube(json_, value); }

  template <typename Fill>
  void group(const char* key, Fill fill) {
    FieldWriter inner;
    fill(inner);
    json_[key] = inner.take();
  }
  template <typename Struct>
  void list(const char* key, std::vector<Struct>& values) {
    Json list = Json::array();
    for (Struct& value : values) {
      FieldWriter inner;
      describe(inner, value);
      list.push_back(inner.take());
    }
    json_[key] = std::move(list);
  }
  template <typename Struct>
  void listOrNull(const char* key, std::optional<std::vector<Struct>>& values) {
    json_[key] = nullptr;
    if (values) {
      list(key, *values);
    }
  }
  template <typename Struct>
  void groupOrNull(const char* key, std::optional<Struct>& value) {
    json_[key] = nullptr;
    if (value) {
      group(key, [&value](auto& inner) { describe(inner, *value); });
    }
  }
  void require(bool, const char*) const {}

 private:
  Json json_ = Json::object();
};

/// Which keys have to be there.
enum class Keys {
  all,  ///< of a result: every key, null for what is not known; others are ignored
  any,  ///< of a person's file: only what is known; others are errors
};

/// Fills a struct from an object.
class FieldReader {
 public:
  static constexpr bool kWrites = false;

  FieldReader(Reader json, Keys keys) : json_(std::move(json)), keys_(keys) {}

  Keys keys() const { return keys_; }

  /// The value of a key, which is known from now on.
  Reader at(const char* key) {
    know(key);
    return keys_ == Keys::all ? json_.at(key) : json_.find(key);
  }
  /// The value of a key that has to be there in any case.
  Reader needed(const char* key) {
    at(key);
    return json_.at(key);
  }
  /// Throws for keys that were not asked for, where these are errors.
  void finish() const {
    if (keys_ == Keys::any) {
      json_.allowOnly(known_);
    }
  }

  void text(const char* key, std::string& value) { value = needed(key).text(); }
  void textOrNull(const char* key, std::string& value) { value = at(key).textOrEmpty(); }
  void number(const char* key, double& value, int) { value = at(key).numberOrNaN(); }
  void number(const char* key, std::optional<double>& value, int) {
    value = at(key).optionalNumber();
  }
  void numberIfThere(const char* key, std::optional<double>& value, int) {
    know(key);
    value = json_.find(key).optionalNumber();
  }
  void point(const char* key, Vec3& value, int = 0) { value = at(key).point(); }
  void point(const char* key, std::optional<Vec3>& value, int = 0) {
    value = at(key).optionalPoint();
  }
  void plain(const char* key, int& value) { value = at(key).integer(); }
  void plain(const char* key, bool& value) { value = at(key).flag(); }
  void plain(const char* key, std::optional<int>& value) { value = at(key).optionalInteger(); }
  void plain(const char* key, std::optional<bool>& value) { value = at(key).optionalFlag(); }
  void plain(const char* key, std::vector<int>& values) {
    values = at(key).listOf([](const Reader& r) { return r.integer(); });
  }
  void plain(const char* key, std::vector<std::string>& values) {
    values = at(key).listOf([](const Reader& r) { return r.text(); });
  }
  template <typename Enum>
  void word(const char* key, Enum& value) {
    value = needed(key).oneOf(Enumerators<Enum>::all);
  }
  template <typename Enum>
  void word(const char* key, std::optional<Enum>& value) {
    value = at(key).optionalOneOf(Enumerators<Enum>::all);
  }
  template <typename Enum>
  void words(const char* key, std::vector<Enum>& values) {
    values = at(key).listOf([](const Reader& r) { return r.oneOf(Enumerators<Enum>::all); });
  }
  void matrix(const char* key, Matrix3& value) { value = at(key).matrix(); }
  void tube(Tube& value) { value = json_.tube(); }

  template <typename Fill>
  void group(const char* key, Fill fill) {
    FieldReader inner(at(key), keys_);
    fill(inner);
    inner.finish();
  }
  template <typename Struct>
  void list(const char* key, std::vector<Struct>& values) {
    values = at(key).listOf([this](const Reader& item) {
      Struct value{};
      FieldReader inner(item, keys_);
      describe(inner, value);
      inner.finish();
      return value;
    });
  }
  template <typename Struct>
  void listOrNull(const char* key, std::optional<std::vector<Struct>>& values) {
    values.reset();
    if (!at(key).isNull()) {
      list(key, values.emplace());
    }
  }
  template <typename Struct>
  void groupOrNull(const char* key, std::optional<Struct>& value) {
    value.reset();
    if (!at(key).isNull()) {
      group(key, [&value](auto& inner) { describe(inner, value.emplace()); });
    }
  }
  /// Throws at this place unless @p holds.
  void require(bool holds, const char* cause) const {
    if (!holds) {
      json_.fail(cause);
    }
  }

 private:
  void know(const char* key) {
    if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
      known_.emplace_back(key);
    }
  }

  Reader json_;
  Keys keys_;
  std::vector<std::string> known_;
};

/// The object that describe() makes of @p value.
template <typename Struct>
Json written(Struct value) {
  FieldWriter fields;
  describe(fields, value);
  return fields.take();
}

/// The struct that describe() fills from @p json.
template <typename Struct>
Struct readFrom(const Reader& json, Keys keys) {
  Struct value{};
  FieldReader fields(json, keys);
  describe(fields, value);
  fields.finish();
  return value;
}

}  // namespace neurovasc::result
