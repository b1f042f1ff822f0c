#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcitem.h>

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/interop/codes.h"
#include "vocabulary.h"

namespace neurovasc::interop {

/// The row of the table of codes that stands in sequence @p tag of @p item, if any does.
std::optional<Concept> conceptIn(DcmItem& item, const DcmTagKey& tag);

/// A content item of a structured report. What an item must hold and does not is
/// Error(input_unreadable) that names it and its place: "sr.dcm: contact L1: 'Finding' is missing".
class ReadItem {
 public:
  ReadItem(DcmItem& item, std::string place) : item_(&item), place_(std::move(place)) {}

  const std::string& place() const { return place_; }
  /// The same at a place with a name of its own.
  ReadItem at(const std::string& name) const { return {*item_, place_ + ": " + name}; }

  bool is(Concept name) const;
  bool isOf(const char* value_type) const;
  std::vector<ReadItem> children() const;
  std::vector<ReadItem> children(Concept name, const char* value_type) const;
  std::optional<ReadItem> find(Concept name, const char* value_type) const;
  ReadItem require(Concept name, const char* value_type) const;

  std::string text() const;
  Concept code() const;
  std::optional<double> number() const;  ///< nothing where it was not measured
  std::vector<Point3> points() const;

  /// Of a child; empty where there is none.
  std::string textOf(Concept name) const;
  std::optional<double> numberOf(Concept name) const;
  bool yes(Concept name) const;  ///< Error where it does not say

  /// The word that a child answers with.
  template <typename Word>
  std::optional<Word> wordOf(Concept name) const {
    const auto answer = find(name, "CODE");
    return answer ? std::optional<Word>(answer->word<Word>()) : std::nullopt;
  }
  template <typename Word>
  Word requireWord(Concept name) const {
    return require(name, "CODE").word<Word>();
  }
  /// What this item's code says.
  template <typename Word>
  Word word() const {
    const auto said = wordFor<Word>(code());
    if (!said) {
      fail("has an answer that does not belong there");
    }
    return *said;
  }

  [[noreturn]] void fail(const std::string& cause) const;

 private:
  DcmItem* item_;
  std::string place_;
};

}  // namespace neurovasc::interop
