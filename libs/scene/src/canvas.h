#pragma once

#include <string>
#include <vector>

#include "neurovasc/scene/picture.h"
#include "palette.h"

namespace neurovasc::scene {

/// A place in a picture, px from its top left corner; pixel (i, j) covers [i, i+1) x [j, j+1).
struct Spot {
  double x = 0;
  double y = 0;
};

/// A rectangle in a picture, px.
struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
  Spot center() const { return {x + width / 2, y + height / 2}; }
  bool overlaps(const Rect& b) const {
    return x < b.right() && b.x < right() && y < b.bottom() && b.y < bottom();
  }
  bool within(const Rect& b) const {
    return x >= b.x && y >= b.y && right() <= b.right() && bottom() <= b.bottom();
  }
};

enum class Align { left, center, right };

struct TextStyle {
  double size_px = 14;
  Color color = kInk;
  bool bold = false;
  bool halo = false;  ///< outlined against the picture below: dark text in white, light in black
};

/// Draws on a picture: text, lines and areas, smooth at their edges. On the processor alone, so
/// that slices need no renderer and every picture comes out the same.
class Canvas {
 public:
  Canvas(int width, int height, Color background);

  const Picture& picture() const { return picture_; }
  Picture take() { return std::move(picture_); }

  /// Lays @p picture with its top left corner at whole pixel (@p x, @p y).
  void paste(const Picture& picture, int x, int y);
  void set(int x, int y, Color color) { blend(x, y, color, 1); }

  void fill(const Rect& area, Color color, double opacity = 1);
  void outline(const Rect& area, Color color);
  /// A convex area, its corners in either turn.
  void polygon(const std::vector<Spot>& corners, Color color, double opacity = 1);
  void line(const Spot& a, const Spot& b, double width_px, Color color, double opacity = 1);
  void disc(const Spot& center, double radius_px, Color color);
  void ring(const Spot& center, double radius_px, double width_px, Color color);

  /// Width and height of one line of text; the height is that of the style, not of the letters.
  static Rect measure(const std::string& text, const TextStyle& style);
  /// Draws one line of UTF-8 text; @p at is its top left, top centre or top right.
  void text(const std::string& text, const Spot& at, const TextStyle& style,
            Align align = Align::left);

  /// Nothing is drawn outside @p area until the next call.
  void clipTo(const Rect& area) { clip_ = area; }
  void clipToAll() { clip_ = all(); }
  Rect all() const {
    return {0, 0, static_cast<double>(picture_.width), static_cast<double>(picture_.height)};
  }

 private:
  void blend(int x, int y, Color color, double opacity);

  Picture picture_;
  Rect clip_;
};

}  // namespace neurovasc::scene
