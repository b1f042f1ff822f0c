#pragma once

#include <array>
#include <vector>

#include "neurovasc/core/mesh.h"

namespace neurovasc::scene {

using Segment = std::array<Point3, 2>;

/// Where @p mesh meets the plane through @p point with the unit @p normal, one segment a triangle.
std::vector<Segment> sectionOf(const TriangleMesh& mesh, const Point3& point, const Vec3& normal);

}  // namespace neurovasc::scene
