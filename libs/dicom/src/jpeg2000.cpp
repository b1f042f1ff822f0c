#include "jpeg2000.h"

#include <gdcmDataElement.h>
#include <gdcmFragment.h>
#include <gdcmJPEG2000Codec.h>
#include <gdcmSequenceOfFragments.h>

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

/// Whether the code stream's own size (SIZ marker, ISO/IEC 15444-1 A.5.1) is the header's: the
/// decoder allocates by the code stream.
bool hasSizeOf(const std::vector<std::uint8_t>& stream, const PixelFormat& format) {
  for (std::size_t i = 0; i + 22 <= stream.size() && i < 4096; ++i) {
    if (stream[i] == 0xFF && stream[i + 1] == 0x4F && stream[i + 2] == 0xFF &&
        stream[i + 3] == 0x51) {
      return bigEndian(stream, i + 8) == static_cast<std::uint32_t>(format.columns) &&
             bigEndian(stream, i + 12) == static_cast<std::uint32_t>(format.rows) &&
             bigEndian(stream, i + 16) == 0;
    }
  }
  return false;
}

}  // namespace

bool decodeJpeg2000(const std::vector<std::uint8_t>& code_stream, const PixelFormat& format,
                    std::vector<std::uint8_t>& pixels) {
  if (!hasSizeOf(code_stream, format)) {
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
