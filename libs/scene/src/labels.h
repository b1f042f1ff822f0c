#pragma once

#include <optional>
#include <string>
#include <vector>

#include "canvas.h"

namespace neurovasc::scene {

/// Puts labels beside the things they name so that they cover neither each other nor what was
/// reserved, as far as there is room.
class LabelPlacer {
 public:
  /// Labels stay within @p area.
  explicit LabelPlacer(const Rect& area) : area_(area) {}

  void reserve(const Rect& box) { taken_.push_back(box); }

  /// A free box of the size of @p box near @p anchor, the nearest of a fixed order of places; if
  /// all are taken, the first within the area. It is reserved.
  Rect place(const Rect& box, const Spot& anchor, double nearest_px);

  /// A box of the size of @p box right on @p anchor, if that is free. It is reserved.
  std::optional<Rect> placeOnIfFree(const Rect& box, const Spot& anchor);

  /// As place(), but nothing where all places are taken.
  std::optional<Rect> placeIfFree(const Rect& box, const Spot& anchor, double nearest_px);

 private:
  bool isFree(const Rect& box) const;

  Rect area_;
  std::vector<Rect> taken_;
};

/// A label that is to stand beside its anchor.
struct Label2d {
  std::string text;
  Spot anchor;
  Color color = kInk;
  bool boxed = false;   ///< a number in a frame, with a line to its anchor
  bool filled = false;  ///< white on black, to stand out
};

/// Places and draws @p labels, the first ones first: numbers in a frame beside what they point at,
/// in any case; names on what they name, else beside it, and left out where there is no room.
void drawLabels(Canvas& canvas, LabelPlacer& placer, const std::vector<Label2d>& labels,
                double unit);

}  // namespace neurovasc::scene
