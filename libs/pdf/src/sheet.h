#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include <memory>
#include <string>

#include "neurovasc/scene/picture.h"

namespace neurovasc::pdf {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr double kA4Width_pt = 210 * kPointsPerMm;
constexpr double kA4Height_pt = 297 * kPointsPerMm;

/// Shares of 1, sRGB.
struct Color {
  double red = 0;
  double green = 0;
  double blue = 0;
};

inline constexpr Color kInk{0.1, 0.11, 0.13};
inline constexpr Color kSoftInk{0.33, 0.36, 0.39};
inline constexpr Color kRule{0.75, 0.77, 0.79};

/// Points from the page's top left corner.
struct Area {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
};

struct TextLook {
  double size_pt = 9;
  bool bold = false;
  Color color = kInk;
  bool centered = false;
};

/// A picture as its JPEG bytes, which go into the file as they are.
struct Image {
  int width = 0;
  int height = 0;
  std::string jpeg;

  double aspect() const { return static_cast<double>(width) / height; }
};

/// A PDF file in the making: pages of A4, drawn one after the other; or one page as a picture.
/// Lengths in points.
class Sheet {
 public:
  explicit Sheet(const std::string& title, const std::string& creator);
  /// A white page of pixels.
  explicit Sheet(double pixels_per_point);

  /// How high @p text is when it is broken at @p width.
  double textHeight(const std::string& text, double width, const TextLook& look);
  /// How wide @p text is on one line.
  double textWidth(const std::string& text, const TextLook& look);
  /// Draws text from its top left corner.
  void text(const std::string& text, double x, double y, double width, const TextLook& look);
  void fill(const Area& area, const Color& color);
  /// Oblique lines over an area.
  void hatch(const Area& area, const Color& color);
  void pill(const Area& area, const Color& fill, const Color& line);
  void line(double x0, double y0, double x1, double y1, const Color& color);
  void image(const Image& image, const Area& area);
  void nextPage();

  /// The whole file; nothing can be drawn after.
  std::string finish();

  /// What is drawn on a page of pixels.
  scene::Picture picture() const;

 private:
  template <auto release>
  struct Release {
    template <typename T>
    void operator()(T* object) const {
      release(object);
    }
  };

  PangoLayout* layoutOf(const std::string& text, double width, const TextLook& look);
  void setColor(const Color& color);
  void setUpText();

  std::string bytes_;
  std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>> surface_;
  std::unique_ptr<cairo_t, Release<cairo_destroy>> cairo_;
  std::unique_ptr<PangoLayout, Release<g_object_unref>> layout_;
};

}  // namespace neurovasc::pdf
