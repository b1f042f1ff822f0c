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

// It is held in memory. An enhanced series of 2000 frames has about 20 MiB in 400,000 elements.
constexpr std::uint64_t kMostHeadBytes = 256ULL << 20U;
constexpr std::uint32_t kTransferSyntaxUid = 0x00020010;

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

/// Where the data set begins and how it is written, then a walk over it.
class Walker {
 public:
  Walker(FileWindow& file, FileOutline& outline) : file_(file), outline_(outline) {}

  std::vector<Element> walk() {
    std::uint64_t offset = startOfElements();
    if (!outline_.is_dicom) {
      return {};
    }
    offset = walkMeta(offset);
    if (outline_.transfer_syntax == kDeflated) {
      outline_.problem = "deflated transfer syntax, which is not supported";
      return {};
    }
    outline_.encoding = encodingAt(offset);
    ElementWalk<FileWindow> dataset(file_, outline_.encoding);
    std::vector<Element> elements = dataset.elements(offset, file_.size(), true);
    outline_.problem = dataset.problem();
    if (!elements.empty() && elements.back().tag == kPixelData) {
      notePixels(elements.back());
      elements.pop_back();
    }
    return elements;
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
    ElementWalk<FileWindow> meta(file_, {});
    while (const auto element = meta.headerAt(offset)) {
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

  void notePixels(const Element& element) {
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
};

FileHead walked(FileWindow& file) {
  FileHead head;
  head.outline.file_size = file.size();
  if (!file.isOpen() || file.size() == 0) {
    head.outline.problem = file.isOpen() ? "empty file" : "cannot be opened";
    return head;
  }
  head.elements = Walker(file, head.outline).walk();
  return head;
}

}  // namespace

FileHead headOf(const std::string& path) {
  FileWindow file(path);
  FileHead head = walked(file);
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
