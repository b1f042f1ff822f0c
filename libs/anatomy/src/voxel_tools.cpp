#include "voxel_tools.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "neurovasc/core/parallel.h"
#include "neurovasc/imaging/smoothing.h"

namespace neurovasc::anatomy {

namespace {

constexpr float kFar = 1e12F;

/// Lines of a grid along one axis: count, length and step between neighbours.
struct Lines {
  int length;
  std::size_t step;
  std::size_t count;
  const Size3& n;
  int axis;

  Lines(const Size3& size, int a)
      : length(size[static_cast<std::size_t>(a)]),
        step(a == 0   ? 1
             : a == 1 ? static_cast<std::size_t>(size[0])
                      : static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1])),
        count(static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]) *
              static_cast<std::size_t>(size[2]) / static_cast<std::size_t>(std::max(1, length))),
        n(size),
        axis(a) {}

  std::size_t start(std::size_t line) const {
    const auto nx = static_cast<std::size_t>(n[0]);
    const auto ny = static_cast<std::size_t>(n[1]);
    if (axis == 0) return line * nx;
    if (axis == 1) return (line / nx) * nx * ny + line % nx;
    return line;
  }
};

/// Lower envelope of parabolas of one line, in place; @p f holds squared distances.
void squaredDistanceAlong(std::vector<float>& f, double spacing, std::vector<int>& vertex,
                          std::vector<double>& border) {
  const int n = static_cast<int>(f.size());
  const double h2 = spacing * spacing;
  int k = -1;
  for (int q = 0; q < n; ++q) {
    if (f[static_cast<std::size_t>(q)] >= kFar) continue;
    double s = -std::numeric_limits<double>::infinity();
    while (k >= 0) {
      const int v = vertex[static_cast<std::size_t>(k)];
      s = ((f[static_cast<std::size_t>(q)] + h2 * q * q) -
           (f[static_cast<std::size_t>(v)] + h2 * v * v)) /
          (2 * h2 * (q - v));
      if (s > border[static_cast<std::size_t>(k)]) break;
      --k;
    }
    if (k < 0) s = -std::numeric_limits<double>::infinity();
    ++k;
    vertex[static_cast<std::size_t>(k)] = q;
    border[static_cast<std::size_t>(k)] = s;
  }
  if (k < 0) return;
  border[static_cast<std::size_t>(k) + 1] = std::numeric_limits<double>::infinity();
  const std::vector<float> source = f;
  int at = 0;
  for (int q = 0; q < n; ++q) {
    while (border[static_cast<std::size_t>(at) + 1] < q) ++at;
    const int v = vertex[static_cast<std::size_t>(at)];
    f[static_cast<std::size_t>(q)] =
        static_cast<float>(h2 * (q - v) * (q - v)) + source[static_cast<std::size_t>(v)];
  }
}

Mask farther(const ImageF& distance_mm, double limit_mm) {
  Mask mask(distance_mm.geometry());
  for (std::size_t i = 0; i < mask.voxelCount(); ++i) mask[i] = distance_mm[i] > limit_mm ? 1 : 0;
  return mask;
}

}  // namespace

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

ImageF distanceTo(const Mask& mask, int threads) {
  ImageF squared(mask.geometry());
  for (std::size_t i = 0; i < mask.voxelCount(); ++i) squared[i] = mask[i] ? 0.0F : kFar;
  for (int axis = 0; axis < 3; ++axis) {
    const Lines lines(squared.size(), axis);
    const auto n = static_cast<std::size_t>(lines.length);
    const double spacing = squared.geometry().spacing_mm[axis];
    parallelFor(lines.count, threads, [&](std::size_t begin, std::size_t end) {
      std::vector<float> f(n);
      std::vector<int> vertex(n + 1);
      std::vector<double> border(n + 2);
      for (std::size_t line = begin; line < end; ++line) {
        const std::size_t start = lines.start(line);
        for (std::size_t i = 0; i < n; ++i) f[i] = squared[start + i * lines.step];
        squaredDistanceAlong(f, spacing, vertex, border);
        for (std::size_t i = 0; i < n; ++i) squared[start + i * lines.step] = f[i];
      }
    });
  }
  for (float& v : squared) v = std::min(1e6F, std::sqrt(v));
  return squared;
}

Mask inverted(Mask mask) {
  for (auto& v : mask) v = v ? 0 : 1;
  return mask;
}

Mask eroded(const Mask& mask, double radius_mm, int threads) {
  return farther(distanceTo(inverted(mask), threads), radius_mm);
}

Mask dilated(const Mask& mask, double radius_mm, int threads) {
  return inverted(farther(distanceTo(mask, threads), radius_mm));
}

Mask opened(const Mask& mask, double radius_mm, int threads) {
  return dilated(eroded(mask, radius_mm, threads), radius_mm, threads);
}

Mask closed(const Mask& mask, double radius_mm, int threads) {
  return eroded(dilated(mask, radius_mm, threads), radius_mm, threads);
}

Components componentsOf(const Mask& mask) {
  const GridGeometry& grid = mask.geometry();
  const Size3& n = grid.size;
  Components found;
  found.labels.assign(mask.voxelCount(), 0);
  std::vector<std::size_t> stack;
  const auto nx = static_cast<std::size_t>(n[0]);
  const auto nxy = nx * static_cast<std::size_t>(n[1]);
  for (std::size_t seed = 0; seed < mask.voxelCount(); ++seed) {
    if (!mask[seed] || found.labels[seed]) continue;
    Component c;
    c.label = static_cast<std::uint32_t>(found.list.size() + 1);
    c.box.lower = n;
    found.labels[seed] = c.label;
    stack.assign(1, seed);
    while (!stack.empty()) {
      const std::size_t at = stack.back();
      stack.pop_back();
      const std::array<int, 3> p = {static_cast<int>(at % nx), static_cast<int>(at % nxy / nx),
                                    static_cast<int>(at / nxy)};
      ++c.voxels;
      c.center_index += Vec3{double(p[0]), double(p[1]), double(p[2])};
      const std::array<std::size_t, 3> step = {1, nx, nxy};
      for (std::size_t a = 0; a < 3; ++a) {
        c.box.lower[a] = std::min(c.box.lower[a], p[a]);
        c.box.upper[a] = std::max(c.box.upper[a], p[a] + 1);
        for (const int d : {-1, 1}) {
          if (p[a] + d < 0 || p[a] + d >= n[a]) continue;
          const std::size_t next = d < 0 ? at - step[a] : at + step[a];
          if (!mask[next] || found.labels[next]) continue;
          found.labels[next] = c.label;
          stack.push_back(next);
        }
      }
    }
    c.center_index *= 1.0 / static_cast<double>(c.voxels);
    c.volume_mm3 = static_cast<double>(c.voxels) * grid.voxelVolumeMm3();
    found.list.push_back(c);
  }
  std::stable_sort(found.list.begin(), found.list.end(),
                   [](const Component& a, const Component& b) { return a.voxels > b.voxels; });
  return found;
}

Mask maskOf(const Components& components, const Component& one, const GridGeometry& grid) {
  Mask mask(grid);
  for (std::size_t i = 0; i < mask.voxelCount(); ++i) {
    mask[i] = components.labels[i] == one.label ? 1 : 0;
  }
  return mask;
}

}  // namespace neurovasc::anatomy
