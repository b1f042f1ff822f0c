#include "blocks.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

int at(const Size3& size, int axis) { return size[static_cast<std::size_t>(axis)]; }

/// An odd number of voxels, at least 3 as a trend needs, along each axis; 1 where there are fewer.
Size3 blockSize(const GridGeometry& grid, double block_mm) {
  Size3 size;
  for (int axis = 0; axis < 3; ++axis) {
    const int wanted = std::max(3, static_cast<int>(std::lround(block_mm / grid.spacing_mm[axis])));
    const int held = std::min(wanted, at(grid.size, axis));
    size[static_cast<std::size_t>(axis)] = std::max(1, held - 1 + held % 2);
  }
  return size;
}

/// Mean and residual deviation of the block whose first voxel is @p lower. The coordinates are
/// centred, so that constant and ramps are perpendicular and can be taken off one by one.
Block measure(const ImageF& image, const Size3& lower, const Size3& n) {
  double sum = 0;
  double squares = 0;
  Vec3 ramp;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      const float* row = &image(lower[0], lower[1] + j, lower[2] + k);
      double line = 0;
      for (int i = 0; i < n[0]; ++i) {
        line += row[i];
        squares += static_cast<double>(row[i]) * row[i];
        ramp.x += (i - n[0] / 2) * static_cast<double>(row[i]);
      }
      sum += line;
      ramp.y += (j - n[1] / 2) * line;
      ramp.z += (k - n[2] / 2) * line;
    }
  }
  const double count = static_cast<double>(n[0]) * n[1] * n[2];
  double rest = squares - sum * sum / count;
  double freedom = count - 1;
  for (int axis = 0; axis < 3; ++axis) {
    const double m = at(n, axis);
    const double ramp_squares = count * (m * m - 1) / 12;
    rest -= ramp_squares > 0 ? ramp[axis] * ramp[axis] / ramp_squares : 0;
    freedom -= ramp_squares > 0 ? 1 : 0;
  }
  // Rounding leaves a trace of the squares in images without noise.
  const bool constant = freedom < 1 || rest < 1e-10 * squares;
  const Point3 centre =
      image.geometry().toLps(lower[0] + n[0] / 2, lower[1] + n[1] / 2, lower[2] + n[2] / 2);
  return {centre, sum / count, constant ? 0 : std::sqrt(rest / freedom)};
}

}  // namespace

std::vector<Block> measureBlocks(const ImageF& image, double block_mm, int threads) {
  const Size3 n = blockSize(image.geometry(), block_mm);
  Size3 step;
  Size3 count;
  for (std::size_t a = 0; a < 3; ++a) {
    step[a] = std::max(1, n[a] / 2);
    count[a] = (image.size()[a] - n[a]) / step[a] + 1;
  }
  const std::size_t per_plane =
      static_cast<std::size_t>(count[0]) * static_cast<std::size_t>(count[1]);
  std::vector<Block> blocks(per_plane * static_cast<std::size_t>(count[2]));
  parallelFor(blocks.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t b = begin; b < end; ++b) {
      const auto i = static_cast<int>(b % static_cast<std::size_t>(count[0]));
      const auto j = static_cast<int>(b % per_plane / static_cast<std::size_t>(count[0]));
      const auto k = static_cast<int>(b / per_plane);
      blocks[b] = measure(image, {i * step[0], j * step[1], k * step[2]}, n);
    }
  });
  return blocks;
}

}  // namespace neurovasc::imaging
