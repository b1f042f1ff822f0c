#include "sheet.h"

#include <cairo-pdf.h>

#include <cmath>
#include <cstdint>
#include <cstring>

#include "neurovasc/core/error.h"

namespace neurovasc::pdf {
namespace {

constexpr const char* kFont = "DejaVu Sans";
/// Cairo writes the time of the run unless it is told another; this one is nobody's.
constexpr const char* kNoTime = "2000-01-01T00:00:00Z";
constexpr double kHatchStep_pt = 4;

cairo_status_t append(void* to, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void require(bool holds, const char* message, const char* hint) {
  if (!holds) {
    throw Error(ErrorCode::internal, message, hint);
  }
}

void require(cairo_status_t status) {
  require(status == CAIRO_STATUS_SUCCESS, cairo_status_to_string(status),
          "report.pdf could not be drawn; --without pdf leaves it out.");
}

/// Glyphs stand where they would on paper, not on a screen's pixels.
void useExactMetrics(cairo_t* cairo) {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_set_font_options(cairo, options);
  cairo_font_options_destroy(options);
}

/// Without any font Pango would end the program.
void requireFont(PangoLayout* layout) {
  PangoFontDescription* description = pango_font_description_from_string(kFont);
  PangoFont* font = pango_context_load_font(pango_layout_get_context(layout), description);
  pango_font_description_free(description);
  require(font != nullptr, "no font is installed",
          "Install fonts-dejavu-core, or leave report.pdf out by --without pdf.");
  g_object_unref(font);
}

void destroyString(void* data) { delete static_cast<std::string*>(data); }

}  // namespace

Sheet::Sheet(const std::string& title, const std::string& creator)
    : surface_(cairo_pdf_surface_create_for_stream(append, &bytes_, kA4Width_pt, kA4Height_pt)),
      cairo_(cairo_create(surface_.get())) {
  require(cairo_status(cairo_.get()));
  cairo_surface_t* surface = surface_.get();
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, creator.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, kNoTime);
  setUpText();
}

Sheet::Sheet(double pixels_per_point)
    : surface_(cairo_image_surface_create(
          CAIRO_FORMAT_RGB24, static_cast<int>(std::lround(kA4Width_pt * pixels_per_point)),
          static_cast<int>(std::lround(kA4Height_pt * pixels_per_point)))),
      cairo_(cairo_create(surface_.get())) {
  require(cairo_status(cairo_.get()));
  cairo_scale(cairo_.get(), pixels_per_point, pixels_per_point);
  fill({0, 0, kA4Width_pt, kA4Height_pt}, {1, 1, 1});
  setUpText();
}

void Sheet::setUpText() {
  useExactMetrics(cairo_.get());
  layout_.reset(pango_cairo_create_layout(cairo_.get()));
  PangoContext* context = pango_layout_get_context(layout_.get());
  pango_cairo_context_set_resolution(context, 72);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
  requireFont(layout_.get());
}

void Sheet::setColor(const Color& color) {
  cairo_set_source_rgb(cairo_.get(), color.red, color.green, color.blue);
}

PangoLayout* Sheet::layoutOf(const std::string& text, double width, const TextLook& look) {
  PangoFontDescription* font = pango_font_description_from_string(kFont);
  pango_font_description_set_absolute_size(font, look.size_pt * PANGO_SCALE);
  pango_font_description_set_weight(font, look.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout_.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout_.get(),
                         width > 0 ? static_cast<int>(std::ceil(width * PANGO_SCALE)) : -1);
  pango_layout_set_alignment(layout_.get(), look.centered ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  pango_layout_set_text(layout_.get(), text.c_str(), static_cast<int>(text.size()));
  return layout_.get();
}

double Sheet::textHeight(const std::string& text, double width, const TextLook& look) {
  int height = 0;
  pango_layout_get_size(layoutOf(text, width, look), nullptr, &height);
  return static_cast<double>(height) / PANGO_SCALE;
}

double Sheet::textWidth(const std::string& text, const TextLook& look) {
  int width = 0;
  pango_layout_get_size(layoutOf(text, 0, look), &width, nullptr);
  return static_cast<double>(width) / PANGO_SCALE;
}

void Sheet::text(const std::string& text, double x, double y, double width, const TextLook& look) {
  setColor(look.color);
  cairo_move_to(cairo_.get(), x, y);
  pango_cairo_show_layout(cairo_.get(), layoutOf(text, width, look));
}

void Sheet::fill(const Area& area, const Color& color) {
  setColor(color);
  cairo_rectangle(cairo_.get(), area.x, area.y, area.width, area.height);
  cairo_fill(cairo_.get());
}

void Sheet::hatch(const Area& area, const Color& color) {
  cairo_save(cairo_.get());
  cairo_rectangle(cairo_.get(), area.x, area.y, area.width, area.height);
  cairo_clip(cairo_.get());
  for (double x = area.x - area.height; x < area.x + area.width; x += kHatchStep_pt) {
    line(x, area.y + area.height, x + area.height, area.y, color);
  }
  cairo_restore(cairo_.get());
}

void Sheet::pill(const Area& area, const Color& fill, const Color& line) {
  cairo_t* cairo = cairo_.get();
  const double radius = area.height / 2;
  cairo_new_sub_path(cairo);
  cairo_arc(cairo, area.x + area.width - radius, area.y + radius, radius, -M_PI_2, M_PI_2);
  cairo_arc(cairo, area.x + radius, area.y + radius, radius, M_PI_2, 3 * M_PI_2);
  cairo_close_path(cairo);
  setColor(fill);
  cairo_fill_preserve(cairo);
  setColor(line);
  cairo_set_line_width(cairo, 0.8);
  cairo_stroke(cairo);
}

void Sheet::line(double x0, double y0, double x1, double y1, const Color& color) {
  setColor(color);
  cairo_set_line_width(cairo_.get(), 0.5);
  cairo_move_to(cairo_.get(), x0, y0);
  cairo_line_to(cairo_.get(), x1, y1);
  cairo_stroke(cairo_.get());
}

void Sheet::image(const Image& image, const Area& area) {
  cairo_surface_t* pixels =
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height);
  // Cairo frees the bytes with the surface, which lives until the file is finished.
  auto held = std::make_unique<std::string>(image.jpeg);
  const auto* data = reinterpret_cast<const unsigned char*>(held->data());
  const std::size_t size = held->size();
  cairo_surface_set_mime_data(pixels, CAIRO_MIME_TYPE_JPEG, data, size, destroyString,
                              held.release());
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), area.x, area.y);
  cairo_scale(cairo_.get(), area.width / image.width, area.height / image.height);
  cairo_set_source_surface(cairo_.get(), pixels, 0, 0);
  cairo_paint(cairo_.get());
  cairo_restore(cairo_.get());
  cairo_surface_destroy(pixels);
}

void Sheet::nextPage() { cairo_show_page(cairo_.get()); }

std::string Sheet::finish() {
  cairo_surface_finish(surface_.get());
  require(cairo_surface_status(surface_.get()));
  return std::move(bytes_);
}

scene::Picture Sheet::picture() const {
  cairo_surface_t* surface = surface_.get();
  cairo_surface_flush(surface);
  scene::Picture picture;
  picture.width = cairo_image_surface_get_width(surface);
  picture.height = cairo_image_surface_get_height(surface);
  const unsigned char* row = cairo_image_surface_get_data(surface);
  for (int y = 0; y < picture.height; ++y, row += cairo_image_surface_get_stride(surface)) {
    for (int x = 0; x < picture.width; ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, row + 4 * x, sizeof pixel);
      for (const int shift : {16, 8, 0}) {
        picture.rgb.push_back(static_cast<std::uint8_t>(pixel >> shift));
      }
    }
  }
  return picture;
}

}  // namespace neurovasc::pdf
