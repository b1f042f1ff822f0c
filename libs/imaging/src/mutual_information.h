#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// Places of the fixed image.
using FixedSamples = std::vector<Point3>;

/// About @p count places spread evenly over @p grid: one at random (but the same on every run) in
/// each cell of a lattice.
FixedSamples sampleEvenly(const GridGeometry& grid, int count);

/// @p image with what lies beyond its 0.5th and 99.5th percentiles moved onto them: a few bright
/// vessels must not squeeze all tissue into a handful of the histogram's bins.
ImageF clipped(ImageF image);

struct AscentOptions {
  double first_step_mm = 1;  ///< of the samples, about
  double last_step_mm = 0.005;
  int iterations = 200;
  bool rotate = true;  ///< else shifts only
};

/// Mattes' mutual information of two images at given places, and the climb to its maximum, by ITK.
class MutualInformation {
 public:
  /// Both images must outlive this and should be clipped().
  MutualInformation(const ImageF& fixed, const ImageF& moving, const FixedSamples& samples,
                    int bins);
  ~MutualInformation();
  MutualInformation(const MutualInformation&) = delete;
  MutualInformation& operator=(const MutualInformation&) = delete;

  /// 2 I / (H(f) + H(m)).
  double normalized(const RigidTransform& moving_from_fixed);

  /// The nearest maximum from @p start; rotations are about the samples' centre and count by what
  /// they do at their root mean square distance from it.
  RigidTransform climb(const RigidTransform& start, const AscentOptions& options,
                       const StopToken& stop);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Mean of the samples' places.
Point3 centreOf(const FixedSamples& samples);

}  // namespace neurovasc::imaging
