#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace neurovasc::scene {

/// One line of text as coverage of pixels.
struct Lettering {
  int width = 0;
  int height = 0;
  int above_baseline = 0;  ///< rows from the top to the baseline
  std::vector<std::uint8_t> alpha;

  double coverage(int x, int y) const {
    return alpha[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                 static_cast<std::size_t>(x)] /
           255.0;
  }
};

/// Draws UTF-8 @p text with VTK's own font, @p size_px high from line to line.
Lettering rasterize(const std::string& text, double size_px, bool bold);

}  // namespace neurovasc::scene
