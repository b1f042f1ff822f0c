// Slices through a contact, drawn on the processor: they need no renderer.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cell_grid.h"
#include "frames.h"
#include "furniture.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/dates.h"
#include "panel.h"
#include "slice_paint.h"

namespace neurovasc::scene {
namespace {

constexpr Color kBlack = {0, 0, 0};

ViewFrame frameOf(const PatientCut& cut, const Point3& center, const Rect& cell, double field_mm) {
  return sliceFrame(center, cross(cut.right, cut.up), cut.up, cell, field_mm);
}

int columnsWith(bool with_tof) { return with_tof ? 3 : 2; }

/// One row of three cuts for each image, or without TOF two rows of two cells.
CellGrid gridFor(const Layout& layout, bool with_tof) {
  return cellGridFor(layout, 2, columnsWith(with_tof));
}

class SlicePlate {
 public:
  SlicePlate(const Point3& center, const PictureOptions& options)
      : center_(center),
        field_mm_(options.slice_field_mm),
        layout_(layoutOf(options)),
        canvas_(options.width_px, options.height_px, kBlack) {}

  void drawCell(const Rect& cell, const PatientCut& cut, const SceneImage& shown,
                const std::vector<Outline>& outlines, const std::string& modality) {
    const std::string caption = fmt::format("{} {}, {} = {:.1f} mm", modality, cut.name,
                                            "xyz"[cut.axis], center_[cut.axis]);
    drawSlice(canvas_, {cell, frameOf(cut, center_, cell, field_mm_), caption}, greys(shown),
              outlines, layout_.unit);
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
  const CellGrid grid = gridFor(layoutOf(trimmedTo(options, 2, columnsWith(with_tof))), with_tof);
  std::array<ViewFrame, 3> frames;
  for (std::size_t i = 0; i < 3; ++i) {
    frames[i] =
        frameOf(patientCuts()[i], center, grid.cell(static_cast<int>(i)), options.slice_field_mm);
  }
  return frames;
}

Picture renderContactSlices(const SceneContent& content, const std::string& contact_id,
                            const PictureOptions& options, const Progress& progress) {
  validate(options);
  const ContactOnSide found = placedContact(content, contact_id);
  const PictureOptions used = trimmedTo(options, 2, columnsWith(content.tof.has_value()));
  SlicePlate plate(centerOf(*found.contact), used);
  const std::vector<Outline> outlines = outlinesOf(content);
  const CellGrid grid = gridFor(plate.layout(), content.tof.has_value());
  for (int i = 0; i < 3; ++i) {
    progress.stop().throwIfStopped();
    const PatientCut& cut = patientCuts()[static_cast<std::size_t>(i)];
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
  const CellGrid grid = cellGridFor(plate.layout(), static_cast<int>(rows.size()), 3);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    progress.stop().throwIfStopped();
    for (std::size_t i = 0; i < 3; ++i) {
      plate.drawCell(grid.cell(static_cast<int>(3 * row + i)), patientCuts()[i], *rows[row].image,
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
