#pragma once

#include <algorithm>
#include <cmath>
#include <functional>

#include "side_view.h"

namespace neurovasc::anatomy::test {

/// A view of the right side, axes oblique to the grid's and origin off zero, with @p t2 and the
/// distance to the brain @p brain_mm given in side coordinates from @p lower to @p upper.
inline SideView paintedView(const Vec3& lower, const Vec3& upper, double spacing_mm,
                            const std::function<double(const Vec3&)>& t2,
                            const std::function<double(const Vec3&)>& brain_mm) {
  SideView view;
  view.side = Side::right;
  const double c = std::cos(0.15);
  const double s = std::sin(0.15);
  view.frame.head_from_lps.rotation = Matrix3::fromColumns({c, s, 0}, {-s, c, 0}, {0, 0, 1});
  view.frame.head_from_lps.translation = {4, -6, 9};
  view.frame.from_both_ears = true;
  GridGeometry grid;
  for (int a = 0; a < 3; ++a) {
    grid.spacing_mm[a] = spacing_mm;
    grid.size[static_cast<std::size_t>(a)] =
        static_cast<int>(std::ceil((upper[a] - lower[a]) / spacing_mm)) + 1;
  }
  grid.direction = Matrix3::fromColumns({c, -s, 0}, {s, c, 0}, {0, 0, 1});
  grid.origin_mm = view.lpsOf({upper.x, lower.y, lower.z});
  view.t2 = ImageF(grid, 0.0F);
  view.brain_mm = ImageF(grid, 0.0F);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const Vec3 p = view.sideOf(grid.toLps(i, j, k));
        view.t2(i, j, k) = static_cast<float>(t2(p));
        view.brain_mm(i, j, k) = static_cast<float>(brain_mm(p));
      }
    }
  }
  return view;
}

/// 0 below -width, 1 above width, straight between: an edge under the point spread.
inline double edge(double x, double width = 0.4) {
  return std::clamp(0.5 + 0.5 * x / width, 0.0, 1.0);
}

}  // namespace neurovasc::anatomy::test
