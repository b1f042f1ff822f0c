#include "blurred_disc.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::anatomy {

namespace {

constexpr int kPerSigma = 10;
constexpr int kCells = 12 * kPerSigma;  // twelve sigmas: beyond, the disc is a plateau or nothing
constexpr int kFine = 4;                // integration steps per cell

/// exp(-x) I0(x) (Abramowitz & Stegun 9.8.1 and 9.8.2).
double scaledBesselI0(double x) {
  if (x < 3.75) {
    const double t = x * x / 14.0625;
    return std::exp(-x) *
           (1 + t * (3.5156229 +
                     t * (3.0899424 +
                          t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813))))));
  }
  const double t = 3.75 / x;
  return (0.39894228 +
          t * (0.01328592 +
               t * (0.00225319 +
                    t * (-0.00157565 +
                         t * (0.00916281 +
                              t * (-0.02057706 +
                                   t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))))) /
         std::sqrt(x);
}

}  // namespace

BlurredDisc::BlurredDisc(double sigma_mm)
    : sigma_mm_(std::max(sigma_mm, 0.02)),
      table_(static_cast<std::size_t>((kCells + 1) * (kCells + 1))) {
  constexpr double kStep = 1.0 / (kPerSigma * kFine);
  for (int row = 0; row <= kCells; ++row) {
    const double rho = static_cast<double>(row) / kPerSigma;
    double sum = 0;
    for (int i = 0; i <= kCells * kFine; ++i) {
      if (i % kFine == 0) {
        table_[static_cast<std::size_t>(row * (kCells + 1) + i / kFine)] =
            static_cast<float>(std::min(1.0, sum));
      }
      const double t = (i + 0.5) * kStep;
      sum += kStep * t * std::exp(-0.5 * (t - rho) * (t - rho)) * scaledBesselI0(t * rho);
    }
  }
}

double BlurredDisc::operator()(double rho_mm, double radius_mm) const {
  const double u = std::min(rho_mm / sigma_mm_ * kPerSigma, kCells - 1e-3);
  const double v = std::min(radius_mm / sigma_mm_ * kPerSigma, kCells - 1e-3);
  const int i = static_cast<int>(u);
  const int j = static_cast<int>(v);
  const auto at = [&](int row, int column) {
    return static_cast<double>(table_[static_cast<std::size_t>(row * (kCells + 1) + column)]);
  };
  const double low = at(i, j) + (at(i, j + 1) - at(i, j)) * (v - j);
  const double high = at(i + 1, j) + (at(i + 1, j + 1) - at(i + 1, j)) * (v - j);
  return low + (high - low) * (u - i);
}

}  // namespace neurovasc::anatomy
