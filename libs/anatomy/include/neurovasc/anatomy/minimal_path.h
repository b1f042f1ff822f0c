#pragma once

#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// A path through a grid and what it cost.
struct GridPath {
  std::vector<Point3> points_mm;  ///< voxel centres from a source to the target, LPS; empty: none
  double cost = 0;                ///< integral of the cost along it
  double mean_cost = 0;           ///< cost per mm
};

/// The path of least integrated cost from any of @p sources to the nearest voxel set in @p targets
/// (Dijkstra over 26 neighbours, steps weighted by their length in mm and the mean cost of their
/// ends). @p cost is per mm; voxels with a cost that is not positive are walls. The way to a source
/// costs nothing. Two equal paths: the one found first, always the same.
GridPath minimalPath(const ImageF& cost, const std::vector<std::size_t>& sources,
                     const Mask& targets, const Progress& progress);

}  // namespace neurovasc::anatomy
