#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctagkey.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "element_walk.h"
#include "neurovasc/core/geometry.h"

namespace neurovasc::dicom {

struct FileHead;

/// The attributes of a data set or item at its own level, never deeper; or none at all. They stay
/// where they are in the file's bytes until they are asked for: building DCMTK's objects of a
/// header takes ten times as long as all that is read from it. Does not own the bytes. Absent,
/// empty and malformed values are alike: empty.
class Attributes {
 public:
  Attributes() = default;
  /// Of a file's data set; @p head must outlive it and all that is taken from it.
  explicit Attributes(const FileHead& head);

  explicit operator bool() const { return elements_ != nullptr; }
  bool has(const DcmTagKey& tag) const { return find(tag) != nullptr; }

  /// All values of an element of text, separated by backslashes, each trimmed.
  std::string text(const DcmTagKey& tag) const;
  std::vector<std::string> texts(const DcmTagKey& tag) const;
  /// Of an element of numbers, whether these are text or binary.
  std::optional<double> number(const DcmTagKey& tag, std::size_t index = 0) const;
  std::optional<int> integer(const DcmTagKey& tag, std::size_t index = 0) const;
  /// Of YES and NO, or Y and N.
  std::optional<bool> flag(const DcmTagKey& tag) const;
  /// Three numbers from @p index on.
  std::optional<Vec3> vector(const DcmTagKey& tag, std::size_t index = 0) const;
  /// The value as it stands.
  std::string_view bytes(const DcmTagKey& tag) const;
  /// The texts of all names of persons.
  std::vector<std::string> persons() const;
  /// The first item of a sequence.
  Attributes firstItem(const DcmTagKey& tag) const;
  std::vector<Attributes> items(const DcmTagKey& tag) const;

 private:
  using Elements = std::vector<Element>;  ///< by tag

  Attributes(std::basic_string_view<std::uint8_t> bytes, Encoding encoding, Elements elements);

  const Element* find(const DcmTagKey& tag) const;
  std::string_view valueOf(const Element& element) const;
  std::string textOf(const Element& element) const;
  Elements itemsOf(const DcmTagKey& tag, std::size_t most) const;
  Attributes itemOf(const Element& sequence, const Element& item) const;

  std::basic_string_view<std::uint8_t> bytes_;  ///< of the whole header
  Encoding encoding_;
  std::shared_ptr<const Elements> elements_;
};

}  // namespace neurovasc::dicom
