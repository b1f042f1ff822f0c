#pragma once

#include <optional>
#include <vector>

#include "panel.h"
#include "plate.h"

namespace neurovasc::scene {

/// How deep a place lies below what the surgeon meets first.
struct Depth {
  double mm = 0;
  /// False: the images end before the cerebellum's outer surface is met, so it is deeper than that.
  bool whole = true;
};

/// From @p p along @p toward_viewer to where the line of sight leaves the brain for the last time,
/// or to the end of the T2 image if that comes first. Empty where there is no image.
std::optional<Depth> depthOf(const SceneContent& content, const Point3& p,
                             const Vec3& toward_viewer);

/// What a surgeon asks of the retrosigmoid view beside the picture: the depth of each contact of
/// @p side, what the picture does not show of that side, and what the data do not tell apart.
std::vector<PanelNote> surgeonsNotes(const Plate& plate, const SceneContent& content, Side side);

}  // namespace neurovasc::scene
