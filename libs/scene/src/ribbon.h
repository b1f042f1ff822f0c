#pragma once

#include <vector>

#include "neurovasc/core/mesh.h"

namespace neurovasc::scene {

/// The surface swept by a line along a fixed direction, laid flat: a place on it has the
/// coordinates h, the arc length along the line seen down that direction, and u along the
/// direction. Both are lengths in the patient, because such a surface bends without stretching.
class Ribbon {
 public:
  /// Through @p line_mm (two points or more), swept along the unit @p sweep, begun @p before_mm
  /// before the line's first point.
  Ribbon(const std::vector<Point3>& line_mm, const Vec3& sweep, double before_mm);

  double length_mm() const { return length_mm_; }
  const Vec3& sweep() const { return sweep_; }
  /// The place with coordinates @p h_mm and @p u_mm.
  Point3 at(double h_mm, double u_mm) const;
  /// h, u and the distance off the surface of @p p, with a sign.
  Vec3 flat(const Point3& p) const;
  /// @p mesh in the coordinates of flat(); triangles that are far off are left out.
  TriangleMesh flattened(const TriangleMesh& mesh) const;

 private:
  Vec3 sweep_;
  std::vector<Point3> path_mm_;  ///< in the plane across the sweep, longer than what is shown
  std::vector<double> along_mm_;
  double begin_mm_ = 0;  ///< where h = 0 is on the path
  double length_mm_ = 0;
};

}  // namespace neurovasc::scene
