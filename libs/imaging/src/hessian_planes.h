#pragma once

#include <array>
#include <vector>

#include "gaussian_kernel.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// One row of second derivatives per mm^2 along the grid's axes, each as long as the image's row.
struct HessianRow {
  std::vector<float> xx, yy, zz, xy, xz, yz;
};

/// Second derivatives of a Gaussian-smoothed volume, plane by plane, so that no derivative volume
/// is ever held. One object serves one thread: load a plane, then read its rows.
class HessianPlanes {
 public:
  HessianPlanes(const ImageF& image, double sigma_mm);

  void loadPlane(int k);
  /// Valid until the next call.
  const HessianRow& row(int j);

 private:
  struct AxisKernels {
    std::array<HalfKernel, 3> order;
  };

  void smoothAcrossRows(int j);
  void smoothAlongRow();

  const ImageF& image_;
  std::array<AxisKernels, 3> kernels_;
  std::array<std::vector<float>, 3> plane_;   // derivative orders 0, 1, 2 along k
  std::array<std::vector<float>, 6> padded_;  // a row of each product of j and k derivatives
  HessianRow row_;
};

}  // namespace neurovasc::imaging
