#include "bspline.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "neurovasc/core/parallel.h"

namespace neurovasc::imaging {
namespace {

const double kPole = std::sqrt(3.0) - 2;
// The pole's powers fall below single precision after this many samples.
constexpr int kHorizon = 28;

/// The mirrored sum with which the forward recursion starts.
template <typename Row>
void startForward(int n, int lanes, std::vector<float>& sums, const Row& row) {
  const auto pole = static_cast<float>(kPole);
  sums.assign(static_cast<std::size_t>(lanes), 0.0F);
  const int period = 2 * n - 2;
  float power = 1;
  for (int i = 0; i < kHorizon; ++i, power *= pole) {
    const int m = i % period;
    const float* values = row(m < n ? m : period - m);
    for (int l = 0; l < lanes; ++l) {
      sums[static_cast<std::size_t>(l)] += power * values[l];
    }
  }
  std::copy(sums.begin(), sums.end(), row(0));
}

/// In-place recursive prefilter over @p n steps of @p lanes neighbouring lines; row(i) points to
/// the lanes' values at step i.
template <typename Row>
void prefilter(int n, int lanes, std::vector<float>& sums, const Row& row) {
  if (n < 2) {
    return;
  }
  const auto pole = static_cast<float>(kPole);
  const auto combine = [lanes](float* values, const float* beside, float own, float other) {
    for (int l = 0; l < lanes; ++l) {
      values[l] = own * values[l] + other * beside[l];
    }
  };
  startForward(n, lanes, sums, row);
  for (int i = 1; i < n; ++i) {
    combine(row(i), row(i - 1), 1, pole);
  }
  // The backward recursion's start, then its steps; 6 is the filter's gain along one axis.
  const auto last = static_cast<float>(6 * kPole / (kPole * kPole - 1));
  combine(row(n - 1), row(n - 2), last, last * pole);
  for (int i = n - 2; i >= 0; --i) {
    combine(row(i), row(i + 1), -6 * pole, pole);
  }
}

int mirrored(int i, int size) {
  if (size == 1) {
    return 0;
  }
  const int period = 2 * size - 2;
  const int m = std::abs(i) % period;
  return m < size ? m : period - m;
}

}  // namespace

void toSplineCoefficients(ImageF& image, int threads) {
  const auto [nx, ny, nz] = image.size();
  parallelFor(static_cast<std::size_t>(nz), threads, [&, nx = nx, ny = ny](auto begin, auto end) {
    std::vector<float> carry;
    for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
      for (int j = 0; j < ny; ++j) {
        prefilter(nx, 1, carry, [&](int i) { return &image(i, j, k); });
      }
      prefilter(ny, nx, carry, [&](int j) { return &image(0, j, k); });
    }
  });
  parallelFor(static_cast<std::size_t>(ny), threads, [&, nx = nx, nz = nz](auto begin, auto end) {
    std::vector<float> carry;
    for (int j = static_cast<int>(begin); j < static_cast<int>(end); ++j) {
      prefilter(nz, nx, carry, [&](int k) { return &image(0, j, k); });
    }
  });
}

SplineTaps splineTaps(double index, int size) {
  const double floor = std::floor(index);
  const auto f = static_cast<float>(index - floor);
  const int first = static_cast<int>(floor) - 1;
  SplineTaps taps;
  for (int t = 0; t < 4; ++t) {
    taps.index[static_cast<std::size_t>(t)] = mirrored(first + t, size);
  }
  const float g = 1 - f;
  taps.weight = {g * g * g / 6, 2.0F / 3 - f * f * (2 - f) / 2, 2.0F / 3 - g * g * (2 - g) / 2,
                 f * f * f / 6};
  return taps;
}

}  // namespace neurovasc::imaging
