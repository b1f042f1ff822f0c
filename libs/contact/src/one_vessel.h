#pragma once

#include "neurovasc/contact/places.h"
#include "neurovasc/core/anatomy.h"

namespace neurovasc::contact {

/// Whether @p vessel goes on in @p other: an end of it lies on an end or the flank of the other, of
/// like calibre.
bool goesOnIn(const Vessel& vessel, const Vessel& other);

/// Whether vessel @p a, which comes near @p nerve at @p at_a, and vessel @p b at @p at_b are one
/// vessel at one place: an end of either meets an end or the flank of the other, and on the way
/// through that meeting the gap to the nerve does not rise as @p options ask for of two places.
bool onePlaceOfOneVessel(const Tube& nerve, const Vessel& a, const Place& at_a, const Vessel& b,
                         const Place& at_b, const PlaceOptions& options);

}  // namespace neurovasc::contact
