#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/core/geometry.h"

namespace neurovasc {

/// A tubular structure: a centre line with a radius at each of its points. Its surface is
/// { p : |p - c(s)| = r(s) } for the nearest s, sub-voxel by nature.
///
/// All vectors have the same length, or confidence is empty (unknown).
struct Tube {
  std::vector<Point3> points_mm;   ///< LPS, consecutive points differ
  std::vector<double> radius_mm;   ///< to the structure's outer surface
  std::vector<double> confidence;  ///< 0 to 1, how well the images support this place

  std::size_t size() const { return points_mm.size(); }
  bool empty() const { return points_mm.empty(); }
};

/// Arc length from the first point to each point, mm.
std::vector<double> arcLengths(const std::vector<Point3>& line_mm);
double lengthOf(const std::vector<Point3>& line_mm);

/// The place of a polyline nearest to a point.
struct Projection {
  Point3 point_mm;          ///< on the polyline
  double arclength_mm = 0;  ///< from its first point
  double distance_mm = 0;
  std::size_t segment = 0;  ///< between points segment and segment + 1
  double fraction = 0;      ///< along that segment, 0 to 1
};

/// @p line_mm has at least one point.
Projection project(const std::vector<Point3>& line_mm, const Point3& p);

/// Linear interpolation at arc length @p s_mm, held at the ends.
Point3 pointAt(const std::vector<Point3>& line_mm, double s_mm);
double valueAt(const std::vector<Point3>& line_mm, const std::vector<double>& values, double s_mm);
/// Unit tangent towards growing arc length.
Vec3 tangentAt(const std::vector<Point3>& line_mm, double s_mm);

/// @p tube at points @p step_mm apart (the last step is shorter), values interpolated linearly.
Tube resampled(const Tube& tube, double step_mm);

/// @p tube with its points in the opposite order.
Tube reversed(Tube tube);

}  // namespace neurovasc
