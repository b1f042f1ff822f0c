#pragma once

#include <cmath>

#include "neurovasc/core/volume.h"

namespace neurovasc::testing {

/// A rotation about all three axes, none of them small: images in tests are oblique.
inline Matrix3 obliqueDirection() {
  const double a = 0.31;
  const double b = -0.22;
  const double c = 0.17;
  const Matrix3 x{{1, 0, 0, 0, std::cos(a), -std::sin(a), 0, std::sin(a), std::cos(a)}};
  const Matrix3 y{{std::cos(b), 0, std::sin(b), 0, 1, 0, -std::sin(b), 0, std::cos(b)}};
  const Matrix3 z{{std::cos(c), -std::sin(c), 0, std::sin(c), std::cos(c), 0, 0, 0, 1}};
  return x * y * z;
}

/// An oblique, anisotropic grid that starts off zero.
inline GridGeometry obliqueGrid(Size3 size) {
  GridGeometry grid;
  grid.size = size;
  grid.spacing_mm = {0.5, 0.6, 0.8};
  grid.origin_mm = {-31.5, 12.25, 47.75};
  grid.direction = obliqueDirection();
  return grid;
}

}  // namespace neurovasc::testing
