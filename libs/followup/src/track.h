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
  /// Of these, those so soon after surgery, or after an unknown time, that nothing near them can be
  /// told.
  std::vector<const ComparedPad*> fresh;
  /// Sides known to have been operated on since the first date.
  std::vector<Side> operated;
};

/// Whether any of @p pads lies on @p side along the nerve between @p from_mm and @p to_mm.
bool anyAlong(const std::vector<const ComparedPad*>& pads, Side side, double from_mm, double to_mm);

/// The contacts of @p side at all dates, matched; states and measures of change filled in.
std::vector<TrackedContact> trackContacts(const std::vector<PlacedDate>& dates, Side side,
                                          const CompareOptions& options);

/// Whether @p sighting touches.
bool touches(const ContactSighting& sighting, const CompareOptions& options);

}  // namespace neurovasc::followup
