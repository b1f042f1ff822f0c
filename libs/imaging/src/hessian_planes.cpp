#include "hessian_planes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace neurovasc::imaging {
namespace {

// The six products of derivative orders along j and k that the matrix needs.
enum Product { kJ0K0, kJ1K0, kJ2K0, kJ0K1, kJ1K1, kJ0K2 };

std::size_t at(int i) { return static_cast<std::size_t>(i); }

void scaleInto(float* out, const float* in, float tap, int n) {
  for (int i = 0; i < n; ++i) {
    out[i] = tap * in[i];
  }
}

void addEven(float* out, const float* a, const float* b, float tap, int n) {
  for (int i = 0; i < n; ++i) {
    out[i] += tap * (a[i] + b[i]);
  }
}

void addOdd(float* out, const float* before, const float* after, float tap, int n) {
  for (int i = 0; i < n; ++i) {
    out[i] += tap * (after[i] - before[i]);
  }
}

/// One pass of a symmetric or antisymmetric kernel over lines of @p n values; line(t) is the line
/// at offset t.
template <typename Line>
void convolveLines(float* out, const HalfKernel& kernel, bool odd, int n, const Line& line) {
  scaleInto(out, line(0), odd ? 0.0F : kernel[0], n);
  for (int t = 1; t < static_cast<int>(kernel.size()); ++t) {
    if (odd) {
      addOdd(out, line(-t), line(t), kernel[at(t)], n);
    } else {
      addEven(out, line(-t), line(t), kernel[at(t)], n);
    }
  }
}

/// Kernels of one axis in units of mm.
std::array<HalfKernel, 3> kernelsPerMm(double sigma_mm, double spacing_mm) {
  std::array<HalfKernel, 3> kernels;
  for (int order = 0; order < 3; ++order) {
    kernels[at(order)] = gaussianKernel(order, sigma_mm / spacing_mm);
    const float scale = static_cast<float>(std::pow(spacing_mm, -order));
    for (float& tap : kernels[at(order)]) {
      tap *= scale;
    }
  }
  return kernels;
}

}  // namespace

HessianPlanes::HessianPlanes(const ImageF& image, double sigma_mm) : image_(image) {
  for (int axis = 0; axis < 3; ++axis) {
    kernels_[at(axis)].order = kernelsPerMm(sigma_mm, image.geometry().spacing_mm[axis]);
  }
  const std::size_t nx = at(image.size()[0]);
  for (auto& plane : plane_) {
    plane.resize(nx * at(image.size()[1]));
  }
  const std::size_t pad = kernels_[0].order[0].size() - 1;
  for (auto& row : padded_) {
    row.resize(nx + 2 * pad);
  }
  for (auto* row : {&row_.xx, &row_.yy, &row_.zz, &row_.xy, &row_.xz, &row_.yz}) {
    row->resize(nx);
  }
}

void HessianPlanes::loadPlane(int k) {
  const int nx = image_.size()[0];
  const int nz = image_.size()[2];
  for (int j = 0; j < image_.size()[1]; ++j) {
    const auto line = [&](int t) { return &image_(0, j, std::clamp(k + t, 0, nz - 1)); };
    for (int order = 0; order < 3; ++order) {
      convolveLines(&plane_[at(order)][at(j) * at(nx)], kernels_[2].order[at(order)], order == 1,
                    nx, line);
    }
  }
}

const HessianRow& HessianPlanes::row(int j) {
  smoothAcrossRows(j);
  smoothAlongRow();
  return row_;
}

void HessianPlanes::smoothAcrossRows(int j) {
  static constexpr std::array<std::array<int, 2>, 6> kOrders = {
      {{0, 0}, {1, 0}, {2, 0}, {0, 1}, {1, 1}, {0, 2}}};
  const int nx = image_.size()[0];
  const int ny = image_.size()[1];
  const std::size_t pad = kernels_[0].order[0].size() - 1;
  for (std::size_t p = 0; p < kOrders.size(); ++p) {
    const auto& plane = plane_[at(kOrders[p][1])];
    const auto line = [&](int t) { return &plane[at(std::clamp(j + t, 0, ny - 1)) * at(nx)]; };
    float* out = padded_[p].data() + pad;
    convolveLines(out, kernels_[1].order[at(kOrders[p][0])], kOrders[p][0] == 1, nx, line);
    std::fill(padded_[p].begin(), padded_[p].begin() + static_cast<std::ptrdiff_t>(pad), out[0]);
    std::fill(padded_[p].end() - static_cast<std::ptrdiff_t>(pad), padded_[p].end(), out[nx - 1]);
  }
}

void HessianPlanes::smoothAlongRow() {
  const int nx = image_.size()[0];
  const std::size_t pad = kernels_[0].order[0].size() - 1;
  const auto pass = [&](std::vector<float>& out, Product product, int order) {
    const float* centre = padded_[product].data() + pad;
    convolveLines(out.data(), kernels_[0].order[at(order)], order == 1, nx,
                  [centre](int t) { return centre + t; });
  };
  pass(row_.xx, kJ0K0, 2);
  pass(row_.yy, kJ2K0, 0);
  pass(row_.zz, kJ0K2, 0);
  pass(row_.xy, kJ1K0, 1);
  pass(row_.xz, kJ0K1, 1);
  pass(row_.yz, kJ1K1, 0);
}

}  // namespace neurovasc::imaging
