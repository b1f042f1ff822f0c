#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json_text.h"
#include "neurovasc/core/error.h"

namespace neurovasc::result {

/// Parses @p text, or throws Error(input_unreadable) whose message begins with @p what.
Json parsedJson(std::string_view text, const std::string& what);

/// A place in a JSON document that knows where it is, so that errors name it:
/// "clinical.json: surgeries[0].side: expected left or right".
class Reader {
 public:
  /// @p what names the document, @p code is what errors are.
  Reader(const Json& json, std::string what, ErrorCode code);

  bool isNull() const { return json_->is_null(); }
  bool isNumber() const { return json_->is_number(); }
  bool has(const std::string& key) const { return json_->is_object() && json_->contains(key); }

  /// The value of a key that has to be there.
  Reader at(const std::string& key) const;
  /// The value of a key, null where it is absent.
  Reader find(const std::string& key) const;
  /// The items of a list; none for null.
  std::vector<Reader> items() const;
  /// The keys of an object.
  std::vector<std::string> keys() const;
  /// Throws unless every key is one of @p known.
  void allowOnly(const std::vector<std::string>& known) const;

  double number() const;
  int integer() const;
  bool flag() const;
  std::string text() const;
  std::string textOrEmpty() const { return isNull() ? std::string() : text(); }
  Vec3 point() const;
  Matrix3 matrix() const;
  Tube tube() const;  ///< what addTube() added to this object

  std::optional<double> optionalNumber() const { return optional(&Reader::number); }
  std::optional<int> optionalInteger() const { return optional(&Reader::integer); }
  std::optional<bool> optionalFlag() const { return optional(&Reader::flag); }
  std::optional<Vec3> optionalPoint() const { return optional(&Reader::point); }
  double numberOrNaN() const;

  /// The enumerator of @p values whose name() stands here.
  template <typename Enum>
  Enum oneOf(std::initializer_list<Enum> values) const {
    const std::string found = text();
    std::string known;
    for (const Enum value : values) {
      if (name(value) == found) {
        return value;
      }
      known += (known.empty() ? "" : ", ") + std::string(name(value));
    }
    fail("\"" + found + "\" is none of: " + known);
  }
  template <typename Enum>
  std::optional<Enum> optionalOneOf(std::initializer_list<Enum> values) const {
    return isNull() ? std::nullopt : std::optional<Enum>(oneOf(values));
  }

  /// What @p read gives for each item.
  template <typename Read>
  auto listOf(Read read) const {
    std::vector<decltype(read(*this))> list;
    for (const Reader& item : items()) {
      list.push_back(read(item));
    }
    return list;
  }

  /// Throws the error of this place.
  [[noreturn]] void fail(const std::string& cause) const;

 private:
  Reader(const Json& json, const Reader& parent, std::string path);
  Reader child(const Json& json, std::string path) const { return {json, *this, std::move(path)}; }
  template <typename T>
  std::optional<T> optional(T (Reader::*read)() const) const {
    return isNull() ? std::nullopt : std::optional<T>((this->*read)());
  }

  const Json* json_;
  std::string what_;
  ErrorCode code_;
  std::string path_;
};

}  // namespace neurovasc::result
