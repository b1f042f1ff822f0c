#include "mesh_distance.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::contact {
namespace {

using Corners = std::array<Point3, 3>;

Point3 nearestOnSegment(const Point3& a, const Point3& b, const Point3& p) {
  const Vec3 ab = b - a;
  const double length2 = dot(ab, ab);
  const double t = length2 > 0 ? std::clamp(dot(p - a, ab) / length2, 0.0, 1.0) : 0.0;
  return a + t * ab;
}

/// The point of a triangle nearest to p: its plane's foot if that falls inside, else on an edge.
Point3 nearestOnTriangle(const Corners& c, const Point3& p) {
  const Vec3 normal = cross(c[1] - c[0], c[2] - c[0]);
  const double n2 = dot(normal, normal);
  if (n2 > 0) {
    const Point3 foot = p - (dot(p - c[0], normal) / n2) * normal;
    bool within = true;
    for (std::size_t i = 0; i < 3; ++i) {
      const Point3& a = c[i];
      const Point3& b = c[(i + 1) % 3];
      within = within && dot(cross(b - a, foot - a), normal) >= 0;
    }
    if (within) {
      return foot;
    }
  }
  Point3 best = nearestOnSegment(c[0], c[1], p);
  for (std::size_t i = 1; i < 3; ++i) {
    const Point3 q = nearestOnSegment(c[i], c[(i + 1) % 3], p);
    best = distance(q, p) < distance(best, p) ? q : best;
  }
  return best;
}

/// The solid angle of a triangle seen from p (van Oosterom & Strackee, IEEE TBME 30:125, 1983).
double solidAngle(const Corners& c, const Point3& p) {
  const Vec3 a = c[0] - p;
  const Vec3 b = c[1] - p;
  const Vec3 d = c[2] - p;
  const double la = norm(a);
  const double lb = norm(b);
  const double ld = norm(d);
  const double numerator = dot(a, cross(b, d));
  const double denominator = la * lb * ld + dot(a, b) * ld + dot(a, d) * lb + dot(b, d) * la;
  return 2 * std::atan2(numerator, denominator);
}

}  // namespace

MeshDistance::MeshDistance(const TriangleMesh& mesh) : bounds_(boundingBox(mesh.vertices_mm, 0.0)) {
  for (const auto& t : mesh.triangles) {
    Triangle triangle;
    triangle.corners = {mesh.vertices_mm[t[0]], mesh.vertices_mm[t[1]], mesh.vertices_mm[t[2]]};
    triangle.center = (triangle.corners[0] + triangle.corners[1] + triangle.corners[2]) / 3;
    for (const Point3& corner : triangle.corners) {
      triangle.radius_mm = std::max(triangle.radius_mm, distance(corner, triangle.center));
    }
    triangles_.push_back(triangle);
  }
}

bool MeshDistance::inside(const Point3& p) const {
  if (!bounds_.contains(p)) {
    return false;
  }
  constexpr double kPi = 3.14159265358979323846;
  double angle = 0;
  for (const Triangle& triangle : triangles_) {
    angle += solidAngle(triangle.corners, p);
  }
  // 4 pi inside, 0 outside; negative where the triangles turn the other way, as in surfaces that
  // were mirrored.
  return std::abs(angle) > 2 * kPi;
}

MeshDistance::Nearest MeshDistance::nearest(const Point3& p, double within_mm) const {
  const bool in = inside(p);
  Nearest best{in ? 1e9 : within_mm, p};
  for (const Triangle& triangle : triangles_) {
    const double reach = best.distance_mm + triangle.radius_mm;
    const Vec3 d = triangle.center - p;
    if (dot(d, d) < reach * reach) {
      const Point3 q = nearestOnTriangle(triangle.corners, p);
      if (const double there = distance(q, p); there < best.distance_mm) {
        best = {there, q};
      }
    }
  }
  best.distance_mm = in ? -best.distance_mm : best.distance_mm;
  return best;
}

}  // namespace neurovasc::contact
