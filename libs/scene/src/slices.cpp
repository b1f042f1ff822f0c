// Slices through a contact, drawn on the processor: they need no renderer.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "frames.h"
#include "furniture.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/dates.h"
#include "panel.h"
#include "neurovasc/scene/section.h"

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

/// Rows of cells with a line above each.
struct Grid {
  double side = 0;  ///< of a cell, px
  double gap = 0;
  double caption = 0;  ///< height of the line above each cell
  int columns = 3;
  int rows = 2;
  Rect area;

  Rect cell(int index) const {
    const int column = index % columns;
    const int row = index / columns;
    return {std::round(area.x + gap + column * (side + gap)),
            std::round(area.y + caption + row * (side + caption + gap)), side, side};
  }
  double height() const { return rows * (side + caption + gap); }
};

Grid gridFor(const Layout& layout, int rows, int columns) {
  Grid grid;
  grid.area = layout.scene;
  grid.columns = columns;
  grid.rows = rows;
  grid.gap = 8 * layout.unit;
  grid.caption = std::round(26 * layout.unit);
  const double wide = (grid.area.width - (grid.columns + 1) * grid.gap) / grid.columns;
  const double high = grid.area.height / rows - grid.gap - grid.caption;
  grid.side = std::floor(std::min(wide, high));
  return grid;
}

/// One row of three cuts for each image, or without TOF two rows of two cells.
Grid gridFor(const Layout& layout, bool with_tof) { return gridFor(layout, 2, with_tof ? 3 : 2); }

/// As high as its slices need.
PictureOptions trimmed(PictureOptions options, bool with_tof) {
  const Layout layout = layoutOf(options);
  const double spare = layout.scene.height - gridFor(layout, with_tof).height();
  options.height_px -= static_cast<int>(std::max(0.0, spare));
  return options;
}

class SlicePlate {
 public:
  SlicePlate(const Point3& center, const PictureOptions& options)
      : center_(center),
        field_mm_(options.slice_field_mm),
        layout_(layoutOf(options)),
        canvas_(options.width_px, options.height_px, kBlack) {}

  void drawCell(const Rect& cell, const Cut& cut, const SceneImage& shown,
                const std::vector<Outline>& outlines, const std::string& modality) {
    const double u = layout_.unit;
    const ViewFrame frame = frameOf(cut, center_, cell, field_mm_);
    canvas_.clipTo(cell);
    drawImage(canvas_, cell, frame, shown);
    for (const Outline& outline : outlines) {
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

  Picture finish(const SceneContent& content, PanelParts parts, const std::string& title,
                 const PictureOptions& options) {
    parts.gap_colors = false;
    parts.brain = false;
    parts.ears = false;
    parts.numbers = false;
    parts.outlines = true;
    drawPanel(canvas_, layout_, content, parts, options.gap_range_mm);
    drawHeaderAndFooter(canvas_, layout_, title, content.label);
    return canvas_.take();
  }

  const Layout& layout() const { return layout_; }

 private:
  Point3 center_;
  double field_mm_;
  Layout layout_;
  Canvas canvas_;
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

const FollowedPlace& placeCalled(const DatesScene& scene, const std::string& id) {
  const auto found = std::find_if(scene.places.begin(), scene.places.end(),
                                  [&id](const FollowedPlace& place) { return place.id == id; });
  if (found == scene.places.end()) {
    throw Error(ErrorCode::usage, "there is no followed contact " + id,
                "comparison.json lists all of them.");
  }
  return *found;
}

/// An image of one date with what is outlined in it.
struct DateRow {
  const SceneImage* image;
  std::vector<Outline> outlines;
  std::string caption;
};

std::vector<DateRow> rowsOf(const DatesScene& scene) {
  const std::vector<Outline> first = outlinesOf(scene.first);
  const std::vector<Outline> later = outlinesOf(scene.later);
  std::vector<DateRow> rows = {{&scene.first.t2, first, "before, T2"},
                               {&scene.later.t2, later, "now, T2"}};
  if (scene.first.tof && scene.later.tof) {
    rows.push_back({&*scene.first.tof, first, "before, TOF"});
    rows.push_back({&*scene.later.tof, later, "now, TOF"});
  }
  return rows;
}

/// As high as so many rows of three cells, each as wide as the picture allows, need.
PictureOptions highEnough(PictureOptions options, int rows) {
  const Layout layout = layoutOf(options);
  const double gap = 8 * layout.unit;
  const double side = (layout.scene.width - 4 * gap) / 3;
  const double row = std::floor(side) + gap + std::round(26 * layout.unit);
  options.height_px =
      static_cast<int>(layout.header.height + layout.footer.height + rows * row + 1);
  return options;
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
  SlicePlate plate(centerOf(*found.contact), used);
  const std::vector<Outline> outlines = outlinesOf(content);
  const Grid grid = gridFor(plate.layout(), content.tof.has_value());
  for (int i = 0; i < 3; ++i) {
    progress.stop().throwIfStopped();
    const Cut& cut = kCuts[static_cast<std::size_t>(i)];
    plate.drawCell(grid.cell(i), cut, content.t2, outlines, "T2");
    if (content.tof) {
      plate.drawCell(grid.cell(i + 3), cut, *content.tof, outlines, "TOF");
    }
  }
  PanelParts parts;
  parts.contacts = {found};
  return plate.finish(content, parts,
                      "Slices through contact " + contact_id + ", " + std::string(name(found.side)),
                      used);
}

Picture renderDatesSlices(const DatesScene& scene, const std::string& place_id,
                          const PictureOptions& given, const Progress& progress) {
  validate(given);
  const FollowedPlace& place = placeCalled(scene, place_id);
  const std::vector<DateRow> rows = rowsOf(scene);
  const PictureOptions options = highEnough(given, static_cast<int>(rows.size()));
  SlicePlate plate(place.place_mm, options);
  const Grid grid = gridFor(plate.layout(), static_cast<int>(rows.size()), 3);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    progress.stop().throwIfStopped();
    for (std::size_t i = 0; i < 3; ++i) {
      plate.drawCell(grid.cell(static_cast<int>(3 * row + i)), kCuts[i], *rows[row].image,
                     rows[row].outlines, rows[row].caption);
    }
  }
  PanelParts parts;
  parts.notes_title = "Followed";
  parts.notes = {{place.id, place.lines}};
  SceneContent legend = scene.later;
  legend.nerves.insert(legend.nerves.end(), scene.first.nerves.begin(), scene.first.nerves.end());
  legend.vessels.insert(legend.vessels.end(), scene.first.vessels.begin(),
                        scene.first.vessels.end());
  return plate.finish(
      legend, parts,
      "Cuts through " + place.id + ", " + std::string(name(place.side)) + ", two dates", options);
}

}  // namespace neurovasc::scene
