#pragma once

#include <array>
#include <vector>

#include "neurovasc/core/volume.h"

namespace neurovasc::contact {

/// The block of a fine grid's voxels within @p half_mm of @p center along each axis.
IndexBox boxAround(const GridGeometry& grid, const Point3& center, double half_mm);

/// Gaussian blur of values on a grid, separable, borders repeated.
class GaussianBlur {
 public:
  /// @p sigma_mm along the grid's axes; an axis with a sigma of 0 is left alone.
  GaussianBlur(const GridGeometry& grid, const Vec3& sigma_mm);

  void apply(std::vector<float>& values) const;

 private:
  void applyAxis(int axis, std::vector<float>& values, std::vector<float>& line) const;

  Size3 size_;
  std::array<std::vector<float>, 3> kernels_;  ///< from the centre outward
};

/// The standard normal distribution function, from a table, within 1e-5.
float normalCdf(float x);

}  // namespace neurovasc::contact
