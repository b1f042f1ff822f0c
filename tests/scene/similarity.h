#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

#include "neurovasc/scene/picture.h"

namespace neurovasc::scene::testing {

/// Half as wide and high, four pixels to one.
inline Picture halved(const Picture& big) {
  Picture small{big.width / 2, big.height / 2, {}};
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const auto at = [&](int dx, int dy) {
          return static_cast<int>(
              big.rgb[static_cast<std::size_t>(3 * ((2 * y + dy) * big.width + 2 * x + dx) + c)]);
        };
        small.rgb.push_back(
            static_cast<std::uint8_t>((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1) + 2) / 4));
      }
    }
  }
  return small;
}

/// Structural similarity (Wang et al., IEEE Trans. Image Process. 13:600, 2004) of one colour in
/// the window of 8 by 8 pixels at (x0, y0): 1 where alike.
inline double windowSimilarity(const Picture& a, const Picture& b, int x0, int y0, int c) {
  constexpr int kWindow = 8;
  constexpr double kN = kWindow * kWindow;
  double sum_a = 0;
  double sum_b = 0;
  double aa = 0;
  double bb = 0;
  double ab = 0;
  for (int y = y0; y < y0 + kWindow; ++y) {
    for (int x = x0; x < x0 + kWindow; ++x) {
      const auto at = static_cast<std::size_t>(3 * (y * a.width + x) + c);
      const double va = a.rgb[at];
      const double vb = b.rgb[at];
      sum_a += va;
      sum_b += vb;
      aa += va * va;
      bb += vb * vb;
      ab += va * vb;
    }
  }
  const double ma = sum_a / kN;
  const double mb = sum_b / kN;
  const double c1 = 6.5025;   // (0.01 * 255)^2
  const double c2 = 58.5225;  // (0.03 * 255)^2
  return (2 * ma * mb + c1) * (2 * (ab / kN - ma * mb) + c2) /
         ((ma * ma + mb * mb + c1) * (aa / kN - ma * ma + bb / kN - mb * mb + c2));
}

/// How alike two pictures are, 1 where the same.
struct Similarity {
  double mean = 0;   ///< over all windows, of the least alike of the three colours
  double worst = 0;  ///< of the least alike region of 24 by 24 pixels: something missing or moved
};

inline Similarity similarity(const Picture& a, const Picture& b) {
  if (a.width != b.width || a.height != b.height) {
    return {};
  }
  const int columns = (a.width - 8) / 4 + 1;
  const int rows = (a.height - 8) / 4 + 1;
  std::vector<double> windows;
  for (int n = 0; n < columns * rows; ++n) {
    double least = 1;
    for (int c = 0; c < 3; ++c) {
      least = std::min(least, windowSimilarity(a, b, 4 * (n % columns), 4 * (n / columns), c));
    }
    windows.push_back(least);
  }
  Similarity found{std::accumulate(windows.begin(), windows.end(), 0.0) / (columns * rows), 1};
  for (int y = 0; y + 5 <= rows; ++y) {
    for (int x = 0; x + 5 <= columns; ++x) {
      double sum = 0;
      for (int n = 0; n < 25; ++n) {
        sum += windows[static_cast<std::size_t>((y + n / 5) * columns + x + n % 5)];
      }
      found.worst = std::min(found.worst, sum / 25);
    }
  }
  return found;
}

}  // namespace neurovasc::scene::testing
