#pragma once

#include <filesystem>

#include "neurovasc/core/assessment.h"

namespace neurovasc::testing {

/// Bright on T2, and on the left alone; LPS mm.
inline constexpr Point3 kLeftMarker = {24, 3, 12};

/// Both facial nerves along x, 12 to 30 mm from the midline. L1 touches; L2 and R1 are near.
Assessment sampleAssessment();

/// Writes a small result folder such as analyze makes into @p folder, which must exist: T2 and TOF
/// on an oblique, anisotropic grid with its origin off zero.
void writeSampleResult(const std::filesystem::path& folder);

}  // namespace neurovasc::testing
