#include "local_box.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::contact {
namespace {

std::vector<float> kernelOf(double sigma_voxels) {
  constexpr double kTruncateSds = 3.0;
  if (sigma_voxels < 1e-3) {
    return {1.0F};
  }
  const int reach = static_cast<int>(std::ceil(kTruncateSds * sigma_voxels));
  std::vector<double> half;
  double sum = 0;
  for (int i = 0; i <= reach; ++i) {
    half.push_back(std::exp(-0.5 * i * i / (sigma_voxels * sigma_voxels)));
    sum += (i == 0 ? 1 : 2) * half.back();
  }
  std::vector<float> kernel;
  for (const double value : half) {
    kernel.push_back(static_cast<float>(value / sum));
  }
  return kernel;
}

constexpr int kTableSize = 1601;
constexpr float kTableReach = 4.0F;

std::array<float, kTableSize> makeTable() {
  std::array<float, kTableSize> table{};
  for (int i = 0; i < kTableSize; ++i) {
    const double x = kTableReach * (2.0 * i / (kTableSize - 1) - 1);
    table[static_cast<std::size_t>(i)] = static_cast<float>(0.5 * std::erfc(-x / std::sqrt(2.0)));
  }
  return table;
}

}  // namespace

float normalCdf(float x) {
  static const std::array<float, kTableSize> kTable = makeTable();
  if (x <= -kTableReach) {
    return 0;
  }
  if (x >= kTableReach) {
    return 1;
  }
  const float at = (x + kTableReach) * ((kTableSize - 1) / (2 * kTableReach));
  const auto i = std::min(static_cast<std::size_t>(at), static_cast<std::size_t>(kTableSize - 2));
  return kTable[i] + (kTable[i + 1] - kTable[i]) * (at - static_cast<float>(i));
}

IndexBox boxAround(const GridGeometry& grid, const Point3& center, double half_mm) {
  const Vec3 c = grid.toIndex(center);
  IndexBox box;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double reach = half_mm / grid.spacing_mm[axis];
    const int last = grid.size[a];
    box.lower[a] = std::clamp(static_cast<int>(std::floor(c[axis] - reach)), 0, last);
    box.upper[a] = std::clamp(static_cast<int>(std::ceil(c[axis] + reach)) + 1, 0, last);
  }
  return box;
}

GaussianBlur::GaussianBlur(const GridGeometry& grid, const Vec3& sigma_mm) : size_(grid.size) {
  for (int axis = 0; axis < 3; ++axis) {
    kernels_[static_cast<std::size_t>(axis)] = kernelOf(sigma_mm[axis] / grid.spacing_mm[axis]);
  }
}

void GaussianBlur::apply(std::vector<float>& values) const {
  std::vector<float> line;
  for (int axis = 0; axis < 3; ++axis) {
    if (kernels_[static_cast<std::size_t>(axis)].size() > 1) {
      applyAxis(axis, values, line);
    }
  }
}

void GaussianBlur::applyAxis(int axis, std::vector<float>& values, std::vector<float>& line) const {
  const std::vector<float>& kernel = kernels_[static_cast<std::size_t>(axis)];
  const auto n = static_cast<std::size_t>(size_[static_cast<std::size_t>(axis)]);
  const auto row = static_cast<std::size_t>(size_[0]);
  const std::size_t slice = row * static_cast<std::size_t>(size_[1]);
  const std::size_t stride = axis == 0 ? 1 : axis == 1 ? row : slice;
  const std::size_t reach = kernel.size() - 1;
  line.resize(n + 2 * reach);
  for (std::size_t first = 0; first < values.size(); ++first) {
    if ((first / stride) % n != 0) {
      continue;
    }
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::size_t inside = std::clamp(i, reach, n + reach - 1) - reach;
      line[i] = values[first + inside * stride];
    }
    for (std::size_t i = 0; i < n; ++i) {
      float sum = kernel[0] * line[i + reach];
      for (std::size_t k = 1; k <= reach; ++k) {
        sum += kernel[k] * (line[i + reach - k] + line[i + reach + k]);
      }
      values[first + i * stride] = sum;
    }
  }
}

}  // namespace neurovasc::contact
