#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcitem.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/geometry.h"

namespace neurovasc::dicom {

/// The attributes of a data set or item at its own level, never deeper; or none at all. Does not
/// own the item. Absent, empty and malformed values are alike: empty.
class Attributes {
 public:
  Attributes() = default;
  explicit Attributes(DcmItem* item) : item_(item) {}
  /// Of a large item that is asked many times: DCMTK's own search is linear.
  static Attributes indexed(DcmItem& item);

  explicit operator bool() const { return item_ != nullptr; }
  DcmItem* item() const { return item_; }
  DcmElement* find(const DcmTagKey& tag) const;
  bool has(const DcmTagKey& tag) const { return find(tag) != nullptr; }

  /// All values of an element, separated by backslashes, trimmed.
  std::string text(const DcmTagKey& tag) const;
  std::vector<std::string> texts(const DcmTagKey& tag) const;
  std::optional<double> number(const DcmTagKey& tag, unsigned long index = 0) const;
  std::optional<int> integer(const DcmTagKey& tag, unsigned long index = 0) const;
  /// Of YES and NO, or Y and N.
  std::optional<bool> flag(const DcmTagKey& tag) const;
  /// Three numbers from @p index on.
  std::optional<Vec3> vector(const DcmTagKey& tag, unsigned long index = 0) const;
  /// The first item of a sequence.
  Attributes firstItem(const DcmTagKey& tag) const;
  std::vector<Attributes> items(const DcmTagKey& tag) const;

 private:
  using Index = std::vector<std::pair<std::uint32_t, DcmElement*>>;

  DcmItem* item_ = nullptr;
  std::shared_ptr<const Index> index_;
};

}  // namespace neurovasc::dicom
