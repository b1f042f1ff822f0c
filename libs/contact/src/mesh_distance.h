#pragma once

#include <vector>

#include "neurovasc/core/mesh.h"

namespace neurovasc::contact {

/// Signed distances from points to a closed surface: negative inside.
class MeshDistance {
 public:
  explicit MeshDistance(const TriangleMesh& mesh);

  struct Nearest {
    double distance_mm = 0;  ///< negative inside
    Point3 point_mm;         ///< on the surface
  };
  /// The nearest place if it is nearer than @p within_mm (or the point is inside); else
  /// distance_mm is @p within_mm.
  Nearest nearest(const Point3& p, double within_mm) const;

 private:
  bool inside(const Point3& p) const;

  struct Triangle {
    std::array<Point3, 3> corners;
    Point3 center;
    double radius_mm = 0;
  };
  std::vector<Triangle> triangles_;
  Box bounds_;
};

}  // namespace neurovasc::contact
