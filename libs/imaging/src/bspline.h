#pragma once

#include <array>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// Turns samples into the coefficients of their interpolating cubic B-spline, in place, with mirror
/// borders (Unser, IEEE Signal Processing Magazine 16:22, 1999).
void toSplineCoefficients(ImageF& image, int threads);

/// Indices (mirrored into the image) and weights of the four coefficients along one axis that make
/// the value at a continuous index.
struct SplineTaps {
  std::array<int, 4> index;
  std::array<float, 4> weight;
};
SplineTaps splineTaps(double index, int size);

}  // namespace neurovasc::imaging
