#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"

namespace neurovasc::bench {

/// What a simulated case says of its TOF series: where the head was, and where to judge.
struct RegistrationTruth {
  RigidTransform tof_from_t2;
  std::vector<Point3> nerve_points;  ///< of both facial nerves, LPS mm of the T2 series
};

/// Reads CASE/truth/truth.json. Throws Error(input_unreadable).
RegistrationTruth readRegistrationTruth(const std::filesystem::path& case_folder);

/// Distance at every nerve point between where @p estimate and the truth put it, mm.
struct RegistrationError {
  double mean_mm = 0;
  double max_mm = 0;
};
RegistrationError errorAtNerves(const RigidTransform& estimate, const RegistrationTruth& truth);

}  // namespace neurovasc::bench
