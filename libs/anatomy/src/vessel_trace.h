#pragma once

#include <cstdint>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"
#include "neurovasc/imaging/tubularness.h"

namespace neurovasc::anatomy {

inline constexpr int kNoLine = -1;

/// A ridge of tubularness, from its first point to its last.
struct TracedLine {
  std::vector<Point3> points_mm;
  std::vector<double> radius_mm;  ///< of the filter scale that answered best
  std::vector<double> response;
  int first_on = kNoLine;  ///< the line into which the first (last) point ran
  int last_on = kNoLine;
};

struct TraceOptions {
  double seed_contrast = 0.24;
  double follow_contrast = 0.11;
  double gap_mm = 1.5;
  double min_length_mm = 4.0;
  double step_mm = 0.25;
  double margin_mm = 0.35;  ///< kept free around a traced line's radius
};

/// Follows the ridges of @p map from their strongest points both ways, in descending order of
/// strength, so that every tube is found once. @p radii_mm are the scales of the map. Lines in
/// @p known (traced before on another scale) are walls: a line that runs into one ends on it. A
/// line crosses another one when it goes on beyond. Returns @p known followed by the new lines.
std::vector<TracedLine> traceRidges(const imaging::TubularnessMap& map,
                                    const std::vector<double>& radii_mm, const GridGeometry& grid,
                                    std::vector<TracedLine> known, const TraceOptions& options,
                                    const Progress& progress);

}  // namespace neurovasc::anatomy
