#include "mosaic.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "dataset.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

/// An element of a private block (PS3.5 7.8.1): its number holds only with its creator's name.
struct PrivateElement {
  Uint16 group;
  Uint16 number;  ///< within the block
  std::string_view creator;
};

constexpr PrivateElement kImagesInMosaic = {0x0019, 0x0A, "SIEMENS MR HEADER"};
constexpr PrivateElement kCsaImageHeader = {0x0029, 0x10, "SIEMENS CSA HEADER"};

/// Where @p dataset has @p element; an absent tag when nobody reserved the block.
DcmTagKey tagOf(const Attributes& dataset, const PrivateElement& element) {
  for (Uint16 block = 0x10; block <= 0xFF; ++block) {
    if (dataset.text(DcmTagKey(element.group, block)) == element.creator) {
      return {element.group, static_cast<Uint16>(block << 8 | element.number)};
    }
  }
  return {0xFFFF, 0xFFFF};
}

/// Siemens' CSA2 header: "SV10", a count, then tags of 84 bytes followed by their items, each 16
/// bytes of which the first is the length and a text padded to 4 bytes. All little endian.
class CsaHeader {
 public:
  explicit CsaHeader(std::string_view bytes) : bytes_(bytes) {}

  /// The non-empty values of a tag.
  std::vector<std::string> values(std::string_view tag) const {
    if (bytes_.substr(0, 4) != "SV10") {
      return {};
    }
    const std::uint32_t count = std::min(number(8), std::uint32_t{4096});
    std::size_t offset = 16;
    for (std::uint32_t t = 0; t < count && offset + 84 <= bytes_.size(); ++t) {
      const std::string_view tag_name = bytes_.substr(offset, 64);
      const std::uint32_t items = std::min(number(offset + 76), std::uint32_t{4096});
      offset += 84;
      const std::vector<std::string> found = readItems(offset, items);
      if (tag_name.substr(0, tag_name.find('\0')) == tag) {
        return found;
      }
    }
    return {};
  }

 private:
  std::uint32_t number(std::size_t offset) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4 && offset + i < bytes_.size(); ++i) {
      value |= std::uint32_t{static_cast<unsigned char>(bytes_[offset + i])} << (8 * i);
    }
    return value;
  }

  std::vector<std::string> readItems(std::size_t& offset, std::uint32_t items) const {
    std::vector<std::string> found;
    for (std::uint32_t i = 0; i < items && offset + 16 <= bytes_.size(); ++i) {
      const std::size_t length = number(offset);
      offset += 16;
      if (length > bytes_.size() - offset) {
        offset = bytes_.size();
        break;
      }
      std::string_view value = bytes_.substr(offset, length);
      value = trimmed(value.substr(0, value.find('\0')));
      if (!value.empty()) {
        found.emplace_back(value);
      }
      offset += (length + 3) / 4 * 4;
    }
    return found;
  }

  std::string_view bytes_;
};

int tilesIn(const Attributes& dataset, const CsaHeader& csa) {
  const auto stated = csa.values("NumberOfImagesInMosaic");
  if (!stated.empty()) {
    return parseInteger(stated[0]).value_or(0);
  }
  const DcmTagKey tag = tagOf(dataset, kImagesInMosaic);
  if (const auto number = dataset.integer(tag)) {
    return *number;
  }
  // With implicit VR no public dictionary tells that it is two bytes.
  const std::string_view bytes = dataset.bytes(tag);
  return bytes.size() == 2
             ? static_cast<unsigned char>(bytes[0]) | static_cast<unsigned char>(bytes[1]) << 8
             : 0;
}

Vec3 directionThroughTiles(const CsaHeader& csa, const FrameHeader& first) {
  const Vec3 normal = normalized(cross(first.along_i, first.along_j));
  const auto stated = csa.values("SliceNormalVector");
  if (stated.size() < 3) {
    return normal;
  }
  const Vec3 v{parseNumber(stated[0]).value_or(0), parseNumber(stated[1]).value_or(0),
               parseNumber(stated[2]).value_or(0)};
  return dot(v, normal) < 0 ? -normal : normal;
}

}  // namespace

void unfoldMosaic(const Attributes& dataset, FileHeader& header) {
  const auto& type = header.facts.image_type;
  if (header.frames.size() != 1 || std::find(type.begin(), type.end(), "MOSAIC") == type.end()) {
    return;
  }
  const CsaHeader csa(dataset.bytes(tagOf(dataset, kCsaImageHeader)));
  const int tiles = tilesIn(dataset, csa);
  PixelFormat& format = header.format;
  const int side = static_cast<int>(std::ceil(std::sqrt(std::max(tiles, 0))));
  if (tiles < 2 || tiles > 4096 || format.columns % side != 0 || format.rows % side != 0) {
    return;
  }
  format.tile_columns = format.columns / side;
  format.tile_rows = format.rows / side;
  FrameHeader frame = header.frames[0];
  const double distance_mm = frame.spacing_k_mm.value_or(frame.thickness_mm.value_or(0));
  if (distance_mm <= 0) {
    header.problem = "a mosaic that does not say how far apart its slices are";
    return;
  }
  frame.position_mm +=
      frame.along_i * (frame.spacing_i_mm * (format.columns - format.tile_columns) / 2) +
      frame.along_j * (frame.spacing_j_mm * (format.rows - format.tile_rows) / 2);
  const Vec3 step = directionThroughTiles(csa, frame) * distance_mm;
  header.frames.clear();
  for (int t = 0; t < tiles; ++t, ++frame.frame, frame.position_mm += step) {
    header.frames.push_back(frame);
  }
}

}  // namespace neurovasc::dicom
