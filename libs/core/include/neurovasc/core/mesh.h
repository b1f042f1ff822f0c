#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/tube.h"

namespace neurovasc {

/// A triangle surface in LPS mm. Triangles turn counter-clockwise seen from outside.
struct TriangleMesh {
  std::vector<Point3> vertices_mm;
  std::vector<std::array<std::uint32_t, 3>> triangles;

  bool empty() const { return triangles.empty(); }
};

/// Enclosed volume of a closed mesh, mm3 (divergence theorem).
double volumeMm3(const TriangleMesh& mesh);
double surfaceAreaMm2(const TriangleMesh& mesh);

/// Whether every edge is shared by two triangles, so that there is an inside. Corners at one place
/// count as one.
bool isClosed(const TriangleMesh& mesh);

/// The same surface in triangles with no edge above @p longest_edge_mm (above 0): longer edges are
/// halved until none is left, neighbours alike, so that a closed mesh stays closed. The vertices of
/// @p mesh come first, in their order.
TriangleMesh refined(TriangleMesh mesh, double longest_edge_mm);

/// The closed surface of a tube: @p sides vertices around each centre-line point, flat caps.
/// Rotation-minimising frames keep it free of twist (Wang et al., ACM TOG 27:2, 2008).
TriangleMesh tubeSurface(const Tube& tube, int sides);

}  // namespace neurovasc
