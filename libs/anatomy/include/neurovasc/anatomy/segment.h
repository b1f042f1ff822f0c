#pragma once

#include <optional>
#include <vector>

#include "neurovasc/anatomy/region.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/terms.h"

namespace neurovasc::anatomy {

/// Where another date of the same patient shows the facial nerve.
struct ExpectedNerve {
  Side side = Side::left;
  /// From the root exit point outward, LPS mm of this study. It draws the line where nothing tells
  /// nerve from neighbour; where the nerve is seen elsewhere, the line goes there.
  std::vector<Point3> axis_mm;
};

struct AnatomyOptions {
  std::vector<Side> sides = {Side::left, Side::right};  ///< whose nerves are traced
  ManualLandmarks landmarks;
  std::vector<ExpectedNerve> expected;  ///< at most one of a side
  /// What locateRegion() saw in the whole series. A region holds less to go by: of a whole head it
  /// shows fat marrow and folia, but hardly any flat fluid.
  std::optional<StudyRegion> region;
  bool find_vessels = true;  ///< else only landmarks, surfaces and the nerves VII and VIII
  int threads = 0;           ///< 0: one per processor
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const AnatomyOptions& options);

/// From a fused study to its anatomy. A structure that cannot be told is partial or not_found with
/// its reason; only a T2 without any contrast throws (Error(nerve_not_found)).
Anatomy segment(const FusedStudy& study, const AnatomyOptions& options, const Progress& progress);

}  // namespace neurovasc::anatomy
