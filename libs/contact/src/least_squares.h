#pragma once

#include <functional>
#include <vector>

#include "linear.h"

namespace neurovasc::contact {

/// One unknown of a fit: where it starts, how far it is expected to go, where it may not go.
struct Unknown {
  double start = 0;
  double prior_sd = 1;  ///< a Gaussian prior around start
  double lower = 0;
  double upper = 0;
  double step = 0;  ///< for numerical derivatives
};

/// Predictions of the data for a set of values. @p changed is the index of the only value that
/// differs from the last call with changed < 0, or negative when any may.
using Predictor = std::function<void(const std::vector<double>& values, int changed,
                                     std::vector<float>& predictions)>;

struct LeastSquaresProblem {
  std::vector<Unknown> unknowns;
  std::vector<float> data;
  std::vector<float> weights;  ///< inverse variances, 0 for data that do not take part
  double share = 1;            ///< of independent information in each datum, for correlated data
  double robust_sds = 3;       ///< Cauchy weight 1 / (1 + (residual / (robust_sds sd))^2)
  int max_iterations = 25;
  Predictor predict;
};

struct LeastSquaresResult {
  std::vector<double> values;
  SquareMatrix factor{0};  ///< Cholesky factor of the information (inverse covariance) at the end
  double rms = 0;          ///< residual of the data by their robust weights, in data units
  double disbelieved = 0;  ///< share of the data's weight that robustness took away
  bool converged = false;
};

/// The most probable values given data and priors: Levenberg-Marquardt with iteratively reweighted
/// residuals (Nocedal & Wright, Numerical Optimization, 10.3). The unknowns stay in their bounds.
LeastSquaresResult solve(const LeastSquaresProblem& problem);

/// The standard deviation of a quantity with @p gradient with respect to the unknowns.
double standardDeviation(const LeastSquaresResult& result, const std::vector<double>& gradient);

}  // namespace neurovasc::contact
