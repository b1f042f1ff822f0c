#pragma once

#include "mutual_information.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::imaging {

struct AscentOptions {
  double first_step_mm = 1;  ///< no step moves the samples further than this, root mean square
  double last_step_mm = 0.005;
  int iterations = 60;
  bool rotate = true;  ///< else shifts only
};

/// Climbs to the nearest maximum of @p metric from @p start by BFGS steps (Nocedal & Wright 2006,
/// chapter 6) in millimetres: rotations about @p centre_mm of the fixed frame count by what they do
/// at @p radius_mm.
RigidTransform climb(MutualInformation& metric, RigidTransform start, const Point3& centre_mm,
                     double radius_mm, const AscentOptions& options, const StopToken& stop);

/// @p start followed by a twist about @p centre_mm, both in the moving frame.
RigidTransform twisted(const RigidTransform& start, const Twist& twist, const Point3& centre_mm);

}  // namespace neurovasc::imaging
