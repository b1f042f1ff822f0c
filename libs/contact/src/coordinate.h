#pragma once

#include <optional>
#include <string>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

/// Where the landmarks lie along a nerve. Lengths are from the root exit point; root_mm is its own
/// arc length on the tube.
struct NerveCoordinate {
  bool known = false;  ///< the root exit point is known
  double root_mm = 0;
  double end_mm = 0;
  std::optional<double> detachment_mm;
  std::optional<double> porus_mm;
  double limit_sd_mm = 0;  ///< of the zones' limits, from the landmarks' own
};

NerveCoordinate nerveCoordinate(const Nerve& nerve);

/// The same, but where the root exit point alone is not known lengths are from a place the usual
/// 8.5 mm before the detachment point, from which on the zones are known all the same. These
/// lengths are not to be told: NerveCoordinate::known is false.
NerveCoordinate zoneCoordinate(const Nerve& nerve);

/// Empty while the landmarks that limit the zones are not known: the detachment point, and before
/// the zone that is named after it the root exit point.
std::optional<Zone> zoneOf(const NerveCoordinate& coordinate, double s_mm,
                           const ZoneLimits& limits);

/// Gives @p contact, whose nearest place of the nerve's axis is @p on_tube_mm along its tube, its
/// zone and, where the root exit point is known, its arc length.
void placeOnNerve(const Nerve& nerve, double on_tube_mm, const ZoneLimits& limits,
                  Contact& contact);

/// Whether @p contact's patch reaches into @p zone, or may do so within @p limit_sd_mm, the error
/// of the zone's limits.
bool reachesInto(const ZoneFinding& zone, const Contact& contact, double limit_sd_mm);

}  // namespace neurovasc::contact
