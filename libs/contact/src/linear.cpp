#include "linear.h"

#include <cmath>

#include "neurovasc/core/error.h"

namespace neurovasc::contact {

SquareMatrix choleskyFactor(const SquareMatrix& a) {
  SquareMatrix l(a.size());
  for (std::size_t r = 0; r < a.size(); ++r) {
    for (std::size_t c = 0; c <= r; ++c) {
      double rest = a(r, c);
      for (std::size_t k = 0; k < c; ++k) {
        rest -= l(r, k) * l(c, k);
      }
      if (r != c) {
        l(r, c) = rest / l(c, c);
      } else if (rest > 0) {
        l(r, r) = std::sqrt(rest);
      } else {
        throw Error(ErrorCode::internal, "a system of equations is not positive definite");
      }
    }
  }
  return l;
}

std::vector<double> solveFactored(const SquareMatrix& factor, std::vector<double> b) {
  for (std::size_t r = 0; r < b.size(); ++r) {
    for (std::size_t k = 0; k < r; ++k) {
      b[r] -= factor(r, k) * b[k];
    }
    b[r] /= factor(r, r);
  }
  for (std::size_t r = b.size(); r-- > 0;) {
    for (std::size_t k = r + 1; k < b.size(); ++k) {
      b[r] -= factor(k, r) * b[k];
    }
    b[r] /= factor(r, r);
  }
  return b;
}

std::vector<double> fitPolynomial(const std::vector<double>& x, const std::vector<double>& y,
                                  const std::vector<double>& weights, std::size_t terms) {
  SquareMatrix normal(terms);
  std::vector<double> right(terms, 0.0);
  std::vector<double> power(terms);
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (std::size_t k = 0; k < terms; ++k) {
      power[k] = k == 0 ? 1 : power[k - 1] * x[i];
    }
    for (std::size_t r = 0; r < terms; ++r) {
      right[r] += weights[i] * power[r] * y[i];
      for (std::size_t c = 0; c < terms; ++c) {
        normal(r, c) += weights[i] * power[r] * power[c];
      }
    }
  }
  return solveFactored(choleskyFactor(normal), right);
}

}  // namespace neurovasc::contact
