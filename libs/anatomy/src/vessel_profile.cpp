#include "vessel_profile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace neurovasc::anatomy {
namespace {

constexpr int kSteps = 100;    // table cells per axis
constexpr double kStep = 0.1;  // in standard deviations
constexpr double kReach = kSteps * kStep;

/// exp(-x) I0(x) (Abramowitz & Stegun 9.8.1 and 9.8.2).
double scaledBesselI0(double x) {
  if (x < 3.75) {
    const double t = (x / 3.75) * (x / 3.75);
    const double i0 =
        1 +
        t * (3.5156229 +
             t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
    return std::exp(-x) * i0;
  }
  const double t = 3.75 / x;
  const double series =
      0.39894228 +
      t * (0.01328592 +
           t * (0.00225319 +
                t * (-0.00157565 +
                     t * (0.00916281 +
                          t * (-0.02057706 +
                               t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))));
  return series / std::sqrt(x);
}

double integrand(double a, double t) {
  return t * std::exp(-0.5 * (t - a) * (t - a)) * scaledBesselI0(a * t);
}

/// Simpson's rule over one table cell.
double cellIntegral(double a, double b) {
  constexpr int kParts = 4;
  const double h = kStep / kParts;
  double sum = integrand(a, b) + integrand(a, b + kStep);
  for (int n = 1; n < kParts; ++n) {
    sum += (n % 2 == 1 ? 4.0 : 2.0) * integrand(a, b + n * h);
  }
  return sum * h / 3;
}

std::size_t cell(int a, int b) {
  return static_cast<std::size_t>(a) * (kSteps + 1) + static_cast<std::size_t>(b);
}

}  // namespace

TubeProfile::TubeProfile() : table_(static_cast<std::size_t>((kSteps + 1) * (kSteps + 1))) {
  for (int a = 0; a <= kSteps; ++a) {
    double sum = 0;
    for (int b = 0; b < kSteps; ++b) {
      sum += cellIntegral(a * kStep, b * kStep);
      table_[cell(a, b + 1)] = static_cast<float>(std::min(1.0, sum));
    }
  }
}

double TubeProfile::operator()(double rho_mm, double radius_mm, double sigma_mm) const {
  double a = rho_mm / sigma_mm;
  double b = radius_mm / sigma_mm;
  if (a - b > 4.5) {
    return 0;
  }
  // Far out only the distance to the edge counts.
  const double beyond = std::max({0.0, a - (kReach - kStep), b - (kReach - kStep)});
  a = std::clamp(a - beyond, 0.0, kReach - 1e-6);
  b = std::clamp(b - beyond, 0.0, kReach - 1e-6);
  const int i = static_cast<int>(a / kStep);
  const int j = static_cast<int>(b / kStep);
  const double x = a / kStep - i;
  const double y = b / kStep - j;
  return (1 - x) * ((1 - y) * table_[cell(i, j)] + y * table_[cell(i, j + 1)]) +
         x * ((1 - y) * table_[cell(i + 1, j)] + y * table_[cell(i + 1, j + 1)]);
}

}  // namespace neurovasc::anatomy
