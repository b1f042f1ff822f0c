#pragma once

#include <optional>

#include "neurovasc/contact/gap.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::contact {

/// A vessel drawn on beyond where its line ends.
struct UnseenEnd {
  Tube vessel;  ///< with the stretch that is not seen
  Place place;  ///< where that comes nearest to the nerve, on `vessel`
};

/// @p vessel gone on straight from @p place, where its line ends nearest to @p nerve, to where it
/// would pass the nerve or meet it. Vessels do not end: on its way to the nerve a line is lost
/// beside a wide artery or on the brain's surface, where a thin vessel makes no tube of its own.
/// Empty where the line does not head for the nerve, would have to go on for too long, lies on
/// another vessel at its end, would lead through CSF, in which it would be seen, or lies in the
/// canal. The place's gap is that of the stretch's calibre, the median of the line's last 3 mm.
std::optional<UnseenEnd> beyondEnd(const FusedStudy& study, const Anatomy& anatomy,
                                   const Nerve& nerve, std::size_t vessel, const Place& place,
                                   const GapOptions& options);

/// Whether the line of @p vessel ends at @p place in the open, not straying from @p nerve
/// (GapOptions::least_lost_heading): vessels do not end, so that it goes on somewhere, and whether
/// nearer to the nerve is not seen.
bool isLostOnItsWay(const Anatomy& anatomy, const Nerve& nerve, std::size_t vessel,
                    const Place& place, const GapOptions& options);

}  // namespace neurovasc::contact
