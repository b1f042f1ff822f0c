#include "neurovasc/scene/section.h"

namespace neurovasc::scene {

std::vector<Segment> sectionOf(const TriangleMesh& mesh, const Point3& point, const Vec3& normal) {
  std::vector<double> height(mesh.vertices_mm.size());
  for (std::size_t i = 0; i < height.size(); ++i) {
    height[i] = dot(mesh.vertices_mm[i] - point, normal);
  }
  std::vector<Segment> segments;
  for (const auto& t : mesh.triangles) {
    Segment ends;
    std::size_t found = 0;
    for (std::size_t e = 0; e < 3; ++e) {
      const std::uint32_t a = t[e];
      const std::uint32_t b = t[(e + 1) % 3];
      // Half-open, so that a vertex in the plane is met by one of its two edges only.
      if ((height[a] >= 0) != (height[b] >= 0) && found < 2) {
        const double f = height[a] / (height[a] - height[b]);
        ends[found++] = mesh.vertices_mm[a] + f * (mesh.vertices_mm[b] - mesh.vertices_mm[a]);
      }
    }
    if (found == 2) {
      segments.push_back(ends);
    }
  }
  return segments;
}

}  // namespace neurovasc::scene
