#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace neurovasc::scene {

/// A picture in 8-bit sRGB: rows from the top, three bytes (red, green, blue) a pixel, no padding.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  ///< 3 * width * height bytes

  bool empty() const { return rgb.empty(); }
};

/// Writes @p picture as PNG (ISO/IEC 15948). The same picture gives the same bytes; no time, path
/// or program name is stored. Throws Error(output_unwritable).
void writePng(const Picture& picture, const std::string& path);

/// Reads an 8-bit colour PNG. Throws Error(input_unreadable).
Picture readPng(const std::string& path);

/// @p picture as the bytes of a JPEG file (ISO/IEC 10918-1), several times smaller than PNG.
/// @p quality is within 1 to 100. The same picture gives the same bytes.
std::string jpegBytes(const Picture& picture, int quality);

}  // namespace neurovasc::scene
