#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace neurovasc::dicom {

inline constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFF;
inline constexpr std::uint32_t kPixelData = 0x7FE00010;

/// How the element headers of a data set are written (PS3.5 A).
struct Encoding {
  bool explicit_vr = true;
  bool big_endian = false;
};

/// Up to four bytes as a number.
inline std::uint32_t numberAt(const std::uint8_t* bytes, int count, bool big_endian) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i) {
    const int shift = 8 * (big_endian ? count - 1 - i : i);
    value |= static_cast<std::uint32_t>(bytes[i]) << shift;
  }
  return value;
}

/// An element or item: where it stands among the bytes.
struct Element {
  std::uint32_t tag = 0;
  std::array<char, 2> vr = {'?', '?'};  ///< question marks where it is not written
  std::uint32_t length = 0;
  std::uint64_t value = 0;  ///< offset of the value
  std::uint64_t end = 0;    ///< offset behind the value and what closes it

  std::string_view type() const { return {vr.data(), vr.size()}; }

  /// Encapsulated pixels, which stand in fragments (PS3.5 A.4): an icon's, where not the image's.
  bool isFragments() const {
    return (type() == "OB" || type() == "OW") && length == kUndefinedLength;
  }

  bool isSequence() const {
    return type() == "SQ" || ((type() == "UN" || type() == "??") && length == kUndefinedLength);
  }

  /// How the items of a sequence are written that stands in a data set written as @p outer: unknown
  /// sequences of undefined length are implicit, whatever surrounds them (CP-246).
  Encoding within(Encoding outer) const {
    return {outer.explicit_vr && type() != "UN", outer.big_endian};
  }
};

/// Whether the length of an element with this VR stands in four bytes behind two reserved ones.
/// VRs of tomorrow will have it so (PS3.5 7.1.2); what is no VR at all is taken for the short form,
/// as DCMTK does, which reads the pixels afterwards.
inline bool hasLongForm(const std::array<char, 2>& vr) {
  constexpr std::string_view kShort =
      "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US";
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return is_capital(vr[0]) && is_capital(vr[1]) &&
         kShort.find(std::string_view(vr.data(), vr.size())) == std::string_view::npos;
}

/// Bytes in memory, as ElementWalk reads them.
class ByteView {
 public:
  explicit ByteView(std::basic_string_view<std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint64_t size() const { return bytes_.size(); }
  const std::uint8_t* at(std::uint64_t offset, std::size_t count) const {
    return offset <= size() && count <= size() - offset ? bytes_.data() + offset : nullptr;
  }

 private:
  std::basic_string_view<std::uint8_t> bytes_;
};

/// Walks over element headers without building anything of what they hold, and checks that lengths
/// stay within the enclosing item, that sequences do not nest deeper than any real header, and that
/// the number of elements is bounded. @p Bytes has size() and at(offset, count), which gives the
/// bytes or null beyond the end.
template <typename Bytes>
class ElementWalk {
 public:
  ElementWalk(Bytes& bytes, Encoding encoding) : bytes_(bytes), encoding_(encoding) {}

  /// Why the bytes make no sense; empty while they do.
  const char* problem() const { return problem_; }

  /// The elements from @p offset to @p end, at their own level, or to the end of an item of
  /// undefined length. With @p until_pixels PixelData is the last one, and is not looked into.
  std::vector<Element> elements(std::uint64_t offset, std::uint64_t end, bool until_pixels) {
    std::vector<Element> found;
    found.reserve(kUsualElements);
    until_pixels_ = until_pixels;
    walkElements(offset, end, 0, &found);
    return found;
  }

  /// The first @p most items of @p sequence, which ends at @p end at the latest; to be read as
  /// Element::within() says.
  std::vector<Element> items(const Element& sequence, std::uint64_t end, std::size_t most) {
    std::vector<Element> found;
    most_items_ = most;
    walkItems(sequence, end, 1, &found);
    return found;
  }

  /// The element header at @p offset; `end` is left open.
  std::optional<Element> headerAt(std::uint64_t offset) {
    const std::uint8_t* bytes = bytes_.at(offset, 8);
    if (bytes == nullptr) {
      return std::nullopt;
    }
    Element element;
    element.tag = number(bytes, 2) << 16 | number(bytes + 2, 2);
    element.value = offset + 8;
    element.length = number(bytes + 4, 4);
    if ((element.tag >> 16) == 0xFFFE || !encoding_.explicit_vr) {
      return element;
    }
    element.vr = {static_cast<char>(bytes[4]), static_cast<char>(bytes[5])};
    if (!hasLongForm(element.vr)) {
      element.length = number(bytes + 6, 2);
      return element;
    }
    const std::uint8_t* length = bytes_.at(offset + 8, 4);
    if (length == nullptr) {
      return std::nullopt;
    }
    element.length = number(length, 4);
    element.value = offset + 12;
    return element;
  }

 private:
  using Found = std::vector<Element>;

  // Enhanced multi-frame headers nest about six deep; structured reports in private sequences a
  // few more. Parsers recurse, so that deeper files can end the process.
  static constexpr int kMostNesting = 24;
  // An enhanced series of 2000 frames has about 400,000.
  static constexpr std::uint64_t kMostElements = 1'500'000;
  // Of a classic image at its own level; more cost a reallocation.
  static constexpr std::size_t kUsualElements = 128;
  static constexpr std::uint32_t kItem = 0xFFFEE000;
  static constexpr std::uint32_t kItemEnd = 0xFFFEE00D;
  static constexpr std::uint32_t kSequenceEnd = 0xFFFEE0DD;

  std::uint32_t number(const std::uint8_t* bytes, int count) const {
    return numberAt(bytes, count, encoding_.big_endian);
  }

  bool failed() const { return *problem_ != '\0'; }
  std::uint64_t fail(const char* problem) {
    problem_ = problem;
    return bytes_.size();
  }

  /// Returns where it stopped.
  std::uint64_t walkElements(std::uint64_t offset, std::uint64_t end, int depth, Found* found) {
    while (offset < end && !failed()) {
      auto element = headerAt(offset);
      if (!element) {
        return depth == 0 && isPadding(offset) ? end : fail("truncated: ends in its header");
      }
      if (element->tag == kItemEnd) {
        return element->value;
      }
      const bool is_last = depth == 0 && until_pixels_ && element->tag == kPixelData;
      element->end = is_last ? end : walkValue(*element, end, depth);
      offset = element->end;
      if (found != nullptr && !failed()) {
        found->push_back(*element);
      }
    }
    return offset;
  }

  /// Some zeros at the end of a data set are common and harmless.
  bool isPadding(std::uint64_t offset) {
    const std::uint64_t left = bytes_.size() - offset;
    const std::uint8_t* bytes = left < 8 ? bytes_.at(offset, left) : nullptr;
    return bytes != nullptr &&
           std::all_of(bytes, bytes + left, [](std::uint8_t byte) { return byte == 0; });
  }

  std::uint64_t walkValue(const Element& element, std::uint64_t end, int depth) {
    if (++elements_ > kMostElements) {
      return fail("damaged: its header has too many elements");
    }
    if (element.length != kUndefinedLength && isBeyond(element, end)) {
      return fail(depth == 0 ? "truncated: a header element reaches beyond its end"
                             : "damaged: a header element reaches beyond its item");
    }
    if (element.isSequence()) {
      return walkItems(element, end, depth + 1, nullptr);
    }
    if (element.isFragments()) {
      return walkFragments(element.value, end);
    }
    return element.length == kUndefinedLength ? fail("damaged: a header element has no length")
                                              : element.value + element.length;
  }

  static bool isBeyond(const Element& element, std::uint64_t end) {
    return element.value > end || element.length > end - element.value;
  }

  std::uint64_t walkFragments(std::uint64_t offset, std::uint64_t end) {
    while (const auto fragment = headerAt(offset)) {
      if (fragment->tag == kSequenceEnd) {
        return fragment->value;
      }
      if (++elements_ > kMostElements || fragment->tag != kItem || isBeyond(*fragment, end)) {
        return fail("damaged: compressed pixels in its header are broken");
      }
      offset = fragment->value + fragment->length;
    }
    return fail("truncated: ends in its header");
  }

  std::uint64_t walkItems(const Element& sequence, std::uint64_t limit, int depth, Found* found) {
    if (depth > kMostNesting) {
      return fail("damaged: its sequences nest too deep");
    }
    const bool open_ended = sequence.length == kUndefinedLength;
    const std::uint64_t end = open_ended ? limit : sequence.value + sequence.length;
    const Encoding outer = encoding_;
    encoding_ = sequence.within(outer);
    std::uint64_t offset = sequence.value;
    bool closed = false;
    while (offset < end && !closed && !failed()) {
      offset = walkItem(offset, end, depth, closed, found);
    }
    encoding_ = outer;
    return offset;
  }

  std::uint64_t walkItem(std::uint64_t offset, std::uint64_t end, int depth, bool& closed,
                         Found* found) {
    auto item = headerAt(offset);
    if (!item) {
      return fail("truncated: ends in its header");
    }
    if (item->tag == kSequenceEnd) {
      closed = true;
      return item->value;
    }
    const bool open_ended = item->length == kUndefinedLength;
    if (item->tag != kItem || (!open_ended && isBeyond(*item, end))) {
      return fail("damaged: a sequence in its header is broken");
    }
    ++elements_;
    item->end =
        walkElements(item->value, open_ended ? end : item->value + item->length, depth, nullptr);
    if (found != nullptr && !failed()) {
      found->push_back(*item);
      closed = found->size() >= most_items_;
    }
    return item->end;
  }

  Bytes& bytes_;
  Encoding encoding_;
  const char* problem_ = "";
  std::uint64_t elements_ = 0;
  bool until_pixels_ = false;
  std::size_t most_items_ = 0;
};

}  // namespace neurovasc::dicom
