#include "rigid_fit.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::followup {
namespace {

constexpr int kSteps = 30;
/// What landmarks usually err by; beyond, they lose weight.
constexpr double kUsualMisfitMm = 1.0;

/// Rodrigues' formula.
Matrix3 rotationBy(const Vec3& turn_rad) {
  const double angle = norm(turn_rad);
  if (angle < 1e-12) {
    return {};
  }
  const Vec3 u = turn_rad / angle;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const auto column = [&](const Vec3& e) {
    return c * e + s * cross(u, e) + (1 - c) * dot(u, e) * u;
  };
  return Matrix3::fromColumns(column({1, 0, 0}), column({0, 1, 0}), column({0, 0, 1}));
}

/// The solution of a x = b, a symmetric; directions that @p a says nothing of stay 0.
Vec3 solved(const Matrix3& a, const Vec3& b) {
  const SymmetricEigen eigen = eigenOfSymmetric(a);
  Vec3 x;
  for (int n = 0; n < 3; ++n) {
    const Vec3 v = eigen.vectors.column(n);
    if (eigen.values[n] > 1e-9) {
      x += dot(v, b) / eigen.values[n] * v;
    }
  }
  return x;
}

struct Centres {
  Point3 first;
  Point3 later;
};

Centres centresOf(const std::vector<LandmarkPair>& pairs, const std::vector<double>& weights) {
  Centres out;
  double total = 0;
  for (std::size_t n = 0; n < pairs.size(); ++n) {
    out.first += weights[n] * pairs[n].first_mm;
    out.later += weights[n] * pairs[n].later_mm;
    total += weights[n];
  }
  return {out.first / total, out.later / total};
}

/// The small turn that brings the first points, turned by @p rotation, nearer to the later ones.
Vec3 furtherTurn(const std::vector<LandmarkPair>& pairs, const std::vector<double>& weights,
                 const Matrix3& rotation, const Centres& centres) {
  Matrix3 inertia;
  inertia.m.fill(0);
  Vec3 torque;
  for (std::size_t n = 0; n < pairs.size(); ++n) {
    const Vec3 a = rotation * (pairs[n].first_mm - centres.first);
    torque += weights[n] * cross(a, pairs[n].later_mm - centres.later);
    for (int row = 0; row < 3; ++row) {
      for (int column = 0; column < 3; ++column) {
        inertia(row, column) += weights[n] * ((row == column ? dot(a, a) : 0) - a[row] * a[column]);
      }
    }
  }
  return solved(inertia, torque);
}

std::vector<double> weightsFrom(const std::vector<LandmarkPair>& pairs, const RigidTransform& fit) {
  std::vector<double> weights;
  weights.reserve(pairs.size());
  for (const LandmarkPair& pair : pairs) {
    const double misfit = distance(fit(pair.first_mm), pair.later_mm) / kUsualMisfitMm;
    weights.push_back(1 / (1 + misfit * misfit));
  }
  return weights;
}

}  // namespace

RigidTransform rigidFit(const std::vector<LandmarkPair>& pairs) {
  std::vector<double> weights(pairs.size(), 1.0);
  RigidTransform fit;
  for (int step = 0; step < kSteps; ++step) {
    const Centres centres = centresOf(pairs, weights);
    fit.rotation = rotationBy(furtherTurn(pairs, weights, fit.rotation, centres)) * fit.rotation;
    fit.translation = centres.later - fit.rotation * centres.first;
    // Weights only once the points lie about where they belong.
    if (step >= kSteps / 3) {
      weights = weightsFrom(pairs, fit);
    }
  }
  return fit;
}

double medianMisfitMm(const std::vector<LandmarkPair>& pairs,
                      const RigidTransform& later_from_first) {
  std::vector<double> misfits;
  misfits.reserve(pairs.size());
  for (const LandmarkPair& pair : pairs) {
    misfits.push_back(distance(later_from_first(pair.first_mm), pair.later_mm));
  }
  const auto middle = misfits.begin() + static_cast<std::ptrdiff_t>(misfits.size() / 2);
  std::nth_element(misfits.begin(), middle, misfits.end());
  return *middle;
}

RigidTransform halfOf(const RigidTransform& small) {
  const Matrix3& r = small.rotation;
  const Vec3 axis = {r(2, 1) - r(1, 2), r(0, 2) - r(2, 0), r(1, 0) - r(0, 1)};
  // For small turns the antisymmetric part is twice the turn itself.
  return {rotationBy(0.25 * axis), 0.5 * small.translation};
}

}  // namespace neurovasc::followup
