#pragma once

#include <optional>

#include "landmarks.h"

namespace neurovasc::followup {

/// Share of the vessels' length at one date that runs along a vessel of the other one, by the
/// direction that agrees better (a date with a pad, or a finer one, shows more). Courses differ
/// between people, and between the sides of one, more than bones do.
///
/// Two dates of one patient came out at 0.62 and more, also after surgery; the vessels of different
/// heads, and those of one head in the mirror, at 0.03 to 0.54. Empty where either date shows
/// fewer than 60 mm in what both show. With @p mirror, @p later_from_first takes points of the
/// first date to the reflected later one.
std::optional<double> vesselAgreement(const Assessment& first, const GridGeometry& first_field,
                                      const Assessment& later, const GridGeometry& later_field,
                                      const RigidTransform& later_from_first, Mirror mirror);

/// @p start moved so that vessels that lie within 3 mm of each other run along each other (iterated
/// closest points, those that fit badly counting little): landmarks alone err by a millimetre.
RigidTransform alongVessels(const Assessment& first, const Assessment& later,
                            const RigidTransform& start, Mirror mirror);

}  // namespace neurovasc::followup
