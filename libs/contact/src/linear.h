#pragma once

#include <cstddef>
#include <vector>

namespace neurovasc::contact {

/// A dense square matrix, row by row; for the few unknowns of local fits.
class SquareMatrix {
 public:
  explicit SquareMatrix(std::size_t n) : n_(n), values_(n * n, 0.0) {}

  std::size_t size() const { return n_; }
  double& operator()(std::size_t row, std::size_t column) { return values_[row * n_ + column]; }
  double operator()(std::size_t row, std::size_t column) const {
    return values_[row * n_ + column];
  }

 private:
  std::size_t n_;
  std::vector<double> values_;
};

/// The lower Cholesky factor of a symmetric positive definite matrix. Throws Error(internal) if
/// the matrix is not positive definite.
SquareMatrix choleskyFactor(const SquareMatrix& a);

/// x with a * x = b, given a's Cholesky factor.
std::vector<double> solveFactored(const SquareMatrix& factor, std::vector<double> b);

/// The coefficients of the polynomial of @p terms terms that fits y(x) by weighted least squares,
/// constant first. Throws Error(internal) if the places x do not determine it.
std::vector<double> fitPolynomial(const std::vector<double>& x, const std::vector<double>& y,
                                  const std::vector<double>& weights, std::size_t terms);

}  // namespace neurovasc::contact
