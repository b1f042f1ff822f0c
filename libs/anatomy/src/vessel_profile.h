#pragma once

#include <vector>

namespace neurovasc::anatomy {

/// A uniform disc of radius r and height 1, convolved with an isotropic 2-D Gaussian: the cross-
/// section of a straight tube as a scanner shows it. With a = rho / sigma and b = r / sigma,
///
///     P(a, b) = int_0^b t exp(-(t^2 + a^2) / 2) I0(a t) dt = 1 - Q1(a, b)   (Marcum's Q)
///
/// tabulated to 1e-3 and interpolated.
class TubeProfile {
 public:
  TubeProfile();

  /// The share of the disc at distance @p rho_mm from its centre, 0 to 1.
  double operator()(double rho_mm, double radius_mm, double sigma_mm) const;

 private:
  std::vector<float> table_;
};

}  // namespace neurovasc::anatomy
