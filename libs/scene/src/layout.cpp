#include "layout.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::scene {
namespace {

constexpr double kHeaderPx = 44;
constexpr double kFooterPx = 34;
constexpr double kPanelPx = 262;
/// A second letter is given from 27 degrees off the first axis.
constexpr double kSecondLetter = 0.45;

std::array<int, 3> axesBySize(const Vec3& v) {
  std::array<int, 3> axes = {0, 1, 2};
  std::stable_sort(axes.begin(), axes.end(),
                   [&v](int a, int b) { return std::abs(v[a]) > std::abs(v[b]); });
  return axes;
}

char letterOf(int axis, bool positive) { return (positive ? "LPS" : "RAI")[axis]; }

}  // namespace

Layout layoutOf(const PictureOptions& options) {
  Layout layout;
  layout.unit = std::min(options.width_px / 1200.0, options.height_px / 900.0);
  const double header = std::round(kHeaderPx * layout.unit);
  const double footer = std::round(kFooterPx * layout.unit);
  const double panel = std::round(kPanelPx * layout.unit);
  const double width = options.width_px;
  const double height = options.height_px;
  layout.header = {0, 0, width, header};
  layout.footer = {0, height - footer, width, footer};
  layout.panel = {width - panel, header, panel, height - header - footer};
  layout.scene = {0, header, width - panel, height - header - footer};
  return layout;
}

Spot spotOf(const ViewFrame& frame, const Point3& p) {
  const Vec3 d = p - frame.center_mm;
  return {frame.center_x_px + dot(d, frame.right) / frame.mm_per_pixel,
          frame.center_y_px - dot(d, frame.up) / frame.mm_per_pixel};
}

ViewFrame lookAt(const Point3& center, const Vec3& toward_viewer, const Vec3& up_hint,
                 const Rect& scene) {
  ViewFrame frame;
  frame.center_mm = center;
  frame.toward_viewer = normalized(toward_viewer);
  Vec3 right = cross(up_hint, frame.toward_viewer);
  if (norm(right) < 1e-3) {
    right = perpendicularTo(frame.toward_viewer);
  }
  frame.right = normalized(right);
  frame.up = cross(frame.toward_viewer, frame.right);
  frame.center_x_px = scene.center().x;
  frame.center_y_px = scene.center().y;
  frame.edge_letters = {lettersOf(frame.right), lettersOf(frame.up), lettersOf(-frame.right),
                        lettersOf(-frame.up)};
  return frame;
}

std::string lettersOf(const Vec3& direction) {
  const std::array<int, 3> axes = axesBySize(direction);
  std::string letters(1, letterOf(axes[0], direction[axes[0]] > 0));
  if (std::abs(direction[axes[1]]) > kSecondLetter) {
    letters += letterOf(axes[1], direction[axes[1]] > 0);
  }
  return letters;
}

std::string wordOf(const Vec3& direction, Side side) {
  const int axis = axesBySize(direction)[0];
  const bool positive = direction[axis] > 0;
  if (axis == 0) {
    return positive == (side == Side::left) ? "lateral" : "medial";
  }
  if (axis == 1) {
    return positive ? "posterior" : "anterior";
  }
  return positive ? "cranial" : "caudal";
}

}  // namespace neurovasc::scene
