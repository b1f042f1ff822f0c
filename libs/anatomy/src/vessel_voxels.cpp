#include "vessel_voxels.h"

#include "neurovasc/core/parallel.h"

namespace neurovasc::anatomy {
namespace {

GridGeometry halvedGrid(const GridGeometry& grid) {
  GridGeometry half = grid;
  half.origin_mm = grid.toLps(Vec3{0.5, 0.5, 0.5});
  half.spacing_mm = 2 * grid.spacing_mm;
  for (std::size_t a = 0; a < 3; ++a) {
    half.size[a] = std::max(1, grid.size[a] / 2);
  }
  return half;
}

}  // namespace

ImageF halved(const ImageF& image, int threads) {
  ImageF half(halvedGrid(image.geometry()));
  const Size3 size = half.size();
  const Size3 last = {image.size()[0] - 1, image.size()[1] - 1, image.size()[2] - 1};
  parallelFor(static_cast<std::size_t>(size[2]), threads, [&](std::size_t begin, std::size_t end) {
    for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
      for (int j = 0; j < size[1]; ++j) {
        for (int i = 0; i < size[0]; ++i) {
          float sum = 0;
          for (int n = 0; n < 8; ++n) {
            sum +=
                image(std::min(2 * i + (n & 1), last[0]), std::min(2 * j + (n >> 1 & 1), last[1]),
                      std::min(2 * k + (n >> 2), last[2]));
          }
          half(i, j, k) = sum / 8;
        }
      }
    }
  });
  return half;
}

}  // namespace neurovasc::anatomy
