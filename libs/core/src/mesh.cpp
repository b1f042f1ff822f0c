#include "neurovasc/core/mesh.h"

#include <cmath>

namespace neurovasc {
namespace {

constexpr double kTwoPi = 6.283185307179586;

std::vector<Vec3> tangents(const std::vector<Point3>& p) {
  std::vector<Vec3> t(p.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    const std::size_t before = i == 0 ? 0 : i - 1;
    const std::size_t after = i + 1 == p.size() ? i : i + 1;
    t[i] = normalized(p[after] - p[before]);
  }
  return t;
}

/// Normals that do not twist about the line: double reflection (Wang et al. 2008, table I).
std::vector<Vec3> rotationMinimisingNormals(const std::vector<Point3>& p,
                                            const std::vector<Vec3>& t) {
  std::vector<Vec3> r(p.size());
  r[0] = perpendicularTo(t[0]);
  for (std::size_t i = 0; i + 1 < p.size(); ++i) {
    const Vec3 v1 = p[i + 1] - p[i];
    const double c1 = dot(v1, v1);
    const Vec3 reflected_r = r[i] - (2 / c1) * dot(v1, r[i]) * v1;
    const Vec3 reflected_t = t[i] - (2 / c1) * dot(v1, t[i]) * v1;
    const Vec3 v2 = t[i + 1] - reflected_t;
    const double c2 = dot(v2, v2);
    r[i + 1] = c2 > 0 ? reflected_r - (2 / c2) * dot(v2, reflected_r) * v2 : reflected_r;
  }
  return r;
}

void addRing(TriangleMesh& mesh, const Point3& center, double radius, const Vec3& normal,
             const Vec3& tangent, int sides) {
  const Vec3 binormal = cross(tangent, normal);
  for (int k = 0; k < sides; ++k) {
    const double a = kTwoPi * k / sides;
    mesh.vertices_mm.push_back(center + radius * (std::cos(a) * normal + std::sin(a) * binormal));
  }
}

void addCap(TriangleMesh& mesh, const Point3& center, std::uint32_t ring, std::uint32_t sides,
            bool outward_is_forward) {
  const auto middle = static_cast<std::uint32_t>(mesh.vertices_mm.size());
  mesh.vertices_mm.push_back(center);
  for (std::uint32_t k = 0; k < sides; ++k) {
    const std::uint32_t a = ring + k;
    const std::uint32_t b = ring + (k + 1) % sides;
    if (outward_is_forward) {
      mesh.triangles.push_back({middle, a, b});
    } else {
      mesh.triangles.push_back({middle, b, a});
    }
  }
}

}  // namespace

double volumeMm3(const TriangleMesh& mesh) {
  double six_volumes = 0;
  for (const auto& t : mesh.triangles) {
    six_volumes +=
        dot(mesh.vertices_mm[t[0]], cross(mesh.vertices_mm[t[1]], mesh.vertices_mm[t[2]]));
  }
  return six_volumes / 6;
}

double surfaceAreaMm2(const TriangleMesh& mesh) {
  double two_areas = 0;
  for (const auto& t : mesh.triangles) {
    const Point3& a = mesh.vertices_mm[t[0]];
    two_areas += norm(cross(mesh.vertices_mm[t[1]] - a, mesh.vertices_mm[t[2]] - a));
  }
  return two_areas / 2;
}

TriangleMesh tubeSurface(const Tube& tube, int sides) {
  TriangleMesh mesh;
  if (tube.size() < 2) {
    return mesh;
  }
  const std::vector<Vec3> t = tangents(tube.points_mm);
  const std::vector<Vec3> n = rotationMinimisingNormals(tube.points_mm, t);
  for (std::size_t i = 0; i < tube.size(); ++i) {
    addRing(mesh, tube.points_mm[i], tube.radius_mm[i], n[i], t[i], sides);
  }
  const auto m = static_cast<std::uint32_t>(sides);
  for (std::uint32_t i = 0; i + 1 < tube.size(); ++i) {
    for (std::uint32_t k = 0; k < m; ++k) {
      const std::uint32_t a = i * m + k;
      const std::uint32_t b = i * m + (k + 1) % m;
      mesh.triangles.push_back({a, b, b + m});
      mesh.triangles.push_back({a, b + m, a + m});
    }
  }
  addCap(mesh, tube.points_mm.front(), 0, m, false);
  addCap(mesh, tube.points_mm.back(), static_cast<std::uint32_t>(tube.size() - 1) * m, m, true);
  return mesh;
}

}  // namespace neurovasc
