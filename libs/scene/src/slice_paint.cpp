#include "slice_paint.h"

#include <algorithm>
#include <cmath>

#include "furniture.h"
#include "neurovasc/scene/section.h"

namespace neurovasc::scene {
namespace {

constexpr Color kCrossHair = {255, 255, 255};
constexpr Color kFrameGrey = {70, 70, 70};
constexpr int kOutlineSides = 32;
constexpr double kOutlineStep_mm = 0.25;

double shareOf(double value, const GreyWindow& window) {
  return std::clamp((value - window.black) / (window.white - window.black), 0.0, 1.0);
}

/// Brain lies between these on T2, as shares of the window from dark to fluid.
constexpr double kDarkerThanBrain = 0.12;
constexpr double kBrighterThanBrain = 0.5;
constexpr std::size_t kSampling = 17;  // voxels: some thousands are enough, spread over all rows

double quantile(std::vector<double>& values, double fraction) {
  if (values.empty()) {
    return 0;
  }
  const auto n = static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + n, values.end());
  return values[static_cast<std::size_t>(n)];
}

Point3 placeOfVoxel(const GridGeometry& grid, std::size_t at) {
  const auto ni = static_cast<std::size_t>(grid.size[0]);
  const auto nj = static_cast<std::size_t>(grid.size[1]);
  return grid.toLps(static_cast<int>(at % ni), static_cast<int>(at / ni % nj),
                    static_cast<int>(at / ni / nj));
}

std::vector<double> flowOnArteries(const SceneContent& content) {
  std::vector<double> flow;
  for (const Vessel& vessel : content.vessels) {
    for (const Point3& p : vessel.tube.points_mm) {
      if (vessel.kind == VesselKind::artery && content.tof->image.geometry().contains(p)) {
        flow.push_back(interpolate(content.tof->image, p));
      }
    }
  }
  return flow;
}

std::uint8_t byteOf(double share) { return static_cast<std::uint8_t>(std::lround(255 * share)); }

/// Open in the middle, so that the place itself stays visible.
void drawCrossHair(Canvas& canvas, const Rect& cell, double gap_px) {
  const Spot c = cell.center();
  const double length = cell.width / 2 - gap_px;
  canvas.fill({cell.x, c.y - 0.5, length, 1}, kCrossHair, 0.55);
  canvas.fill({c.x + gap_px, c.y - 0.5, length, 1}, kCrossHair, 0.55);
  canvas.fill({c.x - 0.5, cell.y, 1, length}, kCrossHair, 0.55);
  canvas.fill({c.x - 0.5, c.y + gap_px, 1, length}, kCrossHair, 0.55);
}

}  // namespace

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
  for (const bool facial : {false, true}) {
    for (const SceneNerve& nerve : content.nerves) {
      if ((nerve.name == NerveName::facial) == facial) {
        add(nerve.tube, onBlack(colorOf(nerve.name)));
      }
    }
  }
  return outlines;
}

ColorAt greys(const SceneImage& shown) {
  return [&shown](const Point3& p) -> std::optional<Color> {
    if (!shown.image.geometry().contains(p)) {
      return std::nullopt;
    }
    const std::uint8_t v = byteOf(shareOf(interpolate(shown.image, p), shown.window));
    return Color{v, v, v};
  };
}

GreyWindow flowWindow(const SceneContent& content) {
  std::vector<double> brain;
  std::vector<double> all;
  const GridGeometry& grid = content.t2.image.geometry();
  for (std::size_t at = 0; at < grid.voxelCount(); at += kSampling) {
    const Point3 p = placeOfVoxel(grid, at);
    if (!content.tof->image.geometry().contains(p)) {
      continue;
    }
    all.push_back(interpolate(content.tof->image, p));
    const double share = shareOf(content.t2.image[at], content.t2.window);
    if (share > kDarkerThanBrain && share < kBrighterThanBrain) {
      brain.push_back(all.back());
    }
  }
  const double from = quantile(brain, 0.5);
  std::vector<double> flow = flowOnArteries(content);
  const double to =
      std::max(flow.empty() ? quantile(all, 0.999) : quantile(flow, 0.5), from + 1e-6);
  return {from + 0.25 * (to - from), from + 0.6 * (to - from)};
}

ColorAt fusedColors(const SceneImage& t2, const SceneImage& tof, const GreyWindow& flow) {
  return [&t2, &tof, flow](const Point3& p) -> std::optional<Color> {
    if (!t2.image.geometry().contains(p)) {
      return std::nullopt;
    }
    const double grey = shareOf(interpolate(t2.image, p), t2.window);
    const bool both = tof.image.geometry().contains(p);
    const double share = both ? shareOf(interpolate(tof.image, p), flow) : 0;
    const auto mixed = [&](double flow_color) {
      return byteOf((1 - share) * grey + share * flow_color);
    };
    return Color{mixed(1.0), mixed(0.35 + 0.45 * share), mixed(0.1 * share)};
  };
}

void paint(Canvas& canvas, const Rect& cell, const PlaceAt& place, const ColorAt& color) {
  for (int y = static_cast<int>(cell.y); y < cell.bottom(); ++y) {
    for (int x = static_cast<int>(cell.x); x < cell.right(); ++x) {
      if (const auto found = color(place(x + 0.5, y + 0.5))) {
        canvas.set(x, y, *found);
      }
    }
  }
}

PlaceAt placesIn(const ViewFrame& frame) {
  return [frame](double x, double y) {
    return frame.center_mm + (x - frame.center_x_px) * frame.mm_per_pixel * frame.right -
           (y - frame.center_y_px) * frame.mm_per_pixel * frame.up;
  };
}

void drawSlice(Canvas& canvas, const SliceCell& slice, const ColorAt& color,
               const std::vector<Outline>& outlines, double unit) {
  const ViewFrame& frame = slice.frame;
  const Rect& cell = slice.cell;
  canvas.clipTo(cell);
  paint(canvas, cell, placesIn(frame), color);
  for (const Outline& outline : outlines) {
    for (const Segment& s : sectionOf(outline.mesh, frame.center_mm, frame.toward_viewer)) {
      canvas.line(spotOf(frame, s[0]), spotOf(frame, s[1]), 1.5 * unit, outline.color);
    }
  }
  if (slice.cross_hair) {
    drawCrossHair(canvas, cell, cell.width * 0.12);
  }
  drawEdgeLetters(canvas, cell, frame.edge_letters, unit, kPaper);
  drawScaleBar(canvas, {std::round(cell.x + 10 * unit), std::round(cell.bottom() - 12 * unit)},
               frame.mm_per_pixel, 0.25 * cell.width, unit, kPaper);
  canvas.clipToAll();
  drawCaption(canvas, cell, slice.caption, unit);
  canvas.outline(cell, slice.emphasized ? kPaper : kFrameGrey);
}

const std::array<PatientCut, 3>& patientCuts() {
  static constexpr std::array<PatientCut, 3> kCuts = {{{"axial", 2, {1, 0, 0}, {0, -1, 0}},
                                                       {"coronal", 1, {1, 0, 0}, {0, 0, 1}},
                                                       {"sagittal", 0, {0, 1, 0}, {0, 0, 1}}}};
  return kCuts;
}

ViewFrame sliceFrame(const Point3& center, const Vec3& toward_viewer, const Vec3& up_hint,
                     const Rect& cell, double field_mm) {
  ViewFrame frame = lookAt(center, toward_viewer, up_hint, cell);
  frame.mm_per_pixel = field_mm / cell.width;
  return frame;
}

void drawCaption(Canvas& canvas, const Rect& cell, const std::string& caption, double unit) {
  const TextStyle style{14.5 * unit, kPaper, false, false};
  canvas.text(fitted(caption, style, cell.width), {cell.x, cell.y - 23 * unit}, style);
}

}  // namespace neurovasc::scene
