#include "labels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace neurovasc::scene {
namespace {

constexpr int kRings = 8;
constexpr double kPi = 3.14159265358979323846;
/// Right-hand places first, as on a map.
constexpr std::array<double, 12> kDirections_deg = {-30, 30,  -60, 60, -150, 150,
                                                    0,   180, -90, 90, -120, 120};

Rect beside(const Rect& box, const Spot& anchor, double distance_px, double degrees) {
  const double c = std::cos(degrees * kPi / 180);
  const double s = std::sin(degrees * kPi / 180);
  const Spot middle = {anchor.x + c * (distance_px + box.width / 2),
                       anchor.y + s * (distance_px + box.height / 2)};
  return {middle.x - box.width / 2, middle.y - box.height / 2, box.width, box.height};
}

/// The point of @p box nearest to @p p.
Spot nearestOf(const Rect& box, const Spot& p) {
  return {std::clamp(p.x, box.x, box.right()), std::clamp(p.y, box.y, box.bottom())};
}

void drawBoxed(Canvas& canvas, const Label2d& label, const Rect& box, TextStyle style) {
  canvas.line(nearestOf(box, label.anchor), label.anchor, 3.4, kPaper);
  canvas.line(nearestOf(box, label.anchor), label.anchor, 1.6, label.color);
  canvas.fill(box, label.filled ? label.color : kPaper);
  canvas.outline(box, label.filled ? kPaper : label.color);
  style.color = label.filled ? kPaper : label.color;
  canvas.text(label.text, {box.center().x, box.y + 1}, style, Align::center);
}

/// What a number points at is not written over.
void keepAnchorsFree(LabelPlacer& placer, const std::vector<Label2d>& labels, double unit) {
  const double half = 8 * unit;
  for (const Label2d& label : labels) {
    if (label.boxed) {
      placer.reserve({label.anchor.x - half, label.anchor.y - half, 2 * half, 2 * half});
    }
  }
}

/// On its thing, where it cannot be taken for a neighbour's name, else beside it.
std::optional<Rect> placeForName(LabelPlacer& placer, const Rect& box, const Spot& anchor,
                                 double unit) {
  const auto on = placer.placeOnIfFree(box, anchor);
  return on ? on : placer.placeIfFree(box, anchor, 12 * unit);
}

}  // namespace

bool LabelPlacer::isFree(const Rect& box) const {
  return box.within(area_) && std::none_of(taken_.begin(), taken_.end(),
                                           [&box](const Rect& b) { return b.overlaps(box); });
}

std::optional<Rect> LabelPlacer::placeOnIfFree(const Rect& box, const Spot& anchor) {
  const Rect on = {anchor.x - box.width / 2, anchor.y - box.height / 2, box.width, box.height};
  if (!isFree(on)) {
    return std::nullopt;
  }
  reserve(on);
  return on;
}

std::optional<Rect> LabelPlacer::placeIfFree(const Rect& box, const Spot& anchor,
                                             double nearest_px) {
  for (int place = 0; place < kRings * static_cast<int>(kDirections_deg.size()); ++place) {
    const int ring = place / static_cast<int>(kDirections_deg.size());
    const double degrees =
        kDirections_deg[static_cast<std::size_t>(place) % kDirections_deg.size()];
    const Rect candidate = beside(box, anchor, nearest_px * (1 + 0.8 * ring), degrees);
    if (isFree(candidate)) {
      reserve(candidate);
      return candidate;
    }
  }
  return std::nullopt;
}

Rect LabelPlacer::place(const Rect& box, const Spot& anchor, double nearest_px) {
  if (const auto free = placeIfFree(box, anchor, nearest_px)) {
    return *free;
  }
  Rect chosen = box;
  chosen.x = std::clamp(anchor.x, area_.x, area_.right() - box.width);
  chosen.y = std::clamp(anchor.y, area_.y, area_.bottom() - box.height);
  reserve(chosen);
  return chosen;
}

void drawLabels(Canvas& canvas, LabelPlacer& placer, const std::vector<Label2d>& labels,
                double unit) {
  keepAnchorsFree(placer, labels, unit);
  for (const Label2d& label : labels) {
    const TextStyle style{(label.boxed ? 17 : 15) * unit, label.color, true, !label.boxed};
    Rect box = Canvas::measure(label.text, style);
    box.width += label.boxed ? 10 * unit : 4;
    box.height += 2;
    if (label.boxed) {
      drawBoxed(canvas, label, placer.place(box, label.anchor, 34 * unit), style);
    } else if (const auto free = placeForName(placer, box, label.anchor, unit)) {
      canvas.text(label.text, {free->center().x, free->y}, style, Align::center);
    }
  }
}

}  // namespace neurovasc::scene
