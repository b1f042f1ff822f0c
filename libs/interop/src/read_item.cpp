#include "read_item.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcsequen.h>
#include <fmt/format.h>

#include "dicom_input.h"
#include "neurovasc/core/error.h"

namespace neurovasc::interop {
std::optional<Concept> conceptIn(DcmItem& item, const DcmTagKey& tag) {
  DcmItem* code = nullptr;
  if (item.findAndGetSequenceItem(tag, code).bad()) {
    return std::nullopt;
  }
  const std::string value = elementText(*code, DCM_CodeValue);
  const std::string scheme = elementText(*code, DCM_CodingSchemeDesignator);
  for (const CodedConcept& row : codedConcepts()) {
    if (row.code.value == value && row.code.scheme == scheme) {
      return row.id;
    }
  }
  return std::nullopt;
}

void ReadItem::fail(const std::string& cause) const {
  throw Error(ErrorCode::input_unreadable, fmt::format("{}: {}", place_, cause),
              "Give a report that 'neurovasc export --to sr' of this version wrote.");
}

bool ReadItem::is(Concept name) const {
  return conceptIn(*item_, DCM_ConceptNameCodeSequence) == name;
}

bool ReadItem::isOf(const char* value_type) const {
  return elementText(*item_, DCM_ValueType) == value_type;
}

std::vector<ReadItem> ReadItem::children() const {
  std::vector<ReadItem> all;
  DcmSequenceOfItems* content = nullptr;
  if (item_->findAndGetSequence(DCM_ContentSequence, content).good()) {
    for (unsigned long n = 0; n < content->card(); ++n) {
      all.emplace_back(*content->getItem(n), place_);
    }
  }
  return all;
}

std::vector<ReadItem> ReadItem::children(Concept name, const char* value_type) const {
  std::vector<ReadItem> found;
  for (ReadItem& child : children()) {
    if (child.isOf(value_type) && child.is(name)) {
      found.push_back(std::move(child));
    }
  }
  return found;
}

std::optional<ReadItem> ReadItem::find(Concept name, const char* value_type) const {
  const auto found = children(name, value_type);
  return found.empty() ? std::nullopt : std::optional<ReadItem>(found.front());
}

ReadItem ReadItem::require(Concept name, const char* value_type) const {
  const auto found = find(name, value_type);
  if (!found) {
    fail(fmt::format("'{}' is missing", codeOf(name).meaning));
  }
  return *found;
}

std::string ReadItem::text() const { return elementText(*item_, DCM_TextValue); }

Concept ReadItem::code() const {
  const auto said = conceptIn(*item_, DCM_ConceptCodeSequence);
  if (!said) {
    fail("holds a code that is none of this program's");
  }
  return *said;
}

std::optional<double> ReadItem::number() const {
  DcmItem* measured = nullptr;
  double value = 0;
  if (item_->findAndGetSequenceItem(DCM_MeasuredValueSequence, measured).bad() ||
      measured->findAndGetFloat64(DCM_NumericValue, value).bad()) {
    return std::nullopt;
  }
  return value;
}

std::vector<Point3> ReadItem::points() const {
  const Float32* values = nullptr;
  unsigned long count = 0;
  constexpr unsigned long kAxes = 3;
  if (item_->findAndGetFloat32Array(DCM_GraphicData, values, &count).bad() || count % kAxes != 0) {
    fail("a point has not three coordinates");
  }
  std::vector<Point3> points;
  for (unsigned long n = 0; n < count; n += kAxes) {
    points.push_back({values[n], values[n + 1], values[n + 2]});
  }
  return points;
}

std::string ReadItem::textOf(Concept name) const {
  const auto found = find(name, "TEXT");
  return found ? found->text() : std::string{};
}

std::optional<double> ReadItem::numberOf(Concept name) const {
  const auto found = find(name, "NUM");
  return found ? found->number() : std::nullopt;
}

bool ReadItem::yes(Concept name) const { return require(name, "CODE").code() == Concept::yes; }

}  // namespace neurovasc::interop
