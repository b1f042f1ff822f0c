#pragma once

#include "neurovasc/contact/gap.h"
#include "neurovasc/contact/zones.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

/// Lessens the probability of @p contact, which so far rests on the measured gap alone, by what may
/// be wrong besides: the tube may be no vessel, the nerve's line may run elsewhere at
/// @p on_nerve_mm. Where something dark fills the cleft between the two it is raised until a
/// contact is no longer excluded: that may be a smaller vessel, pressed on to the nerve by the
/// larger one and lost beside it. So it is where the vessel is lost on its way to the nerve, where
/// no CSF shows between it and the attached nerve, and where the vessel would touch a nerve that
/// goes on straight beyond its root, by up to the root's standard deviation. Where tubes that
/// overlap are parted by the fit a contact is the likelier. The state follows.
void doubtContact(const Gap& gap, const Vessel& vessel, const Nerve& nerve, double on_nerve_mm,
                  const GapOptions& gap_options, const ZoneOptions& zone_options, Contact& contact);

/// Lessens the probability of @p contact, of a dark tube across the nerve which nothing shows to
/// carry blood, until a contact is likelier than none, but not sure: the tube may be a pad's edge
/// or a strand of the nerve's own.
void doubtCrossing(Contact& contact);

}  // namespace neurovasc::contact
