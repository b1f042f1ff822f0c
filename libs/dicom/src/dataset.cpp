#include "dataset.h"

#include <dcmtk/dcmdata/dcelem.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <algorithm>

#include "text.h"

namespace neurovasc::dicom {
namespace {

std::uint32_t keyOf(const DcmTagKey& tag) {
  return static_cast<std::uint32_t>(tag.getGroup()) << 16 | tag.getElement();
}

std::string_view view(const OFString& value) { return {value.c_str(), value.size()}; }

}  // namespace

Attributes Attributes::indexed(DcmItem& item) {
  auto index = std::make_shared<Index>();
  index->reserve(item.card());
  for (DcmObject* o = item.nextInContainer(nullptr); o != nullptr; o = item.nextInContainer(o)) {
    index->emplace_back(keyOf(o->getTag()), static_cast<DcmElement*>(o));
  }
  std::sort(index->begin(), index->end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  Attributes attributes(&item);
  attributes.index_ = std::move(index);
  return attributes;
}

DcmElement* Attributes::find(const DcmTagKey& tag) const {
  DcmElement* element = nullptr;
  if (index_) {
    const std::uint32_t key = keyOf(tag);
    const auto found = std::lower_bound(index_->begin(), index_->end(), key,
                                        [](const auto& e, std::uint32_t k) { return e.first < k; });
    element = found != index_->end() && found->first == key ? found->second : nullptr;
  } else if (item_ != nullptr) {
    item_->findAndGetElement(tag, element);
  }
  return element;
}

std::string Attributes::text(const DcmTagKey& tag) const {
  DcmElement* element = find(tag);
  OFString value;
  if (element == nullptr || element->getOFStringArray(value).bad()) {
    return {};
  }
  return std::string(trimmed(view(value)));
}

std::vector<std::string> Attributes::texts(const DcmTagKey& tag) const {
  return split(text(tag), '\\');
}

std::optional<double> Attributes::number(const DcmTagKey& tag, unsigned long index) const {
  DcmElement* element = find(tag);
  OFString value;
  if (element == nullptr || element->getOFString(value, index).bad()) {
    return std::nullopt;
  }
  return parseNumber(view(value));
}

std::optional<int> Attributes::integer(const DcmTagKey& tag, unsigned long index) const {
  DcmElement* element = find(tag);
  OFString value;
  if (element == nullptr || element->getOFString(value, index).bad()) {
    return std::nullopt;
  }
  return parseInteger(view(value));
}

std::optional<bool> Attributes::flag(const DcmTagKey& tag) const {
  const std::string value = text(tag);
  if (value.empty() || (value[0] != 'Y' && value[0] != 'N')) {
    return std::nullopt;
  }
  return value[0] == 'Y';
}

std::optional<Vec3> Attributes::vector(const DcmTagKey& tag, unsigned long index) const {
  const auto x = number(tag, index);
  const auto y = number(tag, index + 1);
  const auto z = number(tag, index + 2);
  if (!x || !y || !z) {
    return std::nullopt;
  }
  return Vec3{*x, *y, *z};
}

std::vector<Attributes> Attributes::items(const DcmTagKey& tag) const {
  std::vector<Attributes> out;
  if (auto* sequence = dynamic_cast<DcmSequenceOfItems*>(find(tag)); sequence != nullptr) {
    for (unsigned long i = 0; i < sequence->card(); ++i) {
      out.emplace_back(sequence->getItem(i));
    }
  }
  return out;
}

Attributes Attributes::firstItem(const DcmTagKey& tag) const {
  auto* sequence = dynamic_cast<DcmSequenceOfItems*>(find(tag));
  return sequence == nullptr || sequence->card() == 0 ? Attributes()
                                                      : Attributes(sequence->getItem(0));
}

}  // namespace neurovasc::dicom
