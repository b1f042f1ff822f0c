#pragma once

#include <cmath>
#include <functional>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/volume.h"

/// Small analytic volumes that show mistakes of geometry: oblique, anisotropic, off the origin.
namespace neurovasc::test {

/// The rotation by @p degrees about @p axis (right-handed).
inline Matrix3 rotationAbout(const Vec3& axis, double degrees) {
  const Vec3 u = normalized(axis);
  const double angle = degrees * 3.14159265358979323846 / 180;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const auto column = [&](const Vec3& e) {
    return c * e + s * cross(u, e) + (1 - c) * dot(u, e) * u;
  };
  return Matrix3::fromColumns(column({1, 0, 0}), column({0, 1, 0}), column({0, 0, 1}));
}

/// A grid with every property that careless code forgets.
inline GridGeometry obliqueGrid(const Size3& size, const Vec3& spacing_mm) {
  GridGeometry grid;
  grid.size = size;
  grid.spacing_mm = spacing_mm;
  grid.origin_mm = {-31.25, 17.5, 42.125};
  grid.direction = rotationAbout({0.3, -0.5, 0.8}, 17);
  return grid;
}

inline ImageF sampled(const GridGeometry& grid, const std::function<double(const Point3&)>& value) {
  ImageF image(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        image(i, j, k) = static_cast<float>(value(grid.toLps(i, j, k)));
      }
    }
  }
  return image;
}

inline Point3 centreOf(const GridGeometry& grid) {
  return grid.toLps(
      Vec3{(grid.size[0] - 1) / 2.0, (grid.size[1] - 1) / 2.0, (grid.size[2] - 1) / 2.0});
}

inline double distanceToLine(const Point3& p, const Point3& on_line, const Vec3& direction) {
  return norm(cross(p - on_line, normalized(direction)));
}

}  // namespace neurovasc::test
