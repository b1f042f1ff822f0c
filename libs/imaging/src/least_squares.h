#pragma once

#include <cstddef>
#include <vector>

namespace neurovasc::imaging {

/// Weighted linear least squares by the normal equations, for a handful of unknowns.
class LeastSquares {
 public:
  explicit LeastSquares(std::size_t unknowns);

  /// The equation row . x = value.
  void add(const std::vector<double>& row, double value, double weight);

  /// The solution of least norm-weighted error; unknowns that no equation touches come out 0.
  std::vector<double> solve() const;

 private:
  std::size_t n_;
  std::vector<double> matrix_;  // n x n
  std::vector<double> right_;
};

}  // namespace neurovasc::imaging
