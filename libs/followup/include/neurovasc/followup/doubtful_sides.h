#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/followup/compare.h"
#include "neurovasc/followup/dates.h"

namespace neurovasc::followup {

/// A side of a later date whose nerve line should be looked for again.
struct DoubtfulSide {
  std::size_t date = 0;  ///< 1 is the second
  Side side = Side::left;
  NerveLandmarks landmarks;     ///< of the first date, LPS mm of this one
  std::vector<Point3> axis_mm;  ///< of the first date's nerve, likewise, root exit point to porus
};

/// Sides of later dates whose nerve does not agree with the first date's, with that one's landmarks
/// brought over by @p comparison's registrations: a pad or blood beside the nerve leads its line
/// astray, but the nerve leaves the brainstem and enters its canal where it did before.
///
/// A side is doubtful where its line is partial or was not found, its detachment point or porus
/// lies farther from the first date's than CompareOptions::same_landmark_mm, or its root exit point
/// than CompareOptions::beyond_sd of both their errors. The first date is believed where its line
/// is whole, root exit point to transition zone were seen and no pad or the like lies on that side.
///
/// @p comparison is compare()'s of the same @p dates.
std::vector<DoubtfulSide> doubtfulSides(const std::vector<FollowupDate>& dates,
                                        const Comparison& comparison,
                                        const CompareOptions& options = {});

/// Whether @p anew, measured again, tells more than @p before: its nerve was found, and no zone
/// from root exit point to transition zone is lost by it.
bool isBetterSeen(const SideAssessment& before, const SideAssessment& anew);

}  // namespace neurovasc::followup
