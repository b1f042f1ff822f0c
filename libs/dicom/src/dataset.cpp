#include "dataset.h"

#include "text.h"

namespace neurovasc::dicom {

std::string text(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  if (item.findAndGetOFStringArray(tag, value).bad()) {
    return {};
  }
  return std::string(trimmed(std::string_view(value.c_str(), value.size())));
}

std::vector<std::string> texts(DcmItem& item, const DcmTagKey& tag) {
  return split(text(item, tag), '\\');
}

std::optional<double> number(DcmItem& item, const DcmTagKey& tag, unsigned long index) {
  OFString value;
  if (item.findAndGetOFString(tag, value, index).bad()) {
    return std::nullopt;
  }
  return parseNumber(std::string_view(value.c_str(), value.size()));
}

std::optional<int> integer(DcmItem& item, const DcmTagKey& tag, unsigned long index) {
  OFString value;
  if (item.findAndGetOFString(tag, value, index).bad()) {
    return std::nullopt;
  }
  return parseInteger(std::string_view(value.c_str(), value.size()));
}

std::optional<bool> flag(DcmItem& item, const DcmTagKey& tag) {
  const std::string value = text(item, tag);
  if (value.empty() || (value[0] != 'Y' && value[0] != 'N')) {
    return std::nullopt;
  }
  return value[0] == 'Y';
}

std::optional<Vec3> vector(DcmItem& item, const DcmTagKey& tag, unsigned long index) {
  const auto x = number(item, tag, index);
  const auto y = number(item, tag, index + 1);
  const auto z = number(item, tag, index + 2);
  if (!x || !y || !z) {
    return std::nullopt;
  }
  return Vec3{*x, *y, *z};
}

DcmItem* firstItem(DcmItem* item, const DcmTagKey& tag) {
  DcmItem* found = nullptr;
  if (item == nullptr || item->findAndGetSequenceItem(tag, found, 0).bad()) {
    return nullptr;
  }
  return found;
}

}  // namespace neurovasc::dicom
