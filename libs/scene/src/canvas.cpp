#include "canvas.h"

#include <algorithm>
#include <cmath>

#include "lettering.h"

namespace neurovasc::scene {
namespace {

std::uint8_t over(std::uint8_t below, std::uint8_t above, double opacity) {
  return static_cast<std::uint8_t>(std::lround(below + (above - below) * opacity));
}

/// The part of [begin, begin + length) that pixel i covers.
double covered(int i, double begin, double length) {
  return std::clamp(std::min(i + 1.0, begin + length) - std::max<double>(i, begin), 0.0, 1.0);
}

double distanceToSegment(const Spot& p, const Spot& a, const Spot& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  const double along = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
  const double f = std::clamp(along, 0.0, 1.0);
  return std::hypot(p.x - a.x - f * dx, p.y - a.y - f * dy);
}

/// Whether @p p lies within the convex @p corners.
bool isWithin(const Spot& p, const std::vector<Spot>& corners) {
  bool left = false;
  bool right = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Spot& a = corners[i];
    const Spot& b = corners[(i + 1) % corners.size()];
    const double turn = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    left = left || turn > 0;
    right = right || turn < 0;
  }
  return !(left && right);
}

/// The share of pixel (x, y) that the convex @p corners cover, by four times four samples.
double coverage(int x, int y, const std::vector<Spot>& corners) {
  constexpr int kSamples = 4;
  int within = 0;
  for (int n = 0; n < kSamples * kSamples; ++n) {
    const Spot p = {x + (n % kSamples + 0.5) / kSamples,   // NOLINT(bugprone-integer-division)
                    y + (n / kSamples + 0.5) / kSamples};  // NOLINT(bugprone-integer-division)
    within += isWithin(p, corners) ? 1 : 0;
  }
  return static_cast<double>(within) / (kSamples * kSamples);
}

int floorInt(double v) { return static_cast<int>(std::floor(v)); }

bool isDark(Color c) { return c.r + c.g + c.b < 384; }

}  // namespace

Canvas::Canvas(int width, int height, Color background) {
  picture_.width = width;
  picture_.height = height;
  picture_.rgb.resize(static_cast<std::size_t>(3) * static_cast<std::size_t>(width) *
                      static_cast<std::size_t>(height));
  clipToAll();
  fill(all(), background);
}

void Canvas::blend(int x, int y, Color color, double opacity) {
  if (x < clip_.x || y < clip_.y || x >= clip_.right() || y >= clip_.bottom() || opacity <= 0) {
    return;
  }
  const auto at = 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(picture_.width) +
                       static_cast<std::size_t>(x));
  std::uint8_t* pixel = &picture_.rgb[at];
  pixel[0] = over(pixel[0], color.r, opacity);
  pixel[1] = over(pixel[1], color.g, opacity);
  pixel[2] = over(pixel[2], color.b, opacity);
}

void Canvas::paste(const Picture& picture, int x, int y) {
  std::size_t at = 0;
  for (int j = 0; j < picture.height; ++j) {
    for (int i = 0; i < picture.width; ++i, at += 3) {
      blend(x + i, y + j, {picture.rgb[at], picture.rgb[at + 1], picture.rgb[at + 2]}, 1);
    }
  }
}

void Canvas::fill(const Rect& area, Color color, double opacity) {
  for (int y = floorInt(area.y); y < area.bottom(); ++y) {
    const double rows = covered(y, area.y, area.height);
    for (int x = floorInt(area.x); x < area.right(); ++x) {
      blend(x, y, color, opacity * rows * covered(x, area.x, area.width));
    }
  }
}

void Canvas::outline(const Rect& area, Color color) {
  fill({area.x, area.y, area.width, 1}, color);
  fill({area.x, area.bottom() - 1, area.width, 1}, color);
  fill({area.x, area.y, 1, area.height}, color);
  fill({area.right() - 1, area.y, 1, area.height}, color);
}

void Canvas::polygon(const std::vector<Spot>& corners, Color color, double opacity) {
  Spot low = corners.front();
  Spot high = low;
  for (const Spot& corner : corners) {
    low = {std::min(low.x, corner.x), std::min(low.y, corner.y)};
    high = {std::max(high.x, corner.x), std::max(high.y, corner.y)};
  }
  for (int y = floorInt(low.y); y <= high.y; ++y) {
    for (int x = floorInt(low.x); x <= high.x; ++x) {
      blend(x, y, color, opacity * coverage(x, y, corners));
    }
  }
}

void Canvas::line(const Spot& a, const Spot& b, double width_px, Color color, double opacity) {
  const double reach = width_px / 2 + 1;
  for (int y = floorInt(std::min(a.y, b.y) - reach); y <= std::max(a.y, b.y) + reach; ++y) {
    for (int x = floorInt(std::min(a.x, b.x) - reach); x <= std::max(a.x, b.x) + reach; ++x) {
      const double d = distanceToSegment({x + 0.5, y + 0.5}, a, b);
      blend(x, y, color, opacity * std::clamp(width_px / 2 + 0.5 - d, 0.0, 1.0));
    }
  }
}

void Canvas::disc(const Spot& center, double radius_px, Color color) {
  line(center, center, 2 * radius_px, color);
}

void Canvas::ring(const Spot& center, double radius_px, double width_px, Color color) {
  const double reach = radius_px + width_px / 2 + 1;
  for (int y = floorInt(center.y - reach); y <= center.y + reach; ++y) {
    for (int x = floorInt(center.x - reach); x <= center.x + reach; ++x) {
      const double d = std::hypot(x + 0.5 - center.x, y + 0.5 - center.y) - radius_px;
      blend(x, y, color, std::clamp(width_px / 2 + 0.5 - std::abs(d), 0.0, 1.0));
    }
  }
}

Rect Canvas::measure(const std::string& text, const TextStyle& style) {
  const Lettering letters = rasterize(text, style.size_px, style.bold);
  return {0, 0, static_cast<double>(letters.width), 1.25 * style.size_px};
}

void Canvas::text(const std::string& text, const Spot& at, const TextStyle& style, Align align) {
  const Lettering letters = rasterize(text, style.size_px, style.bold);
  const double shift = align == Align::left     ? 0.0
                       : align == Align::center ? letters.width / 2.0
                                                : letters.width;
  const int left = static_cast<int>(std::lround(at.x - shift));
  const int top =
      static_cast<int>(std::lround(at.y + 1.0 * style.size_px)) - letters.above_baseline;
  const auto draw = [&](int dx, int dy, Color color, double opacity) {
    for (int j = 0; j < letters.height; ++j) {
      for (int i = 0; i < letters.width; ++i) {
        blend(left + i + dx, top + j + dy, color, opacity * letters.coverage(i, j));
      }
    }
  };
  if (style.halo) {
    for (int k = 0; k < 9; ++k) {
      draw(k % 3 - 1, k / 3 - 1, isDark(style.color) ? kPaper : Color{0, 0, 0}, 0.8);
    }
  }
  draw(0, 0, style.color, 1);
}

}  // namespace neurovasc::scene
