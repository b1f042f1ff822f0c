#include "jpeg2000.h"

#include <gdcmDataElement.h>
#include <gdcmFragment.h>
#include <gdcmJPEG2000Codec.h>
#include <gdcmSequenceOfFragments.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace neurovasc::dicom {
namespace {

gdcm::PixelFormat gdcmFormat(const PixelFormat& format) {
  return gdcm::PixelFormat(1, static_cast<unsigned short>(format.bits_allocated),
                           static_cast<unsigned short>(format.bits_stored),
                           static_cast<unsigned short>(format.high_bit),
                           static_cast<unsigned short>(format.is_signed ? 1 : 0));
}

std::uint32_t bigEndian(const std::vector<std::uint8_t>& bytes, std::size_t offset) {
  return std::uint32_t{bytes[offset]} << 24 | std::uint32_t{bytes[offset + 1]} << 16 |
         std::uint32_t{bytes[offset + 2]} << 8 | std::uint32_t{bytes[offset + 3]};
}

// A frame in more tiles than this has tiles of a few pixels, which no encoder makes.
constexpr std::uint64_t kMostTiles = 4096;

/// Whether the code stream's own size (SIZ marker, ISO/IEC 15444-1 A.5.1) is the header's, with one
/// component and a sane number of tiles: the decoder allocates by what the code stream says.
bool isModest(const std::vector<std::uint8_t>& stream, std::size_t start,
              const PixelFormat& format) {
  constexpr std::size_t kSizLength = 42;
  if (start + kSizLength > stream.size()) {
    return false;
  }
  const std::uint64_t width = bigEndian(stream, start + 8);
  const std::uint64_t height = bigEndian(stream, start + 12);
  const std::uint64_t tile_width = bigEndian(stream, start + 24);
  const std::uint64_t tile_height = bigEndian(stream, start + 28);
  const unsigned components = stream[start + 40] * 256U + stream[start + 41];
  return width == static_cast<std::uint64_t>(format.columns) &&
         height == static_cast<std::uint64_t>(format.rows) && components == 1 && tile_width > 0 &&
         tile_height > 0 && (width / tile_width + 1) * (height / tile_height + 1) <= kMostTiles;
}

bool hasModestSize(const std::vector<std::uint8_t>& stream, const PixelFormat& format) {
  constexpr std::array<std::uint8_t, 4> kStartAndSize = {0xFF, 0x4F, 0xFF, 0x51};
  const auto found =
      std::search(stream.begin(), stream.end(), kStartAndSize.begin(), kStartAndSize.end());
  return found != stream.end() &&
         isModest(stream, static_cast<std::size_t>(found - stream.begin()), format);
}

}  // namespace

bool decodeJpeg2000(const std::vector<std::uint8_t>& code_stream, const PixelFormat& format,
                    std::vector<std::uint8_t>& pixels) {
  if (!hasModestSize(code_stream, format)) {
    return false;
  }
  gdcm::Fragment fragment;
  fragment.SetByteValue(reinterpret_cast<const char*>(code_stream.data()),
                        gdcm::VL(static_cast<std::uint32_t>(code_stream.size())));
  const auto fragments = gdcm::SequenceOfFragments::New();
  fragments->AddFragment(fragment);
  gdcm::DataElement compressed(gdcm::Tag(0x7fe0, 0x0010), 0, gdcm::VR::OB);
  compressed.SetValue(*fragments);

  gdcm::JPEG2000Codec codec;
  const std::array<unsigned int, 3> size = {static_cast<unsigned>(format.columns),
                                            static_cast<unsigned>(format.rows), 1};
  codec.SetNumberOfDimensions(2);
  codec.SetDimensions(size.data());
  codec.SetPixelFormat(gdcmFormat(format));
  codec.SetPlanarConfiguration(0);
  codec.SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
  codec.SetNeedOverlayCleanup(false);
  gdcm::DataElement raw;
  if (!codec.Decode(compressed, raw) || raw.GetByteValue() == nullptr) {
    return false;
  }
  const char* begin = raw.GetByteValue()->GetPointer();
  pixels.assign(begin, begin + raw.GetByteValue()->GetLength());
  return true;
}

}  // namespace neurovasc::dicom
