#include "least_squares.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace neurovasc::imaging {

LeastSquares::LeastSquares(std::size_t unknowns)
    : n_(unknowns), matrix_(unknowns * unknowns, 0.0), right_(unknowns, 0.0) {}

void LeastSquares::add(const std::vector<double>& row, double value, double weight) {
  for (std::size_t r = 0; r < n_; ++r) {
    for (std::size_t c = 0; c < n_; ++c) {
      matrix_[r * n_ + c] += weight * row[r] * row[c];
    }
    right_[r] += weight * row[r] * value;
  }
}

std::vector<double> LeastSquares::solve() const {
  std::vector<double> a = matrix_;
  std::vector<double> x = right_;
  double largest = 0;
  for (std::size_t d = 0; d < n_; ++d) {
    largest = std::max(largest, a[d * n_ + d]);
  }
  for (std::size_t d = 0; d < n_; ++d) {
    // A trace of damping keeps what the data do not tell at 0.
    a[d * n_ + d] += 1e-9 * largest + 1e-300;
  }
  // Gauss-Jordan; the matrix is positive definite, so no pivoting is needed.
  for (std::size_t p = 0; p < n_; ++p) {
    for (std::size_t r = 0; r < n_; ++r) {
      const double factor = r == p ? 0 : a[r * n_ + p] / a[p * n_ + p];
      for (std::size_t c = p; c < n_ && factor != 0; ++c) {
        a[r * n_ + c] -= factor * a[p * n_ + c];
      }
      x[r] -= factor * x[p];
    }
  }
  for (std::size_t d = 0; d < n_; ++d) {
    x[d] /= a[d * n_ + d];
  }
  return x;
}

}  // namespace neurovasc::imaging
