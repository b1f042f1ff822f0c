#include "furniture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "neurovasc/core/version.h"

namespace neurovasc::scene {
namespace {

TextStyle letterStyle(double unit, Color ink) { return {20 * unit, ink, true, true}; }

constexpr double kGrazing = 0.02;  // faces seen at less than about a degree are edges
constexpr double kLegible = 0.2;   // a letter on a face turned farther away cannot be read

/// The face at @p out, whose edges run along @p a and @p b.
template <typename ToSpot>
void drawCubeFace(Canvas& canvas, const ToSpot& spot, const Vec3& out, const Vec3& a, const Vec3& b,
                  double facing) {
  const std::vector<Spot> corners = {spot(out + a + b), spot(out - a + b), spot(out - a - b),
                                     spot(out + a - b)};
  const auto grey = static_cast<std::uint8_t>(std::lround(200 + 45 * facing));
  canvas.polygon(corners, {grey, grey, grey}, 0.92);
  for (std::size_t i = 0; i < 4; ++i) {
    canvas.line(corners[i], corners[(i + 1) % 4], 1.2, kGreyInk);
  }
}

/// Takes a whole UTF-8 character off the end.
void dropLast(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) {
    text.pop_back();
  }
  if (!text.empty()) {
    text.pop_back();
  }
}

}  // namespace

ScaleBar scaleBarFor(double mm_per_pixel, double longest_px) {
  const double longest_mm = longest_px * mm_per_pixel;
  const double decade = std::pow(10, std::floor(std::log10(longest_mm)));
  double length = decade;
  for (const double step : {2.0, 5.0}) {
    // A hair's tolerance, so that a bar that just fits is taken whatever the rounding.
    if (step * decade <= longest_mm * (1 + 1e-9)) {
      length = step * decade;
    }
  }
  return {length, length / mm_per_pixel};
}

void drawScaleBar(Canvas& canvas, const Spot& left_end, double mm_per_pixel, double longest_px,
                  double unit, Color ink) {
  const ScaleBar bar = scaleBarFor(mm_per_pixel, longest_px);
  const double thick = std::max(2.0, std::round(3 * unit));
  const double tick = std::round(5 * unit);
  const Color back = ink == kInk ? kPaper : Color{0, 0, 0};
  canvas.fill({left_end.x - 1, left_end.y - 1, bar.length_px + 2, thick + 2}, back, 0.7);
  canvas.fill({left_end.x, left_end.y, bar.length_px, thick}, ink);
  canvas.fill({left_end.x, left_end.y - tick, 2, tick}, ink);
  canvas.fill({left_end.x + bar.length_px - 2, left_end.y - tick, 2, tick}, ink);
  canvas.text(fmt::format("{:g} mm", bar.length_mm),
              {left_end.x + bar.length_px / 2, left_end.y - 22 * unit},
              {14 * unit, ink, true, true}, Align::center);
}

void drawHeaderAndFooter(Canvas& canvas, const Layout& layout, const std::string& title,
                         const std::string& label) {
  const double u = layout.unit;
  const Rect& header = layout.header;
  canvas.fill(header, kPanel);
  canvas.fill({0, header.bottom() - 1, header.width, 1}, kRule);
  const TextStyle title_style{21 * u, kInk, true, false};
  canvas.text(title, {14 * u, header.y + 9 * u}, title_style);
  const double used = Canvas::measure(title, title_style).width + 60 * u;
  const TextStyle label_style{16 * u, kInk, false, false};
  canvas.text(fitted(label, label_style, header.width - used), {header.right() - 14 * u, 12 * u},
              label_style, Align::right);
  const Rect& footer = layout.footer;
  canvas.fill(footer, kPanel);
  canvas.fill({0, footer.y, footer.width, 1}, kRule);
  canvas.text(std::string(kResearchUseOnly), {14 * u, footer.y + 8 * u},
              {14 * u, kInk, true, false});
  canvas.text("neurovasc " + std::string(version()), {footer.right() - 14 * u, footer.y + 8 * u},
              {14 * u, kGreyInk, false, false}, Align::right);
}

std::array<Rect, 4> edgeLetterBoxes(const Rect& area, const std::array<std::string, 4>& letters,
                                    double unit) {
  const TextStyle style = letterStyle(unit, kInk);
  const double gap = 10 * unit;
  const Spot middle = area.center();
  std::array<Rect, 4> boxes;
  for (std::size_t i = 0; i < 4; ++i) {
    boxes[i] = Canvas::measure(letters[i], style);
    boxes[i].x = middle.x - boxes[i].width / 2;
    boxes[i].y = middle.y - boxes[i].height / 2;
  }
  boxes[0].x = area.right() - gap - boxes[0].width;
  boxes[1].y = area.y + gap;
  boxes[2].x = area.x + gap;
  boxes[3].y = area.bottom() - gap - boxes[3].height;
  return boxes;
}

void drawEdgeLetters(Canvas& canvas, const Rect& area, const std::array<std::string, 4>& letters,
                     double unit, Color ink) {
  const std::array<Rect, 4> boxes = edgeLetterBoxes(area, letters, unit);
  for (std::size_t i = 0; i < 4; ++i) {
    canvas.text(letters[i], {boxes[i].x, boxes[i].y}, letterStyle(unit, ink));
  }
}

void drawOrientationCube(Canvas& canvas, const Rect& area, const ViewFrame& frame) {
  constexpr std::array<Vec3, 3> kAxes = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  const double half = area.width / 2 / std::sqrt(3.0);
  const Spot middle = area.center();
  const auto spot = [&](const Vec3& p) {
    return Spot{middle.x + half * dot(p, frame.right), middle.y - half * dot(p, frame.up)};
  };
  for (std::size_t face = 0; face < 6; ++face) {
    const Vec3 out = (face % 2 == 0 ? 1.0 : -1.0) * kAxes[face / 2];
    const double facing = dot(out, frame.toward_viewer);
    if (facing > kGrazing) {
      drawCubeFace(canvas, spot, out, kAxes[(face / 2 + 1) % 3], kAxes[(face / 2 + 2) % 3], facing);
      const TextStyle style{1.1 * half * std::min(1.0, 0.45 + facing), kInk, true, false};
      const Spot at = spot(out);
      if (facing > kLegible) {
        canvas.text(lettersOf(out), {at.x, at.y - 0.62 * style.size_px}, style, Align::center);
      }
    }
  }
}

Rect cubeBox(const Rect& scene, double unit) {
  const double side = 84 * unit;
  return {scene.right() - side - 10 * unit, scene.y + 10 * unit, side, side};
}

std::string fitted(const std::string& text, const TextStyle& style, double width_px) {
  std::string cut = text;
  std::string shown = text;
  while (!cut.empty() && Canvas::measure(shown, style).width > width_px) {
    dropLast(cut);
    shown = cut + "...";
  }
  return cut.empty() ? std::string() : shown;
}

}  // namespace neurovasc::scene
