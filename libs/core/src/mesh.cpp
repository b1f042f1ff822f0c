#include "neurovasc/core/mesh.h"

#include <cmath>
#include <map>
#include <tuple>
#include <utility>

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

using Edge = std::pair<std::uint32_t, std::uint32_t>;

Edge edgeOf(std::uint32_t a, std::uint32_t b) { return a < b ? Edge{a, b} : Edge{b, a}; }

/// Halves edges of triangles; an edge shared by two triangles gets one middle.
class Halver {
 public:
  Halver(TriangleMesh& mesh, double longest_edge_mm) : mesh_(mesh), longest_mm_(longest_edge_mm) {}

  /// Splits every triangle once along its long edges; false when there was none.
  bool halveOnce() {
    middles_.clear();
    std::vector<Triangle> out;
    for (const Triangle& t : mesh_.triangles) split(t, out);
    mesh_.triangles = std::move(out);
    return !middles_.empty();
  }

 private:
  using Triangle = std::array<std::uint32_t, 3>;

  bool isLong(std::uint32_t a, std::uint32_t b) const {
    return distance(mesh_.vertices_mm[a], mesh_.vertices_mm[b]) > longest_mm_;
  }

  std::uint32_t middle(std::uint32_t a, std::uint32_t b) {
    const auto next = static_cast<std::uint32_t>(mesh_.vertices_mm.size());
    const auto [at, is_new] = middles_.emplace(edgeOf(a, b), next);
    if (is_new) {
      mesh_.vertices_mm.push_back((mesh_.vertices_mm[a] + mesh_.vertices_mm[b]) / 2);
    }
    return at->second;
  }

  /// Cuts off corners at the middles of long edges; the triangle is turned so that edge 0-1 is long
  /// and, where one edge is short, that is edge 2-0.
  void split(Triangle t, std::vector<Triangle>& out) {
    std::array<bool, 3> cut = {isLong(t[0], t[1]), isLong(t[1], t[2]), isLong(t[2], t[0])};
    const int count = cut[0] + cut[1] + cut[2];
    while (count > 0 && count < 3 && !(cut[0] && !cut[2])) {
      t = {t[1], t[2], t[0]};
      cut = {cut[1], cut[2], cut[0]};
    }
    if (count == 0) {
      out.push_back(t);
      return;
    }
    const std::uint32_t a = middle(t[0], t[1]);
    if (count == 1) {
      out.insert(out.end(), {{t[0], a, t[2]}, {a, t[1], t[2]}});
      return;
    }
    const std::uint32_t b = middle(t[1], t[2]);
    if (count == 2) {
      out.insert(out.end(), {{a, t[1], b}, {t[0], a, b}, {t[0], b, t[2]}});
      return;
    }
    const std::uint32_t c = middle(t[2], t[0]);
    out.insert(out.end(), {{t[0], a, c}, {a, t[1], b}, {c, b, t[2]}, {a, b, c}});
  }

  TriangleMesh& mesh_;
  double longest_mm_;
  std::map<Edge, std::uint32_t> middles_;
};

/// For each vertex the first one at the same place.
std::vector<std::uint32_t> merged(const std::vector<Point3>& vertices_mm) {
  std::map<std::tuple<double, double, double>, std::uint32_t> first;
  std::vector<std::uint32_t> out;
  for (const Point3& p : vertices_mm) {
    const auto next = static_cast<std::uint32_t>(out.size());
    out.push_back(first.emplace(std::make_tuple(p.x, p.y, p.z), next).first->second);
  }
  return out;
}

}  // namespace

bool isClosed(const TriangleMesh& mesh) {
  const std::vector<std::uint32_t> vertex = merged(mesh.vertices_mm);
  std::map<Edge, int> uses;
  for (const auto& t : mesh.triangles) {
    for (std::size_t i = 0; i < 3; ++i) {
      ++uses[edgeOf(vertex[t[i]], vertex[t[(i + 1) % 3]])];
    }
  }
  for (const auto& [edge, count] : uses) {
    if (count % 2 != 0 && edge.first != edge.second) {
      return false;
    }
  }
  return !mesh.triangles.empty();
}

TriangleMesh refined(TriangleMesh mesh, double longest_edge_mm) {
  Halver halver(mesh, longest_edge_mm);
  while (halver.halveOnce()) {
  }
  return mesh;
}

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
