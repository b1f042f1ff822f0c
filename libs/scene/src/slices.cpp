// Slices through a contact, drawn on the processor: they need no renderer.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "frames.h"
#include "furniture.h"
#include "panel.h"
#include "section.h"

namespace neurovasc::scene {
namespace {

constexpr Color kBlack = {0, 0, 0};
constexpr Color kCrossHair = {255, 255, 255};
constexpr int kOutlineSides = 32;
constexpr double kOutlineStep_mm = 0.25;

struct Cut {
  const char* name;
  int axis;  ///< of LPS, across the slice
  Vec3 right;
  Vec3 up;
};

/// Radiological convention: the patient seen from the feet, from the front, from the left.
constexpr std::array<Cut, 3> kCuts = {{{"axial", 2, {1, 0, 0}, {0, -1, 0}},
                                       {"coronal", 1, {1, 0, 0}, {0, 0, 1}},
                                       {"sagittal", 0, {0, 1, 0}, {0, 0, 1}}}};

struct Outline {
  TriangleMesh mesh;
  Color color;
};

std::vector<Outline> outlinesOf(const SceneContent& content) {
  std::vector<Outline> outlines;
  const auto add = [&outlines](const Tube& tube, Color color) {
    if (tube.size() >= 2) {
      outlines.push_back({tubeSurface(resampled(tube, kOutlineStep_mm), kOutlineSides), color});
    }
  };
  for (const Pad& pad : content.pads) {
    outlines.push_back({pad.surface, onBlack(kPadColor)});
  }
  for (const Vessel& vessel : content.vessels) {
    add(vessel.tube, onBlack(colorOf(vessel.kind)));
  }
  for (const SceneNerve& nerve : content.nerves) {
    add(nerve.tube, onBlack(colorOf(nerve.name)));
  }
  return outlines;
}

std::uint8_t grey(double value, const GreyWindow& window) {
  const double f = (value - window.black) / (window.white - window.black);
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(f, 0.0, 1.0)));
}

Point3 pointAtPixel(const ViewFrame& frame, double x, double y) {
  return frame.center_mm + (x - frame.center_x_px) * frame.mm_per_pixel * frame.right -
         (y - frame.center_y_px) * frame.mm_per_pixel * frame.up;
}

void drawImage(Canvas& canvas, const Rect& cell, const ViewFrame& frame, const SceneImage& shown) {
  for (int y = static_cast<int>(cell.y); y < cell.bottom(); ++y) {
    for (int x = static_cast<int>(cell.x); x < cell.right(); ++x) {
      const Point3 p = pointAtPixel(frame, x + 0.5, y + 0.5);
      if (shown.image.geometry().contains(p)) {
        const std::uint8_t v = grey(interpolate(shown.image, p), shown.window);
        canvas.set(x, y, {v, v, v});
      }
    }
  }
}

/// Open in the middle, so that the contact itself stays visible.
void drawCrossHair(Canvas& canvas, const Rect& cell, double gap_px) {
  const Spot c = cell.center();
  const double length = cell.width / 2 - gap_px;
  canvas.fill({cell.x, c.y - 0.5, length, 1}, kCrossHair, 0.55);
  canvas.fill({c.x + gap_px, c.y - 0.5, length, 1}, kCrossHair, 0.55);
  canvas.fill({c.x - 0.5, cell.y, 1, length}, kCrossHair, 0.55);
  canvas.fill({c.x - 0.5, c.y + gap_px, 1, length}, kCrossHair, 0.55);
}

ViewFrame frameOf(const Cut& cut, const Point3& center, const Rect& cell, double field_mm) {
  ViewFrame frame = lookAt(center, cross(cut.right, cut.up), cut.up, cell);
  frame.mm_per_pixel = field_mm / cell.width;
  return frame;
}

/// One row of three cuts for each image, or without TOF two rows of two cells.
struct Grid {
  double side = 0;  ///< of a cell, px
  double gap = 0;
  double caption = 0;  ///< height of the line above each cell
  int columns = 3;
  Rect area;

  Rect cell(int index) const {
    const int column = index % columns;
    const int row = index / columns;
    return {std::round(area.x + gap + column * (side + gap)),
            std::round(area.y + caption + row * (side + caption + gap)), side, side};
  }
  double height() const { return 2 * (side + caption + gap); }
};

Grid gridFor(const Layout& layout, bool with_tof) {
  Grid grid;
  grid.area = layout.scene;
  grid.columns = with_tof ? 3 : 2;
  grid.gap = 8 * layout.unit;
  grid.caption = std::round(26 * layout.unit);
  const double wide = (grid.area.width - (grid.columns + 1) * grid.gap) / grid.columns;
  const double high = grid.area.height / 2 - grid.gap - grid.caption;
  grid.side = std::floor(std::min(wide, high));
  return grid;
}

/// As high as its slices need.
PictureOptions trimmed(PictureOptions options, bool with_tof) {
  const Layout layout = layoutOf(options);
  const double spare = layout.scene.height - gridFor(layout, with_tof).height();
  options.height_px -= static_cast<int>(std::max(0.0, spare));
  return options;
}

class SlicePlate {
 public:
  SlicePlate(const SceneContent& content, const Point3& center, const PictureOptions& options)
      : center_(center),
        field_mm_(options.slice_field_mm),
        layout_(layoutOf(options)),
        canvas_(options.width_px, options.height_px, kBlack),
        outlines_(outlinesOf(content)) {}

  void drawCell(const Rect& cell, const Cut& cut, const SceneImage& shown, const char* modality) {
    const double u = layout_.unit;
    const ViewFrame frame = frameOf(cut, center_, cell, field_mm_);
    canvas_.clipTo(cell);
    drawImage(canvas_, cell, frame, shown);
    for (const Outline& outline : outlines_) {
      for (const Segment& s : sectionOf(outline.mesh, center_, frame.toward_viewer)) {
        canvas_.line(spotOf(frame, s[0]), spotOf(frame, s[1]), 1.5 * u, outline.color);
      }
    }
    drawCrossHair(canvas_, cell, cell.width * 0.12);
    const std::string caption = fmt::format("{} {}, {} = {:.1f} mm", modality, cut.name,
                                            "xyz"[cut.axis], center_[cut.axis]);
    drawEdgeLetters(canvas_, cell, frame.edge_letters, u, kPaper);
    drawScaleBar(canvas_, {std::round(cell.x + 10 * u), std::round(cell.bottom() - 12 * u)},
                 frame.mm_per_pixel, 0.25 * cell.width, u, kPaper);
    canvas_.clipToAll();
    canvas_.text(caption, {cell.x, cell.y - 23 * u}, {14.5 * u, kPaper, false, false});
    canvas_.outline(cell, {70, 70, 70});
  }

  Picture finish(const SceneContent& content, const ContactOnSide& found,
                 const PictureOptions& options) {
    PanelParts parts;
    parts.gap_colors = false;
    parts.brain = false;
    parts.ears = false;
    parts.numbers = false;
    parts.outlines = true;
    parts.contacts = {found};
    drawPanel(canvas_, layout_, content, parts, options.gap_range_mm);
    drawHeaderAndFooter(
        canvas_, layout_,
        "Slices through contact " + found.contact->id + ", " + std::string(name(found.side)),
        content.label);
    return canvas_.take();
  }

  const Layout& layout() const { return layout_; }

 private:
  Point3 center_;
  double field_mm_;
  Layout layout_;
  Canvas canvas_;
  std::vector<Outline> outlines_;
};

Point3 centerOf(const Contact& contact) {
  const Point3 a = *contact.nerve_point_mm;
  return 0.5 * (a + contact.vessel_point_mm.value_or(a));
}

/// The contact called @p id; refuses one without a place.
ContactOnSide placedContact(const SceneContent& content, const std::string& id) {
  const ContactOnSide found = findContact(content, id);
  placeOf(content, found);
  return found;
}

}  // namespace

std::array<ViewFrame, 3> sliceFrames(const SceneContent& content, const std::string& contact_id,
                                     const PictureOptions& options) {
  validate(options);
  const Point3 center = centerOf(*placedContact(content, contact_id).contact);
  const bool with_tof = content.tof.has_value();
  const Grid grid = gridFor(layoutOf(trimmed(options, with_tof)), with_tof);
  std::array<ViewFrame, 3> frames;
  for (std::size_t i = 0; i < 3; ++i) {
    frames[i] = frameOf(kCuts[i], center, grid.cell(static_cast<int>(i)), options.slice_field_mm);
  }
  return frames;
}

Picture renderContactSlices(const SceneContent& content, const std::string& contact_id,
                            const PictureOptions& options, const Progress& progress) {
  validate(options);
  const ContactOnSide found = placedContact(content, contact_id);
  const PictureOptions used = trimmed(options, content.tof.has_value());
  SlicePlate plate(content, centerOf(*found.contact), used);
  const Grid grid = gridFor(plate.layout(), content.tof.has_value());
  for (int i = 0; i < 3; ++i) {
    progress.stop().throwIfStopped();
    const Cut& cut = kCuts[static_cast<std::size_t>(i)];
    plate.drawCell(grid.cell(i), cut, content.t2, "T2");
    if (content.tof) {
      plate.drawCell(grid.cell(i + 3), cut, *content.tof, "TOF");
    }
  }
  return plate.finish(content, found, used);
}

}  // namespace neurovasc::scene
