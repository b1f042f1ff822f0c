#include "file_guard.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "text.h"

namespace neurovasc::dicom {
namespace {

// Enhanced multi-frame headers nest about six deep; structured reports in private sequences a few
// more. Parsers recurse, so that deeper files can end the process.
constexpr int kMostNesting = 24;
// It is held in memory. An enhanced series of 2000 frames has about 20 MiB in 400,000 elements.
constexpr std::uint64_t kMostHeadBytes = 256ULL << 20U;
constexpr std::uint64_t kMostElements = 1'500'000;
constexpr std::uint32_t kUndefinedLength = 0xFFFFFFFF;
constexpr std::uint32_t kItem = 0xFFFEE000;
constexpr std::uint32_t kItemEnd = 0xFFFEE00D;
constexpr std::uint32_t kSequenceEnd = 0xFFFEE0DD;
constexpr std::uint32_t kTransferSyntaxUid = 0x00020010;
constexpr std::uint32_t kPixelData = 0x7FE00010;

constexpr std::string_view kImplicitLittle = "1.2.840.10008.1.2";
constexpr std::string_view kExplicitBig = "1.2.840.10008.1.2.2";
constexpr std::string_view kDeflated = "1.2.840.10008.1.2.1.99";

/// A file read through a window that moves forward.
class FileWindow {
 public:
  explicit FileWindow(const std::string& path) : descriptor_(open(path.c_str(), O_RDONLY)) {
    struct stat info {};
    if (descriptor_ >= 0 && fstat(descriptor_, &info) == 0) {
      size_ = static_cast<std::uint64_t>(info.st_size);
    }
  }
  FileWindow(const FileWindow&) = delete;
  FileWindow& operator=(const FileWindow&) = delete;
  ~FileWindow() {
    if (descriptor_ >= 0) {
      close(descriptor_);
    }
  }

  bool isOpen() const { return descriptor_ >= 0; }
  std::uint64_t size() const { return size_; }

  /// The first @p count bytes; fewer where the file has got shorter meanwhile.
  std::vector<std::uint8_t> first(std::uint64_t count) const {
    if (start_ == 0 && count <= filled_) {
      return {bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    std::vector<std::uint8_t> bytes(count);
    std::size_t got = 0;
    for (ssize_t more = 1; more > 0 && got < bytes.size(); got += static_cast<std::size_t>(more)) {
      more = std::max<ssize_t>(
          0, pread(descriptor_, bytes.data() + got, bytes.size() - got, static_cast<off_t>(got)));
    }
    bytes.resize(got);
    return bytes;
  }

  /// @p count (at most a few hundred) bytes at @p offset, or null beyond the end.
  const std::uint8_t* at(std::uint64_t offset, std::size_t count) {
    if (offset > size_ || count > size_ - offset) {
      return nullptr;
    }
    if (offset < start_ || offset + count > start_ + filled_) {
      refill(offset);
    }
    return offset + count <= start_ + filled_ ? bytes_.data() + (offset - start_) : nullptr;
  }

 private:
  void refill(std::uint64_t offset) {
    const ssize_t got =
        pread(descriptor_, bytes_.data(), bytes_.size(), static_cast<off_t>(offset));
    filled_ = got > 0 ? static_cast<std::size_t>(got) : 0;
    start_ = offset;
  }

  int descriptor_;
  std::uint64_t size_ = 0;
  std::uint64_t start_ = 0;
  std::size_t filled_ = 0;
  std::array<std::uint8_t, 16384> bytes_;  // left uninitialised: a folder has thousands of files
};

struct ElementHeader {
  std::uint32_t tag = 0;
  std::array<char, 2> vr = {'?', '?'};
  std::uint32_t length = 0;
  std::uint64_t value = 0;  ///< offset of the value

  /// Encapsulated pixels, which stand in fragments (PS3.5 A.4): an icon's, where not the image's.
  bool isFragments() const {
    const std::string_view type(vr.data(), 2);
    return (type == "OB" || type == "OW") && length == kUndefinedLength;
  }

  bool isSequence() const {
    const std::string_view type(vr.data(), 2);
    return type == "SQ" || ((type == "UN" || type == "??") && length == kUndefinedLength);
  }
};

/// The encoding of the data set's element headers.
struct Encoding {
  bool explicit_vr = true;
  bool big_endian = false;
};

bool hasLongForm(const std::array<char, 2>& vr) {
  constexpr std::array<std::string_view, 13> kLong = {"OB", "OD", "OF", "OL", "OV", "OW", "SQ",
                                                      "SV", "UC", "UN", "UR", "UT", "UV"};
  return std::find(kLong.begin(), kLong.end(), std::string_view(vr.data(), 2)) != kLong.end();
}

class Walker {
 public:
  Walker(FileWindow& file, FileOutline& outline) : file_(file), outline_(outline) {}

  void walk() {
    std::uint64_t offset = startOfElements();
    if (!outline_.is_dicom) {
      return;
    }
    offset = walkMeta(offset);
    if (outline_.transfer_syntax == kDeflated) {
      outline_.problem = "deflated transfer syntax, which is not supported";
      return;
    }
    encoding_ = encodingAt(offset);
    walkElements(offset, file_.size(), 0);
  }

 private:
  std::uint64_t startOfElements() {
    const std::uint8_t* magic = file_.at(128, 4);
    if (magic != nullptr && std::equal(magic, magic + 4, "DICM")) {
      outline_.is_dicom = true;
      return 132;
    }
    // Old files begin with the data set itself: group 8 (or 2), little endian.
    const std::uint8_t* first = file_.at(0, 8);
    outline_.is_dicom = first != nullptr && (first[0] == 0x08 || first[0] == 0x02) &&
                        first[1] == 0 && first[3] == 0 && first[2] <= 0x18 && first[7] == 0;
    return 0;
  }

  std::uint64_t walkMeta(std::uint64_t offset) {
    encoding_ = {};
    while (const auto element = headerAt(offset)) {
      if ((element->tag >> 16) != 2 || element->length > file_.size() - element->value) {
        break;
      }
      if (element->tag == kTransferSyntaxUid && element->length <= 64) {
        const auto* text = file_.at(element->value, element->length);
        outline_.transfer_syntax =
            trimmed(std::string_view(reinterpret_cast<const char*>(text), element->length));
      }
      offset = element->value + element->length;
    }
    return offset;
  }

  Encoding encodingAt(std::uint64_t offset) {
    if (outline_.transfer_syntax == kExplicitBig) {
      return {true, true};
    }
    // As DCMTK does, believe the bytes where they disagree with the header.
    const std::uint8_t* vr = file_.at(offset + 4, 2);
    const bool looks_explicit =
        vr != nullptr && vr[0] >= 'A' && vr[0] <= 'Z' && vr[1] >= 'A' && vr[1] <= 'Z';
    return {looks_explicit, false};
  }

  std::uint32_t number(const std::uint8_t* bytes, int count) const {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i) {
      const int shift = 8 * (encoding_.big_endian ? count - 1 - i : i);
      value |= static_cast<std::uint32_t>(bytes[i]) << shift;
    }
    return value;
  }

  std::optional<ElementHeader> headerAt(std::uint64_t offset) {
    const std::uint8_t* bytes = file_.at(offset, 8);
    if (bytes == nullptr) {
      return std::nullopt;
    }
    ElementHeader element;
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
    const std::uint8_t* length = file_.at(offset + 8, 4);
    if (length == nullptr) {
      return std::nullopt;
    }
    element.length = number(length, 4);
    element.value = offset + 12;
    return element;
  }

  bool failed() const { return !outline_.problem.empty(); }
  std::uint64_t fail(const char* problem) {
    outline_.problem = problem;
    return file_.size();
  }

  /// Walks elements from @p offset to @p end or to the end of an item of undefined length; returns
  /// where it stopped.
  std::uint64_t walkElements(std::uint64_t offset, std::uint64_t end, int depth) {
    while (offset < end && !failed()) {
      const auto element = headerAt(offset);
      if (!element) {
        // Some bytes of padding at the end of a data set are common and harmless.
        return depth == 0 && file_.size() - offset < 8 ? end
                                                       : fail("truncated: ends in its header");
      }
      if (element->tag == kItemEnd) {
        return element->value;
      }
      if (depth == 0 && element->tag == kPixelData) {
        notePixels(*element);
        return end;
      }
      offset = walkValue(*element, end, depth);
    }
    return offset;
  }

  std::uint64_t walkValue(const ElementHeader& element, std::uint64_t end, int depth) {
    if (++elements_ > kMostElements) {
      return fail("damaged: its header has too many elements");
    }
    if (element.length != kUndefinedLength && element.length > end - std::min(end, element.value)) {
      return fail(depth == 0 ? "truncated: a header element reaches beyond its end"
                             : "damaged: a header element reaches beyond its item");
    }
    if (element.isSequence()) {
      return walkItems(element, end, depth + 1);
    }
    if (element.isFragments()) {
      return walkFragments(element.value, end);
    }
    return element.length == kUndefinedLength ? fail("damaged: a header element has no length")
                                              : element.value + element.length;
  }

  std::uint64_t walkFragments(std::uint64_t offset, std::uint64_t end) {
    while (const auto fragment = headerAt(offset)) {
      if (fragment->tag == kSequenceEnd) {
        return fragment->value;
      }
      if (++elements_ > kMostElements || fragment->tag != kItem ||
          fragment->length > end - std::min(end, fragment->value)) {
        return fail("damaged: compressed pixels in its header are broken");
      }
      offset = fragment->value + fragment->length;
    }
    return fail("truncated: ends in its header");
  }

  std::uint64_t walkItems(const ElementHeader& sequence, std::uint64_t limit, int depth) {
    if (depth > kMostNesting) {
      return fail("damaged: its sequences nest too deep");
    }
    const bool open_ended = sequence.length == kUndefinedLength;
    const std::uint64_t end = open_ended ? limit : sequence.value + sequence.length;
    // Unknown sequences of undefined length are implicit, whatever surrounds them (CP-246).
    const Encoding outer = encoding_;
    encoding_.explicit_vr = outer.explicit_vr && std::string_view(sequence.vr.data(), 2) != "UN";
    std::uint64_t offset = sequence.value;
    bool closed = false;
    while (offset < end && !closed && !failed()) {
      offset = walkItem(offset, end, depth, closed);
    }
    encoding_ = outer;
    return offset;
  }

  std::uint64_t walkItem(std::uint64_t offset, std::uint64_t end, int depth, bool& closed) {
    const auto item = headerAt(offset);
    if (!item) {
      return fail("truncated: ends in its header");
    }
    if (item->tag == kSequenceEnd) {
      closed = true;
      return item->value;
    }
    const bool open_ended = item->length == kUndefinedLength;
    if (item->tag != kItem || (!open_ended && item->length > end - std::min(end, item->value))) {
      return fail("damaged: a sequence in its header is broken");
    }
    ++elements_;
    return walkElements(item->value, open_ended ? end : item->value + item->length, depth);
  }

  void notePixels(const ElementHeader& element) {
    outline_.pixel_offset = element.value;
    outline_.encapsulated = element.length == kUndefinedLength;
    outline_.pixel_length =
        outline_.encapsulated ? file_.size() - element.value : std::uint64_t{element.length};
    if (outline_.pixel_length > file_.size() - element.value) {
      outline_.problem = "truncated: ends within its pixels";
    } else if (outline_.pixel_length == 0) {
      outline_.pixel_offset = 0;
    }
  }

  FileWindow& file_;
  FileOutline& outline_;
  Encoding encoding_;
  std::uint64_t elements_ = 0;
};

FileOutline outlineOf(FileWindow& file) {
  FileOutline outline;
  if (!file.isOpen()) {
    outline.problem = "cannot be opened";
    return outline;
  }
  outline.file_size = file.size();
  if (file.size() == 0) {
    outline.problem = "empty file";
    return outline;
  }
  Walker(file, outline).walk();
  return outline;
}

}  // namespace

FileOutline outlineOf(const std::string& path) {
  FileWindow file(path);
  return outlineOf(file);
}

FileHead headOf(const std::string& path) {
  FileWindow file(path);
  FileHead head{outlineOf(file), {}};
  FileOutline& outline = head.outline;
  const std::uint64_t bytes = outline.pixel_offset > 0 ? outline.pixel_offset : file.size();
  if (outline.problem.empty() && bytes > kMostHeadBytes) {
    outline.problem = "holds more than 256 MiB that are no pixels";
  }
  if (outline.is_dicom && outline.problem.empty()) {
    head.bytes = file.first(bytes);
  }
  return head;
}

}  // namespace neurovasc::dicom
