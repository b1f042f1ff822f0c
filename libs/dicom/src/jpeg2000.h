#pragma once

#include <cstdint>
#include <vector>

#include "frame_header.h"

namespace neurovasc::dicom {

/// Decodes one frame's JPEG 2000 code stream into pixels of @p format, native byte order. Returns
/// whether it could be decoded. (DCMTK 3.6.7 has no JPEG 2000; GDCM has.)
bool decodeJpeg2000(const std::vector<std::uint8_t>& code_stream, const PixelFormat& format,
                    std::vector<std::uint8_t>& pixels);

}  // namespace neurovasc::dicom
