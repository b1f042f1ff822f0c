#include "rigid_ascent.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace neurovasc::imaging {
namespace {

constexpr std::size_t kDimension = 6;
using Vector6 = std::array<double, kDimension>;
using Matrix6 = std::array<Vector6, kDimension>;

double dot6(const Vector6& a, const Vector6& b) {
  double sum = 0;
  for (std::size_t n = 0; n < kDimension; ++n) {
    sum += a[n] * b[n];
  }
  return sum;
}

Vector6 times(const Matrix6& m, const Vector6& v) {
  Vector6 out;
  std::transform(m.begin(), m.end(), out.begin(),
                 [&v](const Vector6& row) { return dot6(row, v); });
  return out;
}

Vector6 scaled(Vector6 v, double f) {
  for (double& entry : v) {
    entry *= f;
  }
  return v;
}

/// The rotation by a rotation vector (Rodrigues).
Matrix3 rotationBy(const Vec3& vector) {
  const double angle = norm(vector);
  const Vec3 axis = normalized(vector);
  const auto column = [&](const Vec3& e) {
    return std::cos(angle) * e + std::sin(angle) * cross(axis, e) +
           (1 - std::cos(angle)) * dot(axis, e) * axis;
  };
  return Matrix3::fromColumns(column({1, 0, 0}), column({0, 1, 0}), column({0, 0, 1}));
}

/// The inverse Hessian of the negated metric, learnt from the steps.
class InverseHessian {
 public:
  explicit InverseHessian(double scale) {
    for (std::size_t n = 0; n < kDimension; ++n) {
      matrix_[n].fill(0);
      matrix_[n][n] = scale;
    }
  }

  Vector6 direction(const Vector6& gradient) const { return times(matrix_, gradient); }

  /// @p drop is how much the gradient fell along @p step.
  void learn(const Vector6& step, const Vector6& drop) {
    const double curvature = dot6(step, drop);
    if (!(curvature > 0)) {
      return;  // not concave here: the step teaches nothing
    }
    const Vector6 hy = times(matrix_, drop);
    const double factor = (1 + dot6(drop, hy) / curvature) / curvature;
    for (std::size_t r = 0; r < kDimension; ++r) {
      for (std::size_t c = 0; c < kDimension; ++c) {
        matrix_[r][c] +=
            factor * step[r] * step[c] - (hy[r] * step[c] + step[r] * hy[c]) / curvature;
      }
    }
  }

 private:
  Matrix6 matrix_;
};

/// One climb; parameters in mm, the rotations by what they do at the radius.
class Climber {
 public:
  Climber(MutualInformation& metric, const Point3& centre_mm, double radius_mm,
          const AscentOptions& options)
      : metric_(metric), centre_mm_(centre_mm), radius_mm_(radius_mm), options_(options) {}

  RigidTransform climb(const RigidTransform& start, const StopToken& stop) {
    here_ = start;
    value_ = evaluate(here_, gradient_);
    const double steepness = std::sqrt(dot6(gradient_, gradient_));
    InverseHessian inverse(steepness > 0 ? options_.first_step_mm / steepness : 1);
    for (int n = 0; n < options_.iterations && step(inverse); ++n) {
      stop.throwIfStopped();
    }
    return here_;
  }

 private:
  double evaluate(const RigidTransform& at, Vector6& gradient) {
    const auto value = metric_.evaluate(at, at(centre_mm_), true);
    const double turn = options_.rotate ? 1 / radius_mm_ : 0;
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      gradient[a] = value.gradient.rotation[axis] * turn;
      gradient[a + 3] = value.gradient.shift_mm[axis];
    }
    return value.information;
  }

  RigidTransform moved(const Vector6& step) const {
    const Vec3 rotation = {step[0] / radius_mm_, step[1] / radius_mm_, step[2] / radius_mm_};
    return twisted(here_, {rotation, {step[3], step[4], step[5]}}, here_(centre_mm_));
  }

  /// Whether it pays to go on.
  bool step(InverseHessian& inverse) {
    Vector6 direction = inverse.direction(gradient_);
    double slope = dot6(direction, gradient_);
    if (!(slope > 0)) {
      return false;
    }
    const double length = std::sqrt(dot6(direction, direction));
    double share = std::min(1.0, options_.first_step_mm / length);
    for (; share * length > options_.last_step_mm; share /= 3) {
      const Vector6 trial = scaled(direction, share);
      Vector6 gradient;
      const RigidTransform there = moved(trial);
      const double value = evaluate(there, gradient);
      // Armijo's rule: at least a small part of the rise that the slope promises.
      if (value > value_ + 1e-4 * share * slope) {
        Vector6 drop;
        std::transform(gradient_.begin(), gradient_.end(), gradient.begin(), drop.begin(),
                       std::minus<>());
        inverse.learn(trial, drop);
        here_ = there;
        value_ = value;
        gradient_ = gradient;
        return share * length > 2 * options_.last_step_mm;
      }
    }
    return false;
  }

  MutualInformation& metric_;
  Point3 centre_mm_;
  double radius_mm_;
  AscentOptions options_;
  RigidTransform here_;
  double value_ = 0;
  Vector6 gradient_{};
};

}  // namespace

RigidTransform twisted(const RigidTransform& start, const Twist& twist, const Point3& centre_mm) {
  const Matrix3 rotation = rotationBy(twist.rotation);
  const RigidTransform about = {rotation, centre_mm - rotation * centre_mm + twist.shift_mm};
  return about * start;
}

RigidTransform climb(MutualInformation& metric, RigidTransform start, const Point3& centre_mm,
                     double radius_mm, const AscentOptions& options, const StopToken& stop) {
  return Climber(metric, centre_mm, radius_mm, options).climb(start, stop);
}

}  // namespace neurovasc::imaging
