#include "view_state.h"

#include <algorithm>
#include <utility>

#include "neurovasc/core/tube.h"

namespace neurovasc::viewer {
namespace {

constexpr double kAcrossWidth_mm = 16;  ///< nerve, its neighbour VIII and a vessel around them
constexpr double kLeastWidth_mm = 4;
constexpr double kMostWidth_mm = 400;
/// Along the nerve; a root is some 1.5 to 2 mm thick.
constexpr double kNerveStep_mm = 0.25;
constexpr double kLeastWindow = 0.01;

}  // namespace

scene::GreyWindow applied(const WindowShares& shares, const scene::GreyWindow& own) {
  const double range = own.white - own.black;
  return {own.black + shares.black * range, own.black + shares.white * range};
}

const std::vector<WindowPreset>& windowPresets() {
  static const std::vector<WindowPreset> presets = {{"Cistern", {0.0, 1.0}},
                                                    {"Nerve and vessel", {0.0, 0.6}},
                                                    {"Brainstem", {0.05, 0.4}},
                                                    {"Fluid", {0.35, 1.05}}};
  return presets;
}

bool ShowOptions::isOutlined(scene::PartKind kind) const {
  const bool surrounds = kind == scene::PartKind::brain || kind == scene::PartKind::canal ||
                         kind == scene::PartKind::labyrinth;
  return hidden.count(kind) == 0 && (surroundings || !surrounds);
}

ViewState::ViewState(QObject* parent) : QObject(parent) {}

void ViewState::setStage(const Point3& center, double width_mm, double step_mm,
                         std::array<std::vector<Point3>, 2> nerves_mm) {
  stage_center_ = center;
  stage_width_mm_ = width_mm;
  step_mm_ = step_mm;
  nerves_ = std::move(nerves_mm);
  side_ = hasNerve(Side::left) || !hasNerve(Side::right) ? Side::left : Side::right;
  crosshair_ = center;
  fit();
  followNerve();
}

void ViewState::setNerves(std::array<std::vector<Point3>, 2> nerves_mm) {
  nerves_ = std::move(nerves_mm);
  setCrosshair(crosshair_);
}

void ViewState::setCrosshair(const Point3& p) {
  crosshair_ = p;
  const Side other = opposite(side_);
  if (hasNerve(other) && (!hasNerve(side_) || project(nerveOf(other), p).distance_mm <
                                                  project(nerveOf(side_), p).distance_mm)) {
    side_ = other;
  }
  followNerve();
  Q_EMIT crosshairMoved();
  Q_EMIT changed();
}

void ViewState::followNerve() {
  if (hasNerve(side_)) {
    along_mm_ = project(nerveOf(side_), crosshair_).arclength_mm;
  }
}

void ViewState::goTo(const Point3& p, double width_mm) {
  setCrosshair(p);
  for (const Orientation o : kOrientations) {
    field(o).width_mm = std::min(field(o).width_mm, width_mm);
    center(o, p);
  }
  Q_EMIT changed();
}

void ViewState::scroll(Orientation orientation, int slices) {
  if (orientation != Orientation::perpendicular) {
    setCrosshair(crosshair_ + slices * step_mm_ * anchored(orientation).towardViewer());
  } else if (hasNerve(side_)) {
    const std::vector<Point3>& line = nerveOf(side_);
    // Towards the viewer is towards the brainstem.
    const double s = std::clamp(along_mm_ - slices * kNerveStep_mm, 0.0, lengthOf(line));
    setCrosshair(neurovasc::pointAt(line, s));
  }
}

void ViewState::setSide(Side side) {
  if (results_shown_ && hasNerve(side)) {
    setCrosshair(neurovasc::pointAt(nerveOf(side), std::min(along_mm_, lengthOf(nerveOf(side)))));
  }
}

SlicePlane ViewState::anchored(Orientation orientation) const {
  if (orientation == Orientation::perpendicular && hasNerve(side_)) {
    const std::vector<Point3>& line = nerveOf(side_);
    return planeAcross(neurovasc::pointAt(line, along_mm_), tangentAt(line, along_mm_));
  }
  SlicePlane plane = patientPlane(orientation, stage_center_);
  plane.center_mm += plane.depthOf(crosshair_) * plane.towardViewer();
  return plane;
}

SlicePlane ViewState::plane(Orientation orientation, int width_px) const {
  SlicePlane plane = anchored(orientation);
  const Field& shown = field(orientation);
  plane.mm_per_pixel = shown.width_mm / std::max(1, width_px);
  plane.center_mm += shown.pan_right_mm * plane.right + shown.pan_up_mm * plane.up;
  return plane;
}

void ViewState::center(Orientation orientation, const Point3& p) {
  const SlicePlane plane = anchored(orientation);
  field(orientation).pan_right_mm = dot(p - plane.center_mm, plane.right);
  field(orientation).pan_up_mm = dot(p - plane.center_mm, plane.up);
}

void ViewState::zoom(Orientation orientation, double factor) {
  double& width = field(orientation).width_mm;
  width = std::clamp(width / factor, kLeastWidth_mm, kMostWidth_mm);
  Q_EMIT changed();
}

void ViewState::pan(Orientation orientation, double right_mm, double up_mm) {
  field(orientation).pan_right_mm += right_mm;
  field(orientation).pan_up_mm += up_mm;
  Q_EMIT changed();
}

void ViewState::fit() {
  fields_.fill({stage_width_mm_, 0, 0});
  field(Orientation::perpendicular).width_mm = kAcrossWidth_mm;
  Q_EMIT changed();
}

void ViewState::setWindow(const WindowShares& window) {
  window_ = {window.black, std::max(window.white, window.black + kLeastWindow)};
  Q_EMIT changed();
}

void ViewState::setBlend(double share) {
  blend_ = std::clamp(share, 0.0, 1.0);
  Q_EMIT changed();
}

void ViewState::setOverIsCeT1(bool on) {
  over_is_ce_t1_ = on;
  Q_EMIT changed();
}

void ViewState::setShow(const ShowOptions& show) {
  show_ = show;
  Q_EMIT showChanged();
  Q_EMIT changed();
}

void ViewState::setResultsShown(bool shown) {
  results_shown_ = shown;
  Q_EMIT showChanged();
  Q_EMIT changed();
}

void ViewState::setMeasuring(bool on) {
  measuring_ = on;
  Q_EMIT measuringChanged(on);
}

void ViewState::addMeasure(const Measure& measure) {
  measures_.push_back(measure);
  Q_EMIT changed();
}

void ViewState::clearMeasures() {
  measures_.clear();
  Q_EMIT changed();
}

void ViewState::selectContact(const std::string& id) {
  selected_ = id;
  Q_EMIT contactSelected(id);
  Q_EMIT changed();
}

}  // namespace neurovasc::viewer
