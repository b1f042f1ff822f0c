#pragma once

#include <vector>

namespace neurovasc::imaging {

/// Half of a sampled derivative of a Gaussian: taps[t] belongs to offset +t; offset -t has the same
/// tap for even orders and its negative for odd ones.
using HalfKernel = std::vector<float>;

/// The Gaussian (order 0) or its first or second derivative at voxel offsets, @p sigma in voxels,
/// cut at four standard deviations. The moments are made exact: order 0 keeps constants, order 1
/// gives 1 on a ramp, order 2 gives 1 on x^2 / 2 and 0 on constants.
HalfKernel gaussianKernel(int order, double sigma);

}  // namespace neurovasc::imaging
