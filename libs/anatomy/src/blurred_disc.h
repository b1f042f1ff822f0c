#pragma once

#include <vector>

namespace neurovasc::anatomy {

/// A disc of value 1 blurred by a two-dimensional Gaussian:
///
///     D(rho; r, s) = int_0^r t / s^2 exp(-(t^2 + rho^2) / 2 s^2) I0(t rho / s^2) dt
///
/// the cross-section of a long straight tube under a point spread of standard deviation s.
class BlurredDisc {
 public:
  explicit BlurredDisc(double sigma_mm);

  double operator()(double rho_mm, double radius_mm) const;

 private:
  double sigma_mm_;
  std::vector<float> table_;  ///< over rho / s (rows) and r / s
};

}  // namespace neurovasc::anatomy
