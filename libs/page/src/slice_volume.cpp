#include "neurovasc/page/slice_volume.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::page {
namespace {

constexpr double kSteps = 255;
/// Shares of the window's width that are kept below black and above white.
constexpr double kBelow = 0.15;
constexpr double kAbove = 0.6;

/// The voxels of @p grid that reach into @p around, which may be oblique to it.
IndexBox indexBox(const GridGeometry& grid, const Box& around) {
  IndexBox box{grid.size, {0, 0, 0}};
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 index = grid.toIndex({(corner & 1) != 0 ? around.upper.x : around.lower.x,
                                     (corner & 2) != 0 ? around.upper.y : around.lower.y,
                                     (corner & 4) != 0 ? around.upper.z : around.lower.z});
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      const int low = static_cast<int>(std::floor(index[axis]));
      box.lower[a] = std::max(std::min(box.lower[a], low), 0);
      box.upper[a] = std::min(std::max(box.upper[a], low + 2), grid.size[a]);
    }
  }
  return box;
}

bool isEmpty(const IndexBox& box) {
  return box.lower[0] >= box.upper[0] || box.lower[1] >= box.upper[1] ||
         box.lower[2] >= box.upper[2];
}

/// @p grid with voxels so much larger, alike along all axes, that there are at most @p most.
GridGeometry coarser(GridGeometry grid, std::size_t most) {
  const double excess = static_cast<double>(grid.voxelCount()) / static_cast<double>(most);
  const double factor = std::cbrt(excess);
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    grid.size[a] = std::max(1, static_cast<int>(grid.size[a] / factor));
    grid.spacing_mm[axis] *= factor;
  }
  return grid;
}

std::uint8_t step(double value, double low, double high) {
  const double share = std::clamp((value - low) / (high - low), 0.0, 1.0);
  return static_cast<std::uint8_t>(std::lround(kSteps * share));
}

}  // namespace

SliceVolume sliceVolume(const scene::SceneImage& image, const Box& around,
                        std::size_t most_voxels) {
  SliceVolume out;
  const IndexBox box = indexBox(image.image.geometry(), around);
  if (image.image.empty() || isEmpty(box)) {
    return out;
  }
  out.grid = cropped(image.image.geometry(), box);
  out.coarsened = out.grid.voxelCount() > most_voxels;
  if (out.coarsened) {
    out.grid = coarser(out.grid, most_voxels);
  }
  const double width = image.window.white - image.window.black;
  const double low = image.window.black - kBelow * width;
  const double high = image.window.white + kAbove * width;
  out.black = kSteps * kBelow / (1 + kBelow + kAbove);
  out.white = kSteps * (1 + kBelow) / (1 + kBelow + kAbove);
  out.values.reserve(out.grid.voxelCount());
  for (int k = 0; k < out.grid.size[2]; ++k) {
    for (int j = 0; j < out.grid.size[1]; ++j) {
      for (int i = 0; i < out.grid.size[0]; ++i) {
        out.values.push_back(step(interpolate(image.image, out.grid.toLps(i, j, k)), low, high));
      }
    }
  }
  return out;
}

}  // namespace neurovasc::page
