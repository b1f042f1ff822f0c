#include "voxel_tools.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/imaging/smoothing.h"

namespace neurovasc::anatomy {

ImageF coarse(const ImageF& image, double voxel_mm, int threads) {
  GridGeometry grid = image.geometry();
  Size3 step;
  Vec3 sigma_mm = {0, 0, 0};
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    step[axis] = std::max(1, static_cast<int>(std::lround(voxel_mm / grid.spacing_mm[a])));
    // A full width at half maximum of 0.8 of the new voxel keeps aliasing out.
    if (step[axis] > 1) sigma_mm[a] = 0.35 * step[axis] * grid.spacing_mm[a];
    grid.spacing_mm[a] *= step[axis];
    grid.size[axis] = (grid.size[axis] + step[axis] - 1) / step[axis];
  }
  const ImageF source = imaging::gaussianSmooth(image, sigma_mm, threads);
  ImageF result(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        result(i, j, k) = source(i * step[0], j * step[1], k * step[2]);
      }
    }
  }
  return result;
}

void fillUncovered(const Coverage& coverage, float value, ImageF& image) {
  const GridGeometry& grid = image.geometry();
  if (coverage.containsAll(grid)) return;
  std::size_t voxel = 0;
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i, ++voxel) {
        if (!coverage.contains(grid.toLps(i, j, k))) image[voxel] = value;
      }
    }
  }
}

ImageF crop(const ImageF& image, const IndexBox& box) {
  ImageF part(cropped(image.geometry(), box));
  const Size3& n = part.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      const float* from = &image(box.lower[0], box.lower[1] + j, box.lower[2] + k);
      std::copy(from, from + n[0], &part(0, j, k));
    }
  }
  return part;
}

Mask between(const ImageF& image, double low, double high) {
  Mask mask(image.geometry());
  for (std::size_t i = 0; i < image.voxelCount(); ++i) {
    mask[i] = image[i] >= low && image[i] < high ? 1 : 0;
  }
  return mask;
}

}  // namespace neurovasc::anatomy
