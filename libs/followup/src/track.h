#pragma once

#include <vector>

#include "neurovasc/followup/compare.h"

namespace neurovasc::followup {

/// A date with what brings it onto the first.
struct PlacedDate {
  const FollowupDate* date = nullptr;
  RigidTransform first_from_date;
  double error_mm = 0;  ///< of that, 1 sd
  const std::vector<ComparedPad>* pads = nullptr;
  bool early = false;  ///< so soon after surgery that nothing near a pad can be told
};

/// The contacts of @p side at all dates, matched; states and measures of change filled in.
std::vector<TrackedContact> trackContacts(const std::vector<PlacedDate>& dates, Side side,
                                          const CompareOptions& options);

/// Whether @p sighting touches.
bool touches(const ContactSighting& sighting, const CompareOptions& options);

}  // namespace neurovasc::followup
