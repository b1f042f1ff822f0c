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

}  // namespace neurovasc::scene
