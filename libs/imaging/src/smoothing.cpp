#include "neurovasc/imaging/smoothing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "gaussian_kernel.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

/// out = kernel * lines, line(t) being the line of n values at offset t.
template <typename Line>
void convolve(float* out, const HalfKernel& kernel, int n, const Line& line) {
  const float* centre = line(0);
  for (int i = 0; i < n; ++i) {
    out[i] = kernel[0] * centre[i];
  }
  for (int t = 1; t < static_cast<int>(kernel.size()); ++t) {
    const float tap = kernel[static_cast<std::size_t>(t)];
    const float* before = line(-t);
    const float* after = line(t);
    for (int i = 0; i < n; ++i) {
      out[i] += tap * (before[i] + after[i]);
    }
  }
}

/// Smooths the planes [begin, end) along k into @p out, then each along j and i.
class PlaneSmoother {
 public:
  PlaneSmoother(const ImageF& image, const Vec3& sigma_mm) : image_(image) {
    for (int axis = 0; axis < 3; ++axis) {
      const double sigma = sigma_mm[axis] / image.geometry().spacing_mm[axis];
      kernels_.push_back(sigma > 0 ? gaussianKernel(0, sigma) : HalfKernel{1.0F});
    }
    plane_.resize(static_cast<std::size_t>(image.size()[0]) *
                  static_cast<std::size_t>(image.size()[1]));
    padded_.resize(static_cast<std::size_t>(image.size()[0]) + 2 * (kernels_[0].size() - 1));
  }

  void smooth(int k, ImageF& out) {
    const int nx = image_.size()[0];
    const int ny = image_.size()[1];
    const auto plane_row = [&](int j) {
      return plane_.data() + static_cast<std::ptrdiff_t>(nx) * std::clamp(j, 0, ny - 1);
    };
    for (int j = 0; j < ny; ++j) {
      convolve(plane_row(j), kernels_[2], nx,
               [&](int t) { return &image_(0, j, std::clamp(k + t, 0, image_.size()[2] - 1)); });
    }
    const std::size_t pad = kernels_[0].size() - 1;
    float* centre = padded_.data() + pad;
    for (int j = 0; j < ny; ++j) {
      convolve(centre, kernels_[1], nx, [&](int t) { return plane_row(j + t); });
      std::fill(padded_.data(), centre, centre[0]);
      std::fill(centre + nx, centre + nx + pad, centre[nx - 1]);
      convolve(&out(0, j, k), kernels_[0], nx, [&](int t) { return centre + t; });
    }
  }

 private:
  const ImageF& image_;
  std::vector<HalfKernel> kernels_;
  std::vector<float> plane_;
  std::vector<float> padded_;
};

}  // namespace

ImageF gaussianSmooth(const ImageF& image, double sigma_mm, int threads) {
  return gaussianSmooth(image, Vec3{sigma_mm, sigma_mm, sigma_mm}, threads);
}

ImageF gaussianSmooth(const ImageF& image, const Vec3& sigma_mm, int threads) {
  for (int axis = 0; axis < 3; ++axis) {
    if (!(sigma_mm[axis] >= 0) || !std::isfinite(sigma_mm[axis])) {
      throw Error(ErrorCode::usage, "smoothing option sigma_mm must be finite and not negative");
    }
  }
  ImageF out(image.geometry());
  parallelFor(static_cast<std::size_t>(image.size()[2]), threads,
              [&](std::size_t begin, std::size_t end) {
                PlaneSmoother smoother(image, sigma_mm);
                for (std::size_t k = begin; k < end; ++k) {
                  smoother.smooth(static_cast<int>(k), out);
                }
              });
  return out;
}

}  // namespace neurovasc::imaging
