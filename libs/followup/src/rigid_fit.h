#pragma once

#include <vector>

#include "neurovasc/core/geometry.h"

namespace neurovasc::followup {

/// The same landmark at two dates.
struct LandmarkPair {
  Point3 first_mm;
  Point3 later_mm;
};

/// The rotation and shift that take the first points nearest to the later ones, a landmark that
/// misfits by millimetres counting little (Cauchy weights). By Gauss-Newton steps from no rotation:
/// for turns up to some 60 degrees between the dates. @p pairs are three or more, not on one line.
RigidTransform rigidFit(const std::vector<LandmarkPair>& pairs);

/// Median of what the pairs misfit by, mm.
double medianMisfitMm(const std::vector<LandmarkPair>& pairs,
                      const RigidTransform& later_from_first);

/// Half the way from no motion to @p small, a rotation of a few degrees.
RigidTransform halfOf(const RigidTransform& small);

}  // namespace neurovasc::followup
