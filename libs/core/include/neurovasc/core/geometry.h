#pragma once

#include <array>
#include <cmath>
#include <vector>

namespace neurovasc {

/// All coordinates are LPS millimetres of the T2 series' scanner frame unless a name says
/// otherwise: +x to the patient's left, +y posterior, +z cranial.

/// A point or a direction in LPS, mm.
struct Vec3 {
  double x = 0;
  double y = 0;
  double z = 0;

  double& operator[](int axis) { return axis == 0 ? x : axis == 1 ? y : z; }
  double operator[](int axis) const { return axis == 0 ? x : axis == 1 ? y : z; }

  Vec3& operator+=(const Vec3& b) { return *this = {x + b.x, y + b.y, z + b.z}; }
  Vec3& operator-=(const Vec3& b) { return *this = {x - b.x, y - b.y, z - b.z}; }
  Vec3& operator*=(double f) { return *this = {x * f, y * f, z * f}; }

  friend Vec3 operator+(Vec3 a, const Vec3& b) { return a += b; }
  friend Vec3 operator-(Vec3 a, const Vec3& b) { return a -= b; }
  friend Vec3 operator-(const Vec3& a) { return {-a.x, -a.y, -a.z}; }
  friend Vec3 operator*(Vec3 a, double f) { return a *= f; }
  friend Vec3 operator*(double f, Vec3 a) { return a *= f; }
  friend Vec3 operator/(Vec3 a, double f) { return a *= 1 / f; }
  friend bool operator==(const Vec3& a, const Vec3& b) {
    return a.x == b.x && a.y == b.y && a.z == b.z;
  }
  friend bool operator!=(const Vec3& a, const Vec3& b) { return !(a == b); }
};

using Point3 = Vec3;

inline double dot(const Vec3& a, const Vec3& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(const Vec3& a) { return std::sqrt(dot(a, a)); }
inline double distance(const Point3& a, const Point3& b) { return norm(a - b); }

/// @p a scaled to length 1; the zero vector stays zero.
Vec3 normalized(const Vec3& a);

/// Some unit vector perpendicular to @p a, the same one for the same @p a.
Vec3 perpendicularTo(const Vec3& a);

/// A 3 x 3 matrix, row by row.
struct Matrix3 {
  std::array<double, 9> m = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  double& operator()(int row, int column) { return m[static_cast<std::size_t>(3 * row + column)]; }
  double operator()(int row, int column) const {
    return m[static_cast<std::size_t>(3 * row + column)];
  }
  Vec3 column(int c) const { return {(*this)(0, c), (*this)(1, c), (*this)(2, c)}; }
  static Matrix3 fromColumns(const Vec3& a, const Vec3& b, const Vec3& c);

  friend Vec3 operator*(const Matrix3& a, const Vec3& v) {
    return {a(0, 0) * v.x + a(0, 1) * v.y + a(0, 2) * v.z,
            a(1, 0) * v.x + a(1, 1) * v.y + a(1, 2) * v.z,
            a(2, 0) * v.x + a(2, 1) * v.y + a(2, 2) * v.z};
  }
  friend Matrix3 operator*(const Matrix3& a, const Matrix3& b);
  friend bool operator==(const Matrix3& a, const Matrix3& b) { return a.m == b.m; }
};

Matrix3 transposed(const Matrix3& a);
double determinant(const Matrix3& a);

/// Eigenvalues in ascending order of a symmetric matrix, with unit eigenvectors as columns.
struct SymmetricEigen {
  Vec3 values;
  Matrix3 vectors;
};
SymmetricEigen eigenOfSymmetric(const Matrix3& a);

/// y = rotation * x + translation. Of a registration: maps points of the fixed frame (T2) to the
/// moving series' frame, as ITK's transforms do.
struct RigidTransform {
  Matrix3 rotation;
  Vec3 translation;

  Point3 operator()(const Point3& p) const { return rotation * p + translation; }
  RigidTransform inverse() const;
};

/// (a * b)(p) = a(b(p)).
RigidTransform operator*(const RigidTransform& a, const RigidTransform& b);

/// The rotation's angle in degrees, 0 to 180.
double rotationAngleDeg(const RigidTransform& t);

/// An axis-aligned box in LPS mm.
struct Box {
  Point3 lower;
  Point3 upper;

  bool contains(const Point3& p) const {
    return p.x >= lower.x && p.x <= upper.x && p.y >= lower.y && p.y <= upper.y && p.z >= lower.z &&
           p.z <= upper.z;
  }
};

/// The smallest box around @p points, each side moved out by @p margin_mm. @p points is not empty.
Box boundingBox(const std::vector<Point3>& points, double margin_mm);

}  // namespace neurovasc
