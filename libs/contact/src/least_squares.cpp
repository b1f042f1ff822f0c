#include "least_squares.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace neurovasc::contact {
namespace {

double square(double x) { return x * x; }

/// The state of a fit and the steps on it.
class Fit {
 public:
  explicit Fit(const LeastSquaresProblem& problem) : problem_(problem) {
    for (const Unknown& unknown : problem.unknowns) {
      values_.push_back(unknown.start);
    }
    for (std::size_t i = 0; i < problem.data.size(); ++i) {
      if (problem.weights[i] > 0) {
        rows_.push_back(i);
      }
    }
    cost_ = costOf(values_, prediction_);
  }

  LeastSquaresResult run() {
    // Gains below a ten-thousandth of the cost move no unknown by a noticeable part of its error.
    constexpr double kLeastGain = 1e-4;
    LeastSquaresResult result;
    for (int i = 0; i < problem_.max_iterations && !result.converged; ++i) {
      linearise();
      const double before = cost_;
      result.converged = !descend() || before - cost_ < kLeastGain * before;
    }
    linearise();
    result.values = values_;
    result.factor = choleskyFactor(information_);
    describeResidual(result);
    return result;
  }

 private:
  double robustCost(std::size_t row, float predicted) const {
    const double r2 = problem_.weights[row] * square(problem_.data[row] - predicted);
    const double k2 = square(problem_.robust_sds);
    return problem_.share * k2 * std::log1p(r2 / k2);
  }

  double costOf(const std::vector<double>& values, std::vector<float>& prediction) const {
    problem_.predict(values, -1, prediction);
    double cost = 0;
    for (const std::size_t row : rows_) {
      cost += robustCost(row, prediction[row]);
    }
    for (std::size_t k = 0; k < values.size(); ++k) {
      cost += square((values[k] - problem_.unknowns[k].start) / problem_.unknowns[k].prior_sd);
    }
    return cost;
  }

  /// Derivatives of the prediction by one unknown, at the rows that take part.
  std::vector<double> column(std::size_t k, std::vector<float>& scratch) const {
    const Unknown& unknown = problem_.unknowns[k];
    std::vector<double> moved = values_;
    const double step = moved[k] + unknown.step > unknown.upper ? -unknown.step : unknown.step;
    moved[k] += step;
    problem_.predict(moved, static_cast<int>(k), scratch);
    std::vector<double> out;
    out.reserve(rows_.size());
    for (const std::size_t row : rows_) {
      out.push_back((static_cast<double>(scratch[row]) - prediction_[row]) / step);
    }
    return out;
  }

  void linearise() {
    std::vector<float> scratch;
    std::vector<std::vector<double>> jacobian;
    for (std::size_t k = 0; k < values_.size(); ++k) {
      jacobian.push_back(column(k, scratch));
    }
    accumulate(jacobian);
  }

  /// Information matrix and descent direction from data and priors.
  void accumulate(const std::vector<std::vector<double>>& jacobian) {
    const std::size_t n = values_.size();
    const std::vector<double> weight = robustWeights();
    information_ = SquareMatrix(n);
    descent_.assign(n, 0.0);
    for (std::size_t a = 0; a < n; ++a) {
      addPrior(a);
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        const double weighted = weight[i] * jacobian[a][i];
        descent_[a] += weighted * residual(rows_[i]);
        for (std::size_t b = 0; b <= a; ++b) {
          information_(a, b) += weighted * jacobian[b][i];
        }
      }
      for (std::size_t b = 0; b < a; ++b) {
        information_(b, a) = information_(a, b);
      }
    }
  }

  double residual(std::size_t row) const {
    return static_cast<double>(problem_.data[row]) - prediction_[row];
  }

  std::vector<double> robustWeights() const {
    std::vector<double> weights;
    weights.reserve(rows_.size());
    for (const std::size_t row : rows_) {
      const double r2 = problem_.weights[row] * square(residual(row));
      weights.push_back(problem_.share * problem_.weights[row] /
                        (1 + r2 / square(problem_.robust_sds)));
    }
    return weights;
  }

  void addPrior(std::size_t k) {
    const Unknown& unknown = problem_.unknowns[k];
    information_(k, k) += 1 / square(unknown.prior_sd);
    descent_[k] += (unknown.start - values_[k]) / square(unknown.prior_sd);
  }

  std::vector<double> proposal() const {
    SquareMatrix damped = information_;
    for (std::size_t k = 0; k < damped.size(); ++k) {
      damped(k, k) *= 1 + damping_;
    }
    std::vector<double> next = solveFactored(choleskyFactor(damped), descent_);
    for (std::size_t k = 0; k < next.size(); ++k) {
      const Unknown& unknown = problem_.unknowns[k];
      next[k] = std::clamp(values_[k] + next[k], unknown.lower, unknown.upper);
    }
    return next;
  }

  /// One accepted step, with more damping until there is one; false if there is none.
  bool descend() {
    constexpr double kMaxDamping = 1e4;
    for (; damping_ < kMaxDamping; damping_ *= 8) {
      const std::vector<double> next = proposal();
      std::vector<float> prediction;
      const double cost = costOf(next, prediction);
      if (cost < cost_) {
        values_ = next;
        cost_ = cost;
        prediction_ = std::move(prediction);
        damping_ = std::max(damping_ / 8, 1e-6);
        return true;
      }
    }
    // The prediction that belongs to values_ was overwritten inside the predictor's own state.
    costOf(values_, prediction_);
    return false;
  }

  /// Residual and outliers of the data that take part, by their robust weights.
  void describeResidual(LeastSquaresResult& result) const {
    double sum = 0;
    double all = 0;
    double believed = 0;
    for (const std::size_t row : rows_) {
      const double r2 = square(problem_.data[row] - prediction_[row]);
      const double share = 1 / (1 + problem_.weights[row] * r2 / square(problem_.robust_sds));
      sum += share * problem_.weights[row] * r2;
      believed += share * problem_.weights[row];
      all += problem_.weights[row];
    }
    result.rms = believed > 0 ? std::sqrt(sum / believed) : 0;
    result.disbelieved = all > 0 ? 1 - believed / all : 0;
  }

  const LeastSquaresProblem& problem_;
  std::vector<std::size_t> rows_;
  std::vector<double> values_;
  std::vector<float> prediction_;
  std::vector<double> descent_;
  SquareMatrix information_{0};
  double cost_ = 0;
  double damping_ = 1e-3;
};

}  // namespace

LeastSquaresResult solve(const LeastSquaresProblem& problem) { return Fit(problem).run(); }

double standardDeviation(const LeastSquaresResult& result, const std::vector<double>& gradient) {
  const std::vector<double> x = solveFactored(result.factor, gradient);
  return std::sqrt(std::inner_product(x.begin(), x.end(), gradient.begin(), 0.0));
}

}  // namespace neurovasc::contact
