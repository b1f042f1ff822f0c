#pragma once

#include "neurovasc/phantom/phantom.h"

namespace neurovasc::phantom::testing {

/// Options for a study whose images take next to no time: what is asked is the truth.
inline PhantomOptions truthOnly(Scenario scenario, std::uint64_t seed) {
  PhantomOptions options;
  options.scenario = scenario;
  options.seed = seed;
  options.field_of_view_mm = Vec3{10, 10, 10};
  options.voxel_mm = {3, 3, 3};
  options.with_tof = false;
  return options;
}

/// A small piece of the head at full resolution, without shading.
inline PhantomOptions smallPiece(std::uint64_t seed) {
  PhantomOptions options;
  options.seed = seed;
  options.field_of_view_mm = Vec3{70, 36, 12};
  options.size = Size::small;
  options.bias_fraction = 0;
  options.head_rotation_deg = Vec3{0, 0, 0};
  options.with_tof = false;
  return options;
}

}  // namespace neurovasc::phantom::testing
