#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// Calls @p visit(offset, position) for the voxels within @p radius_mm of @p center.
template <typename Visit>
void forBall(const GridGeometry& grid, const Point3& center, double radius_mm, Visit visit) {
  const Vec3 index = grid.toIndex(center);
  std::array<int, 3> low{};
  std::array<int, 3> high{};
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    const double reach = radius_mm / grid.spacing_mm[a];
    low[axis] = std::max(0, static_cast<int>(std::ceil(index[a] - reach)));
    high[axis] = std::min(grid.size[axis] - 1, static_cast<int>(std::floor(index[a] + reach)));
  }
  for (int k = low[2]; k <= high[2]; ++k) {
    for (int j = low[1]; j <= high[1]; ++j) {
      for (int i = low[0]; i <= high[0]; ++i) {
        const Point3 p = grid.toLps(i, j, k);
        if (distance(p, center) <= radius_mm) visit(grid.offset(i, j, k), p);
      }
    }
  }
}

}  // namespace neurovasc::anatomy
