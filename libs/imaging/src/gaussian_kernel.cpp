#include "gaussian_kernel.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace neurovasc::imaging {
namespace {

double sampled(int order, double t, double sigma) {
  const double g = std::exp(-0.5 * t * t / (sigma * sigma));
  switch (order) {
    case 0:
      return g;
    case 1:
      return t * g;
    default:
      return (t * t / (sigma * sigma) - 1) * g;
  }
}

/// Sum over both halves of taps[t] |t|^power.
double moment(const std::vector<double>& taps, int power) {
  double sum = power == 0 ? taps[0] : 0;
  for (std::size_t t = 1; t < taps.size(); ++t) {
    sum += 2 * taps[t] * std::pow(static_cast<double>(t), power);
  }
  return sum;
}

/// What the taps must be divided by for the kernel's defining moment to be exact.
double scaleOf(int order, const std::vector<double>& taps) {
  return order == 2 ? moment(taps, 2) / 2 : moment(taps, order);
}

}  // namespace

HalfKernel gaussianKernel(int order, double sigma) {
  // Below a third of a voxel the samples no longer resemble a Gaussian; the limit is the plain
  // finite difference, which the moments then give.
  const double held = std::max(sigma, 0.34);
  const int radius = std::max(1, static_cast<int>(std::ceil(4 * held)));
  std::vector<double> taps;
  for (int t = 0; t <= radius; ++t) {
    taps.push_back(sampled(order, t, held));
  }
  if (order == 2) {
    taps[0] -= moment(taps, 0);
  }
  const double scale = scaleOf(order, taps);
  HalfKernel half;
  for (const double tap : taps) {
    half.push_back(static_cast<float>(tap / scale));
  }
  return half;
}

}  // namespace neurovasc::imaging
