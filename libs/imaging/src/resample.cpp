#include "neurovasc/imaging/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "bspline.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

/// Continuous indices into an image of the voxels of a grid: start + i * step_i + j * ... .
struct IndexMap {
  Vec3 start;
  std::array<Vec3, 3> step;

  Vec3 operator()(int i, int j, int k) const {
    return start + step[0] * i + step[1] * j + step[2] * k;
  }

  /// Whether the axes run along the image's own, so that each axis can be sampled by itself.
  bool separable() const {
    double across = 0;
    for (int a = 0; a < 3; ++a) {
      for (int b = 0; b < 3; ++b) {
        across = std::max(across, a == b ? 0.0 : std::abs(step[static_cast<std::size_t>(a)][b]));
      }
    }
    // Over a thousand voxels this strays by less than a millionth of one.
    return across < 1e-9;
  }
};

IndexMap indexMap(const GridGeometry& image, const GridGeometry& grid, const RigidTransform& t) {
  const auto at = [&](int i, int j, int k) { return image.toIndex(t(grid.toLps(i, j, k))); };
  const Vec3 start = at(0, 0, 0);
  return {start, {at(1, 0, 0) - start, at(0, 1, 0) - start, at(0, 0, 1) - start}};
}

bool inside(double index, int size) { return index >= -0.5 && index <= size - 0.5; }

bool inside(const Vec3& index, const Size3& size) {
  return inside(index.x, size[0]) && inside(index.y, size[1]) && inside(index.z, size[2]);
}

/// The two-tap counterpart of splineTaps(), held at the borders.
SplineTaps linearTaps(double index, int size) {
  const double held = std::clamp(index, 0.0, static_cast<double>(size - 1));
  const int lower = static_cast<int>(held);
  const auto f = static_cast<float>(held - lower);
  return {{lower, std::min(lower + 1, size - 1), lower, lower}, {1 - f, f, 0, 0}};
}

/// Samples an image or its spline coefficients at continuous indices.
class Sampler {
 public:
  Sampler(const ImageF& values, Interpolation interpolation)
      : values_(values), taps_(interpolation == Interpolation::linear ? 2 : 4) {}

  SplineTaps tapsFor(double index, int axis) const {
    const int size = values_.size()[static_cast<std::size_t>(axis)];
    return taps_ == 2 ? linearTaps(index, size) : splineTaps(index, size);
  }

  std::size_t count() const { return taps_; }

  float at(const Vec3& index) const {
    const SplineTaps x = tapsFor(index.x, 0);
    const SplineTaps y = tapsFor(index.y, 1);
    const SplineTaps z = tapsFor(index.z, 2);
    float sum = 0;
    for (std::size_t c = 0; c < taps_; ++c) {
      for (std::size_t b = 0; b < taps_; ++b) {
        const float* row = &values_(0, y.index[b], z.index[c]);
        float line = 0;
        for (std::size_t a = 0; a < taps_; ++a) {
          line += x.weight[a] * row[x.index[a]];
        }
        sum += z.weight[c] * y.weight[b] * line;
      }
    }
    return sum;
  }

 private:
  const ImageF& values_;
  std::size_t taps_;
};

/// Samples where the grid's axes run along the image's: one pass per axis and plane.
class SeparableSampler {
 public:
  SeparableSampler(const ImageF& values, const Sampler& sampler, const IndexMap& map, ImageF& out,
                   float outside)
      : values_(values), count_(sampler.count()), out_(out), outside_(outside) {
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      for (int n = 0; n < out.size()[a]; ++n) {
        const double index = map.start[axis] + map.step[a][axis] * n;
        taps_[a].push_back(sampler.tapsFor(index, axis));
        inside_[a].push_back(inside(index, values.size()[a]));
      }
    }
  }

  void samplePlane(int k) {
    const auto row_length = static_cast<std::size_t>(values_.size()[0]);
    plane_.assign(row_length * static_cast<std::size_t>(values_.size()[1]), 0.0F);
    const SplineTaps& z = taps_[2][static_cast<std::size_t>(k)];
    for (std::size_t c = 0; c < count_; ++c) {
      add(plane_, &values_(0, 0, z.index[c]), z.weight[c]);
    }
    for (int j = 0; j < out_.size()[1]; ++j) {
      const SplineTaps& y = taps_[1][static_cast<std::size_t>(j)];
      row_.assign(row_length, 0.0F);
      for (std::size_t b = 0; b < count_; ++b) {
        add(row_, plane_.data() + row_length * static_cast<std::size_t>(y.index[b]), y.weight[b]);
      }
      const bool here =
          inside_[1][static_cast<std::size_t>(j)] && inside_[2][static_cast<std::size_t>(k)];
      writeRow(&out_(0, j, k), here);
    }
  }

 private:
  static void add(std::vector<float>& sum, const float* values, float weight) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
      sum[i] += weight * values[i];
    }
  }

  void writeRow(float* out, bool here) const {
    for (std::size_t i = 0; i < taps_[0].size(); ++i) {
      const SplineTaps& x = taps_[0][i];
      float value = 0;
      for (std::size_t a = 0; a < count_; ++a) {
        value += x.weight[a] * row_[static_cast<std::size_t>(x.index[a])];
      }
      out[i] = here && inside_[0][i] ? value : outside_;
    }
  }

  const ImageF& values_;
  std::size_t count_;
  ImageF& out_;
  float outside_;
  std::array<std::vector<SplineTaps>, 3> taps_;
  std::array<std::vector<bool>, 3> inside_;
  std::vector<float> plane_;
  std::vector<float> row_;
};

void forPlanes(const GridGeometry& grid, int threads, const std::function<void(int, int)>& body) {
  parallelFor(static_cast<std::size_t>(grid.size[2]), threads,
              [&](std::size_t begin, std::size_t end) {
                body(static_cast<int>(begin), static_cast<int>(end));
              });
}

ImageF sampled(const ImageF& values, const IndexMap& map, const GridGeometry& grid,
               Interpolation interpolation, float outside, int threads) {
  ImageF out(grid);
  const Sampler sampler(values, interpolation);
  forPlanes(grid, threads, [&](int begin, int end) {
    if (map.separable()) {
      SeparableSampler separable(values, sampler, map, out, outside);
      for (int k = begin; k < end; ++k) {
        separable.samplePlane(k);
      }
      return;
    }
    for (int k = begin; k < end; ++k) {
      for (int j = 0; j < grid.size[1]; ++j) {
        for (int i = 0; i < grid.size[0]; ++i) {
          const Vec3 index = map(i, j, k);
          out(i, j, k) = inside(index, values.size()) ? sampler.at(index) : outside;
        }
      }
    }
  });
  return out;
}

}  // namespace

ImageF resample(const ImageF& image, const GridGeometry& grid,
                const RigidTransform& moving_from_grid, Interpolation interpolation, float outside,
                int threads) {
  const IndexMap map = indexMap(image.geometry(), grid, moving_from_grid);
  if (interpolation == Interpolation::linear) {
    return sampled(image, map, grid, interpolation, outside, threads);
  }
  ImageF coefficients = image;
  toSplineCoefficients(coefficients, threads);
  return sampled(coefficients, map, grid, interpolation, outside, threads);
}

LabelMap resampleLabels(const LabelMap& labels, const GridGeometry& grid,
                        const RigidTransform& moving_from_grid, int threads) {
  const IndexMap map = indexMap(labels.geometry(), grid, moving_from_grid);
  LabelMap out(grid);
  forPlanes(grid, threads, [&](int begin, int end) {
    for (int k = begin; k < end; ++k) {
      for (int j = 0; j < grid.size[1]; ++j) {
        for (int i = 0; i < grid.size[0]; ++i) {
          const Vec3 index = map(i, j, k);
          const auto near = [](double v) { return static_cast<int>(std::floor(v + 0.5)); };
          const Size3 at = {near(index.x), near(index.y), near(index.z)};
          out(i, j, k) = labels.geometry().contains(at[0], at[1], at[2])
                             ? labels(at[0], at[1], at[2])
                             : std::uint8_t{0};
        }
      }
    }
  });
  return out;
}

GridGeometry fineGrid(const GridGeometry& coarse, double spacing_mm) {
  GridGeometry fine = coarse;
  fine.spacing_mm = {spacing_mm, spacing_mm, spacing_mm};
  Vec3 first;  // continuous index of the first fine voxel in the coarse grid
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double extent_mm = coarse.size[a] * coarse.spacing_mm[axis];
    if (!(spacing_mm > 0) || !(spacing_mm <= extent_mm)) {
      throw Error(ErrorCode::usage,
                  "the fine grid's spacing_mm must be positive and smaller than the region");
    }
    fine.size[a] = static_cast<int>(std::floor(extent_mm / spacing_mm + 1e-6));
    first[axis] = -0.5 + 0.5 * spacing_mm / coarse.spacing_mm[axis];
  }
  fine.origin_mm = coarse.toLps(first);
  return fine;
}

ImageF crop(const ImageF& image, const IndexBox& box) {
  ImageF out(cropped(image.geometry(), box));
  for (int k = 0; k < out.size()[2]; ++k) {
    for (int j = 0; j < out.size()[1]; ++j) {
      const float* row = &image(box.lower[0], box.lower[1] + j, box.lower[2] + k);
      std::copy(row, row + out.size()[0], &out(0, j, k));
    }
  }
  return out;
}

IndexBox boxCovering(const GridGeometry& grid, const GridGeometry& region, double margin_mm) {
  Vec3 lower = {1e30, 1e30, 1e30};
  Vec3 upper = -lower;
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 index;
    for (int axis = 0; axis < 3; ++axis) {
      const int size = region.size[static_cast<std::size_t>(axis)];
      index[axis] = (corner >> axis & 1) != 0 ? size - 0.5 : -0.5;
    }
    const Vec3 here = grid.toIndex(region.toLps(index));
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], here[axis]);
      upper[axis] = std::max(upper[axis], here[axis]);
    }
  }
  IndexBox box;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double margin = margin_mm / grid.spacing_mm[axis];
    const double size = grid.size[a];
    box.lower[a] = static_cast<int>(std::clamp(std::floor(lower[axis] - margin), 0.0, size));
    box.upper[a] = static_cast<int>(std::clamp(std::ceil(upper[axis] + margin) + 1, 0.0, size));
    box.upper[a] = std::max(box.upper[a], box.lower[a]);
  }
  return box;
}

}  // namespace neurovasc::imaging
