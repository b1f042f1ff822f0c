#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::phantom {

/// The head frame of the phantom: LPS axes of an upright head, origin at the midline of the
/// pontomedullary sulcus' level. A point of one side is given by how far lateral, anterior and
/// cranial it lies, so that both sides read alike.
inline Point3 at(Side side, double lateral_mm, double anterior_mm, double cranial_mm) {
  return {lateralSign(side) * lateral_mm, -anterior_mm, cranial_mm};
}

/// A smooth curve through @p knots (centripetal Catmull-Rom), sampled every @p step_mm.
std::vector<Point3> spline(const std::vector<Point3>& knots, double step_mm);

/// @p line with points @p step_mm apart (the last step is shorter).
std::vector<Point3> respaced(const std::vector<Point3>& line, double step_mm);

/// A tube of one radius, or tapering linearly along its points.
Tube makeTube(std::vector<Point3> line, double radius_mm);
Tube makeTube(std::vector<Point3> line, double first_radius_mm, double last_radius_mm);

/// Where two tubes come nearest: the gap between the surfaces and the points on the centre lines.
struct Approach {
  double gap_mm = 1e9;
  Point3 on_first;
  Point3 on_second;
  double first_arc_mm = 0;
  double second_arc_mm = 0;
};

/// Exact to about 0.002 mm: @p second is sampled every 0.1 mm against the segments of @p first.
Approach nearestApproach(const Tube& first, const Tube& second);

/// Moves the points of @p line around arc length @p center_mm by @p shift, fading out as a Gaussian
/// of standard deviation @p width_mm.
void bend(std::vector<Point3>& line, double center_mm, const Vec3& shift, double width_mm);

}  // namespace neurovasc::phantom
