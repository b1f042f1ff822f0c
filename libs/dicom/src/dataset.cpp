#include "dataset.h"

#include <dcmtk/dcmdata/dctag.h>
#include <dcmtk/dcmdata/dcvr.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "file_guard.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

std::uint32_t keyOf(const DcmTagKey& tag) {
  return static_cast<std::uint32_t>(tag.getGroup()) << 16 | tag.getElement();
}

bool isBefore(const Element& a, const Element& b) { return a.tag < b.tag; }

/// The VR as it is written, else as the dictionary has it.
std::string_view typeOf(const Element& element) {
  if (element.type() != "??" && element.type() != "UN") {
    return element.type();
  }
  const DcmTag tag(static_cast<Uint16>(element.tag >> 16),
                   static_cast<Uint16>(element.tag & 0xFFFF));
  // Those that may be signed or not are no number of pixels, rows or bits, which are all that is
  // read of them here.
  return tag.getEVR() == EVR_xs ? "US" : DcmVR(tag.getEVR()).getVRName();
}

bool isText(std::string_view type) {
  constexpr std::string_view kTexts = "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT";
  return type.size() == 2 && kTexts.find(type) != std::string_view::npos;
}

/// How a binary number is stored.
struct BinaryNumber {
  std::size_t size = 0;  ///< 0: this VR is none
  bool is_signed = false;
  bool is_real = false;
};

BinaryNumber binaryNumber(std::string_view type) {
  return type == "US"   ? BinaryNumber{2, false, false}
         : type == "SS" ? BinaryNumber{2, true, false}
         : type == "UL" ? BinaryNumber{4, false, false}
         : type == "SL" ? BinaryNumber{4, true, false}
         : type == "FL" ? BinaryNumber{4, true, true}
         : type == "FD" ? BinaryNumber{8, true, true}
                        : BinaryNumber{};
}

template <typename To, typename From>
To sameBits(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

double decoded(const std::uint8_t* bytes, BinaryNumber kind, bool big_endian) {
  if (kind.size == 8) {
    const std::uint64_t first = numberAt(bytes, 4, big_endian);
    const std::uint64_t second = numberAt(bytes + 4, 4, big_endian);
    return sameBits<double>(big_endian ? first << 32 | second : second << 32 | first);
  }
  const std::uint32_t bits = numberAt(bytes, static_cast<int>(kind.size), big_endian);
  if (kind.is_real) {
    return sameBits<float>(bits);
  }
  if (kind.is_signed) {
    return kind.size == 2 ? sameBits<std::int16_t>(static_cast<std::uint16_t>(bits))
                          : sameBits<std::int32_t>(bits);
  }
  return bits;
}

/// The value between backslashes with this index.
std::optional<std::string_view> partOf(std::string_view text, std::size_t index) {
  for (; index > 0; --index) {
    const std::size_t separator = text.find('\\');
    if (separator == std::string_view::npos) {
      return std::nullopt;
    }
    text.remove_prefix(separator + 1);
  }
  return text.substr(0, text.find('\\'));
}

}  // namespace

Attributes::Attributes(const FileHead& head)
    : Attributes({head.bytes.data(), head.bytes.size()}, head.outline.encoding, head.elements) {}

Attributes::Attributes(std::basic_string_view<std::uint8_t> bytes, Encoding encoding,
                       Elements elements)
    : bytes_(bytes), encoding_(encoding) {
  // Nearly all are in order, as the standard has it; of repeated ones the first counts.
  if (!std::is_sorted(elements.begin(), elements.end(), isBefore)) {
    std::stable_sort(elements.begin(), elements.end(), isBefore);
  }
  elements_ = std::make_shared<const Elements>(std::move(elements));
}

const Element* Attributes::find(const DcmTagKey& tag) const {
  if (elements_ == nullptr) {
    return nullptr;
  }
  const std::uint32_t key = keyOf(tag);
  const auto found =
      std::lower_bound(elements_->begin(), elements_->end(), key,
                       [](const Element& e, std::uint32_t wanted) { return e.tag < wanted; });
  return found != elements_->end() && found->tag == key ? &*found : nullptr;
}

std::string_view Attributes::valueOf(const Element& element) const {
  // A file that has got shorter since it was walked over gives fewer bytes.
  const bool is_there = element.length != kUndefinedLength && element.value <= bytes_.size() &&
                        element.length <= bytes_.size() - element.value;
  return is_there ? std::string_view(reinterpret_cast<const char*>(bytes_.data()) + element.value,
                                     element.length)
                  : std::string_view();
}

std::string_view Attributes::bytes(const DcmTagKey& tag) const {
  const Element* element = find(tag);
  return element == nullptr ? std::string_view() : valueOf(*element);
}

std::string Attributes::textOf(const Element& element) const {
  std::string_view rest = trimmed(valueOf(element));
  std::string text;
  text.reserve(rest.size());
  for (std::size_t end = rest.find('\\'); end != std::string_view::npos; end = rest.find('\\')) {
    text.append(trimmed(rest.substr(0, end))) += '\\';
    rest.remove_prefix(end + 1);
  }
  return text.append(trimmed(rest));
}

std::string Attributes::text(const DcmTagKey& tag) const {
  const Element* element = find(tag);
  return element != nullptr && isText(typeOf(*element)) ? textOf(*element) : std::string();
}

std::vector<std::string> Attributes::texts(const DcmTagKey& tag) const {
  return split(text(tag), '\\');
}

std::optional<double> Attributes::number(const DcmTagKey& tag, std::size_t index) const {
  const Element* element = find(tag);
  if (element == nullptr) {
    return std::nullopt;
  }
  const std::string_view value = valueOf(*element);
  const std::string_view type = typeOf(*element);
  const BinaryNumber kind = binaryNumber(type);
  if (kind.size == 0) {
    const auto part = isText(type) ? partOf(value, index) : std::nullopt;
    return part ? parseNumber(*part) : std::nullopt;
  }
  if (value.size() / kind.size <= index) {
    return std::nullopt;
  }
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(value.data()) + index * kind.size;
  const double number = decoded(bytes, kind, encoding_.big_endian);
  return std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

std::optional<int> Attributes::integer(const DcmTagKey& tag, std::size_t index) const {
  const auto value = number(tag, index);
  return value ? nearestInteger(*value) : std::nullopt;
}

std::optional<bool> Attributes::flag(const DcmTagKey& tag) const {
  const std::string value = text(tag);
  if (value.empty() || (value[0] != 'Y' && value[0] != 'N')) {
    return std::nullopt;
  }
  return value[0] == 'Y';
}

std::optional<Vec3> Attributes::vector(const DcmTagKey& tag, std::size_t index) const {
  const auto x = number(tag, index);
  const auto y = number(tag, index + 1);
  const auto z = number(tag, index + 2);
  if (!x || !y || !z) {
    return std::nullopt;
  }
  return Vec3{*x, *y, *z};
}

std::vector<std::string> Attributes::persons() const {
  std::vector<std::string> names;
  if (elements_ == nullptr) {
    return names;
  }
  for (const Element& element : *elements_) {
    if (typeOf(element) == "PN") {
      names.push_back(textOf(element));
    }
  }
  return names;
}

Attributes::Elements Attributes::itemsOf(const DcmTagKey& tag, std::size_t most) const {
  const Element* sequence = find(tag);
  if (sequence == nullptr || (!sequence->isSequence() && typeOf(*sequence) != "SQ")) {
    return {};
  }
  ByteView view(bytes_);
  ElementWalk<ByteView> walk(view, encoding_);
  return walk.items(*sequence, std::min<std::uint64_t>(sequence->end, bytes_.size()), most);
}

Attributes Attributes::itemOf(const Element& sequence, const Element& item) const {
  ByteView view(bytes_);
  const Encoding encoding = sequence.within(encoding_);
  ElementWalk<ByteView> walk(view, encoding);
  return {bytes_, encoding, walk.elements(item.value, item.end, false)};
}

std::vector<Attributes> Attributes::items(const DcmTagKey& tag) const {
  std::vector<Attributes> out;
  for (const Element& item : itemsOf(tag, SIZE_MAX)) {
    out.push_back(itemOf(*find(tag), item));
  }
  return out;
}

Attributes Attributes::firstItem(const DcmTagKey& tag) const {
  const Elements items = itemsOf(tag, 1);
  return items.empty() ? Attributes() : itemOf(*find(tag), items.front());
}

}  // namespace neurovasc::dicom
