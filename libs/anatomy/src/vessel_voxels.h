#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// The offset of the voxel nearest to @p p, which lies inside @p grid.
inline std::size_t nearestVoxel(const GridGeometry& grid, const Point3& p) {
  const Vec3 index = grid.toIndex(p);
  std::array<int, 3> n{};
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    n[axis] = std::clamp(static_cast<int>(std::lround(index[a])), 0, grid.size[axis] - 1);
  }
  return grid.offset(n[0], n[1], n[2]);
}

/// The position of the voxel at @p offset.
inline Point3 lpsOf(const GridGeometry& grid, std::size_t offset) {
  const auto nx = static_cast<std::size_t>(grid.size[0]);
  const auto ny = static_cast<std::size_t>(grid.size[1]);
  return grid.toLps(static_cast<int>(offset % nx), static_cast<int>(offset / nx % ny),
                    static_cast<int>(offset / (nx * ny)));
}

/// Calls visit(offset, distance in mm) for the voxels within @p reach_mm of @p p.
template <typename Visit>
void visitBall(const GridGeometry& grid, const Point3& p, double reach_mm, const Visit& visit) {
  const Vec3 centre = grid.toIndex(p);
  std::array<int, 3> lower{};
  std::array<int, 3> upper{};
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    const double reach = reach_mm / grid.spacing_mm[a];
    lower[axis] = std::max(0, static_cast<int>(std::ceil(centre[a] - reach)));
    upper[axis] = std::min(grid.size[axis] - 1, static_cast<int>(std::floor(centre[a] + reach)));
  }
  for (int k = lower[2]; k <= upper[2]; ++k) {
    for (int j = lower[1]; j <= upper[1]; ++j) {
      for (int i = lower[0]; i <= upper[0]; ++i) {
        const Vec3 d{(i - centre.x) * grid.spacing_mm.x, (j - centre.y) * grid.spacing_mm.y,
                     (k - centre.z) * grid.spacing_mm.z};
        if (norm(d) <= reach_mm) {
          visit(grid.offset(i, j, k), norm(d));
        }
      }
    }
  }
}

/// @p image on a grid of twice the spacing: means over blocks of 2 x 2 x 2 voxels.
ImageF halved(const ImageF& image, int threads);

/// Whether no voxel around (i, j, k) exceeds it; the caller keeps one voxel off the border.
inline bool isLocalMaximum(const ImageF& image, int i, int j, int k) {
  const float centre = image(i, j, k);
  for (int c = -1; c <= 1; ++c) {
    for (int b = -1; b <= 1; ++b) {
      for (int a = -1; a <= 1; ++a) {
        if (image(i + a, j + b, k + c) > centre) {
          return false;
        }
      }
    }
  }
  return true;
}

}  // namespace neurovasc::anatomy
