#include "neurovasc/core/geometry.h"

#include <algorithm>
#include <utility>

namespace neurovasc {
namespace {

/// One Jacobi rotation that zeroes a(p, q), applied to a and gathered in v.
void rotate(Matrix3& a, Matrix3& v, int p, int q) {
  if (a(p, q) == 0.0) {
    return;
  }
  const double theta = (a(q, q) - a(p, p)) / (2 * a(p, q));
  const double t = (theta >= 0 ? 1 : -1) / (std::abs(theta) + std::sqrt(theta * theta + 1));
  const double c = 1 / std::sqrt(t * t + 1);
  const double s = t * c;
  for (int k = 0; k < 3; ++k) {
    const double akp = a(k, p);
    const double akq = a(k, q);
    a(k, p) = c * akp - s * akq;
    a(k, q) = s * akp + c * akq;
  }
  for (int k = 0; k < 3; ++k) {
    const double apk = a(p, k);
    const double aqk = a(q, k);
    a(p, k) = c * apk - s * aqk;
    a(q, k) = s * apk + c * aqk;
    const double vkp = v(k, p);
    const double vkq = v(k, q);
    v(k, p) = c * vkp - s * vkq;
    v(k, q) = s * vkp + c * vkq;
  }
}

}  // namespace

Vec3 normalized(const Vec3& a) {
  const double n = norm(a);
  return n > 0 ? a / n : a;
}

Vec3 perpendicularTo(const Vec3& a) {
  const double ax = std::abs(a.x);
  const double ay = std::abs(a.y);
  const double az = std::abs(a.z);
  const Vec3 least = ax <= ay && ax <= az ? Vec3{1, 0, 0}
                     : ay <= az           ? Vec3{0, 1, 0}
                                          : Vec3{0, 0, 1};
  return normalized(cross(a, least));
}

Matrix3 Matrix3::fromColumns(const Vec3& a, const Vec3& b, const Vec3& c) {
  return {{a.x, b.x, c.x, a.y, b.y, c.y, a.z, b.z, c.z}};
}

Matrix3 operator*(const Matrix3& a, const Matrix3& b) {
  return Matrix3::fromColumns(a * b.column(0), a * b.column(1), a * b.column(2));
}

Matrix3 transposed(const Matrix3& a) {
  return {{a.m[0], a.m[3], a.m[6], a.m[1], a.m[4], a.m[7], a.m[2], a.m[5], a.m[8]}};
}

double determinant(const Matrix3& a) { return dot(a.column(0), cross(a.column(1), a.column(2))); }

SymmetricEigen eigenOfSymmetric(const Matrix3& matrix) {
  Matrix3 a = matrix;
  Matrix3 v;
  // Cyclic Jacobi: converges quadratically, six sweeps reach double precision for 3 x 3.
  for (int sweep = 0; sweep < 6; ++sweep) {
    rotate(a, v, 0, 1);
    rotate(a, v, 0, 2);
    rotate(a, v, 1, 2);
  }
  std::array<int, 3> order = {0, 1, 2};
  std::sort(order.begin(), order.end(), [&a](int i, int j) { return a(i, i) < a(j, j); });
  return {{a(order[0], order[0]), a(order[1], order[1]), a(order[2], order[2])},
          Matrix3::fromColumns(v.column(order[0]), v.column(order[1]), v.column(order[2]))};
}

RigidTransform RigidTransform::inverse() const {
  const Matrix3 back = transposed(rotation);
  return {back, -(back * translation)};
}

RigidTransform operator*(const RigidTransform& a, const RigidTransform& b) {
  return {a.rotation * b.rotation, a(b.translation)};
}

double rotationAngleDeg(const RigidTransform& t) {
  constexpr double kDegPerRad = 57.29577951308232;
  const Matrix3& r = t.rotation;
  // atan2 of sine and cosine stays exact near 0, where acos of the trace does not.
  const Vec3 axis = {r(2, 1) - r(1, 2), r(0, 2) - r(2, 0), r(1, 0) - r(0, 1)};
  return std::atan2(norm(axis), r(0, 0) + r(1, 1) + r(2, 2) - 1) * kDegPerRad;
}

Box boundingBox(const std::vector<Point3>& points, double margin_mm) {
  Box box{points.front(), points.front()};
  for (const auto& p : points) {
    for (int a = 0; a < 3; ++a) {
      box.lower[a] = std::min(box.lower[a], p[a]);
      box.upper[a] = std::max(box.upper[a], p[a]);
    }
  }
  const Vec3 margin = {margin_mm, margin_mm, margin_mm};
  return {box.lower - margin, box.upper + margin};
}

}  // namespace neurovasc
