#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cell_grid.h"
#include "frames.h"
#include "furniture.h"
#include "labels.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/section.h"
#include "neurovasc/scene/views.h"
#include "panel.h"
#include "ribbon.h"
#include "slice_paint.h"

namespace neurovasc::scene {
namespace {

constexpr Color kBlack = {0, 0, 0};
constexpr double kBefore_mm = 6;  // of brainstem before the root
constexpr double kAround_mm = 8;  // above and below the nerve
constexpr int kCutsEachWay = 2;
constexpr double kCutStep_mm = 1;
constexpr double kCutField_mm = 10;
constexpr double kLargeFields = 3;  // of the field near the contact

const SceneNerve& nerveOf(const SceneContent& content, Side side) {
  const SceneNerve* nerve = facialNerveOf(content, side);
  if (nerve == nullptr) {
    throw Error(ErrorCode::usage, fmt::format("no facial nerve is drawn on the {}", name(side)),
                "Choose the other side, or see report.txt for why it was not found.");
  }
  return *nerve;
}

/// One image with what it is called.
struct Shown {
  ColorAt color;
  const char* name;
};

std::vector<Shown> imagesOf(const SceneContent& content) {
  std::vector<Shown> shown = {{greys(content.t2), "T2"}};
  if (content.tof) {
    shown.push_back({greys(*content.tof), "TOF"});
  }
  return shown;
}

Picture finished(Canvas canvas, const Layout& layout, const SceneContent& content, PanelParts parts,
                 const std::string& title, const PictureOptions& options) {
  parts.gap_colors = false;
  parts.brain = false;
  parts.ears = false;
  parts.outlines = true;
  drawPanel(canvas, layout, content, parts, options.gap_range_mm);
  drawHeaderAndFooter(canvas, layout, title, content.label);
  return canvas.take();
}

/// A curved slice in its cell.
struct Flat {
  Rect cell;
  double mm_per_pixel = 1;
  double middle_u_mm = 0;
  bool outward_is_right = true;
  double length_mm = 0;

  Spot spot(const Vec3& flat) const {
    const double x = (outward_is_right ? flat.x : length_mm - flat.x) / mm_per_pixel;
    return {cell.x + x, cell.center().y - (flat.y - middle_u_mm) / mm_per_pixel};
  }
  Vec3 flat(double x, double y) const {
    const double h = (x - cell.x) * mm_per_pixel;
    return {outward_is_right ? h : length_mm - h,
            middle_u_mm - (y - cell.center().y) * mm_per_pixel, 0};
  }
};

/// A direction of sweep: its ribbon, and how much of it is shown.
struct Sweep {
  Ribbon ribbon;
  const char* name;
  double middle_u_mm;
  double height_mm;
  std::vector<Outline> outlines;  ///< laid flat
};

Sweep sweepOf(const SceneNerve& nerve, const std::vector<Outline>& outlines, const Vec3& direction,
              const char* name) {
  Sweep sweep{Ribbon(nerve.tube.points_mm, direction, kBefore_mm), name, 0, 0, {}};
  double low = 1e9;
  double high = -1e9;
  for (const Point3& p : nerve.tube.points_mm) {
    low = std::min(low, dot(p, direction));
    high = std::max(high, dot(p, direction));
  }
  sweep.middle_u_mm = (low + high) / 2;
  sweep.height_mm = high - low + 2 * kAround_mm;
  for (const Outline& outline : outlines) {
    sweep.outlines.push_back({sweep.ribbon.flattened(outline.mesh), outline.color});
  }
  return sweep;
}

/// The nerve seen swept from front to back, which keeps its course in the coronal plane, and from
/// below upwards.
std::vector<Sweep> sweepsOf(const SceneContent& content, const SceneNerve& nerve) {
  const std::vector<Outline> outlines = outlinesOf(content);
  return {sweepOf(nerve, outlines, {0, -1, 0}, "swept front to back"),
          sweepOf(nerve, outlines, {0, 0, 1}, "swept up and down")};
}

/// Where the cells of the sweeps stand, and their scale, one for all.
struct CurvedLayout {
  double gap = 0;
  double caption = 0;
  double mm_per_pixel = 1;
  std::vector<double> tops;
  double bottom = 0;
};

CurvedLayout layOut(const Layout& layout, const std::vector<Sweep>& sweeps, int columns) {
  CurvedLayout out;
  out.gap = 8 * layout.unit;
  out.caption = std::round(26 * layout.unit);
  double longest = 0;
  double height = 0;
  for (const Sweep& sweep : sweeps) {
    longest = std::max(longest, sweep.ribbon.length_mm());
    height += sweep.height_mm;
  }
  const double wide = (layout.scene.width - (columns + 1) * out.gap) / columns;
  const double high =
      layout.scene.height - static_cast<double>(sweeps.size()) * (out.gap + out.caption);
  out.mm_per_pixel = std::max(longest / wide, height / high);
  out.bottom = layout.scene.y;
  for (const Sweep& sweep : sweeps) {
    out.tops.push_back(std::round(out.bottom + out.caption));
    out.bottom = out.tops.back() + std::floor(sweep.height_mm / out.mm_per_pixel) + out.gap;
  }
  return out;
}

void drawMarks(Canvas& canvas, const Flat& flat, const Ribbon& ribbon, const SceneNerve& nerve,
               double unit) {
  const NerveLandmarks& marks = nerve.landmarks;
  const std::array<std::pair<const std::optional<Landmark>*, const char*>, 3> all = {
      {{&marks.root_exit_point, "root exit"},
       {&marks.detachment_point, "detachment"},
       {&marks.porus, "porus"}}};
  const TextStyle style{14 * unit, kPaper, false, true};
  double y = flat.cell.y + 38 * unit;  // below the edge letter
  for (const auto& [mark, text] : all) {
    if (!*mark) {
      continue;
    }
    const double x = flat.spot(ribbon.flat((*mark)->lps_mm)).x;
    canvas.fill({x, flat.cell.y, 1, flat.cell.height}, kPaper, 0.35);
    const double width = Canvas::measure(text, style).width + 4 * unit;
    const bool fits = x + width < flat.cell.right() - 30 * unit;
    canvas.text(text, {fits ? x + 4 * unit : x - 4 * unit, y}, style,
                fits ? Align::left : Align::right);
    y += 17 * unit;  // neighbours do not cover each other
  }
}

std::array<std::string, 4> lettersOf(const Sweep& sweep, const Flat& flat) {
  const Vec3 outward = sweep.ribbon.at(flat.length_mm, 0) - sweep.ribbon.at(kBefore_mm, 0);
  const Vec3 right = normalized(flat.outward_is_right ? outward : -outward);
  return {scene::lettersOf(right).substr(0, 1), scene::lettersOf(sweep.ribbon.sweep()),
          scene::lettersOf(-right).substr(0, 1), scene::lettersOf(-sweep.ribbon.sweep())};
}

void drawNumbers(Canvas& canvas, const Flat& flat, const Sweep& sweep,
                 const std::vector<ContactOnSide>& contacts, double unit) {
  LabelPlacer placer(flat.cell);
  for (const Rect& box : edgeLetterBoxes(flat.cell, lettersOf(sweep, flat), unit)) {
    placer.reserve(box);
  }
  std::vector<Label2d> labels;
  for (const ContactOnSide& found : contacts) {
    if (found.contact->nerve_point_mm) {
      labels.push_back({found.contact->id,
                        flat.spot(sweep.ribbon.flat(*found.contact->nerve_point_mm)), kInk, true,
                        found.contact->contact_probability.value_or(0) >= kProbable});
    }
  }
  drawLabels(canvas, placer, labels, unit * 0.85);
}

void drawCurved(Canvas& canvas, const Flat& flat, const Sweep& sweep, const Shown& shown,
                double unit) {
  canvas.clipTo(flat.cell);
  paint(
      canvas, flat.cell,
      [&](double x, double y) {
        const Vec3 at = flat.flat(x, y);
        return sweep.ribbon.at(at.x, at.y);
      },
      shown.color);
  for (const Outline& outline : sweep.outlines) {
    for (const Segment& s : sectionOf(outline.mesh, {}, {0, 0, 1})) {
      canvas.line(flat.spot(s[0]), flat.spot(s[1]), 1.5 * unit, outline.color);
    }
  }
  drawScaleBar(canvas, {flat.cell.x + 10 * unit, flat.cell.bottom() - 12 * unit}, flat.mm_per_pixel,
               0.2 * flat.cell.width, unit, kPaper);
}

Flat flatOf(const Sweep& sweep, const CurvedLayout& curved, const Layout& layout, std::size_t row,
            int column, Side side) {
  Flat flat;
  flat.mm_per_pixel = curved.mm_per_pixel;
  flat.middle_u_mm = sweep.middle_u_mm;
  flat.outward_is_right = side == Side::left;
  flat.length_mm = sweep.ribbon.length_mm();
  const double width = std::floor(flat.length_mm / flat.mm_per_pixel);
  flat.cell = {std::round(layout.scene.x + curved.gap + column * (width + curved.gap)),
               curved.tops[row], width, std::floor(sweep.height_mm / flat.mm_per_pixel)};
  return flat;
}

/// As high as the curved slices need.
PictureOptions trimmed(PictureOptions options, const std::vector<Sweep>& sweeps, int columns) {
  const Layout layout = layoutOf(options);
  const double spare = layout.scene.bottom() - layOut(layout, sweeps, columns).bottom;
  // The legend beside it needs its room.
  const double least = 0.62 * options.height_px;
  options.height_px = static_cast<int>(std::max(least, options.height_px - std::max(0.0, spare)));
  return options;
}

PanelParts partsOf(const SceneContent& content, Side side) {
  PanelParts parts;
  parts.contacts = contactsOf(content, side);
  parts.findings = sidesOf(content, side);
  return parts;
}

/// Cuts across the nerve at a contact.
struct AcrossCuts {
  std::vector<double> places_mm;  ///< arc lengths
  std::size_t middle = 0;
};

AcrossCuts cutsAt(double at_mm, double length_mm) {
  AcrossCuts cuts;
  for (int n = -kCutsEachWay; n <= kCutsEachWay; ++n) {
    const double s = at_mm + n * kCutStep_mm;
    if (n == 0) {
      cuts.middle = cuts.places_mm.size();
    }
    if (n == 0 || (s >= 0 && s <= length_mm)) {
      cuts.places_mm.push_back(s);
    }
  }
  return cuts;
}

/// As it is told in words, so that figures beside each other agree.
double arclengthOf(const SceneContent& content, const ContactOnSide& found) {
  const Point3 place = placeOf(content, found).axis_mm;
  const std::vector<Point3>& line = nerveOf(content, found.side).tube.points_mm;
  return found.contact->arclength_mm.value_or(project(line, place).arclength_mm);
}

/// One row of cuts across the nerve.
struct AcrossRow {
  Shown shown;
  bool outlined;
};

std::vector<AcrossRow> acrossRows(const SceneContent& content) {
  std::vector<AcrossRow> rows = {{imagesOf(content)[0], false}};
  for (const Shown& shown : imagesOf(content)) {
    rows.push_back({shown, true});
  }
  return rows;
}

ViewFrame acrossFrame(const std::vector<Point3>& line, double s_mm, const Rect& cell) {
  // The mean direction over the neighbourhood: that of one place would turn with noise.
  const Vec3 outward = pointAt(line, s_mm + 1) - pointAt(line, s_mm - 1);
  return sliceFrame(pointAt(line, s_mm), -outward, {0, 0, 1}, cell, kCutField_mm);
}

}  // namespace

Picture renderAlongNerve(const SceneContent& content, Side side, const PictureOptions& given,
                         const Progress& progress) {
  validate(given);
  const SceneNerve& nerve = nerveOf(content, side);
  const std::vector<Shown> images = imagesOf(content);
  const int columns = static_cast<int>(images.size());
  const std::vector<Sweep> sweeps = sweepsOf(content, nerve);
  const PictureOptions options = trimmed(given, sweeps, columns);
  const Layout layout = layoutOf(options);
  const CurvedLayout curved = layOut(layout, sweeps, columns);
  Canvas canvas(options.width_px, options.height_px, kBlack);
  for (std::size_t row = 0; row < sweeps.size(); ++row) {
    for (int column = 0; column < columns; ++column) {
      progress.stop().throwIfStopped();
      const Sweep& sweep = sweeps[row];
      const Shown& shown = images[static_cast<std::size_t>(column)];
      const Flat flat = flatOf(sweep, curved, layout, row, column, side);
      drawCurved(canvas, flat, sweep, shown, layout.unit);
      drawMarks(canvas, flat, sweep.ribbon, nerve, layout.unit);
      drawEdgeLetters(canvas, flat.cell, lettersOf(sweep, flat), layout.unit, kPaper);
      drawNumbers(canvas, flat, sweep, contactsOf(content, side), layout.unit);
      canvas.clipToAll();
      drawCaption(canvas, flat.cell, fmt::format("{} along the nerve, {}", shown.name, sweep.name),
                  layout.unit);
    }
  }
  return finished(std::move(canvas), layout, content, partsOf(content, side),
                  fmt::format("Curved slices along the nerve, {}", name(side)), options);
}

Picture renderContactAcross(const SceneContent& content, const std::string& contact_id,
                            const PictureOptions& given, const Progress& progress) {
  validate(given);
  const ContactOnSide found = findContact(content, contact_id);
  const std::vector<Point3>& line = nerveOf(content, found.side).tube.points_mm;
  const AcrossCuts cuts = cutsAt(arclengthOf(content, found), lengthOf(line));
  const std::vector<AcrossRow> rows = acrossRows(content);
  const int columns = 2 * kCutsEachWay + 1;
  const PictureOptions options = trimmedTo(given, static_cast<int>(rows.size()), columns);
  const Layout layout = layoutOf(options);
  const CellGrid grid = cellGridFor(layout, static_cast<int>(rows.size()), columns);
  const std::vector<Outline> outlines = outlinesOf(content);
  Canvas canvas(options.width_px, options.height_px, kBlack);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t n = 0; n < cuts.places_mm.size(); ++n) {
      progress.stop().throwIfStopped();
      const Rect cell = grid.cell(static_cast<int>(row) * columns + static_cast<int>(n));
      const double s = cuts.places_mm[n];
      drawSlice(canvas,
                {cell, acrossFrame(line, s, cell),
                 fmt::format("{} at {:.1f} mm", rows[row].shown.name, s), false, n == cuts.middle},
                rows[row].shown.color, rows[row].outlined ? outlines : std::vector<Outline>{},
                layout.unit * 0.95);
    }
  }
  PanelParts parts;
  parts.numbers = false;
  parts.contacts = {found};
  parts.further = {{"Places", {"mm along the nerve from the root exit point"}}};
  return finished(std::move(canvas), layout, content, parts,
                  fmt::format("Across the nerve at contact {}, {}", contact_id, name(found.side)),
                  options);
}

Picture renderFusion(const SceneContent& content, Side side, const PictureOptions& given,
                     const Progress& progress) {
  validate(given);
  nerveOf(content, side);
  if (!content.tof) {
    throw Error(ErrorCode::usage, "there is no TOF to lay over T2",
                "Only studies with a TOF series that was registered have this picture.");
  }
  const PictureOptions options = trimmedTo(given, 2, 3);
  const Layout layout = layoutOf(options);
  const CellGrid grid = cellGridFor(layout, 2, 3);
  const Point3 center = clockCenter(content, side);
  const ColorAt color = fusedColors(content.t2, *content.tof, flowWindow(content));
  Canvas canvas(options.width_px, options.height_px, kBlack);
  for (int n = 0; n < 6; ++n) {
    progress.stop().throwIfStopped();
    const PatientCut& cut = patientCuts()[static_cast<std::size_t>(n % 3)];
    const double field = options.slice_field_mm * (n < 3 ? 1 : kLargeFields);
    const Rect cell = grid.cell(n);
    drawSlice(canvas,
              {cell, sliceFrame(center, cross(cut.right, cut.up), cut.up, cell, field),
               fmt::format("{}, {} = {:.1f} mm", cut.name, "xyz"[cut.axis], center[cut.axis])},
              color, {}, layout.unit);
  }
  PanelParts parts = partsOf(content, side);
  parts.keys = false;
  parts.numbers = false;
  parts.further = {
      {"Colours",
       {"T2 in greys", "what flows, far brighter than brain in TOF, in orange to yellow"}}};
  return finished(std::move(canvas), layout, content, parts,
                  fmt::format("TOF over T2, {}", name(side)), options);
}

}  // namespace neurovasc::scene
