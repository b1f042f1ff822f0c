#pragma once

#include "neurovasc/contact/deformity.h"
#include "neurovasc/core/review.h"

namespace neurovasc::contact {

/// @p assessment as @p review leaves it; the one place where a review is applied.
///
///  - A side that was reassessed with moved landmarks stands in place of the measured one; verdicts
///    on its contacts are by its own ids.
///  - Contacts that the reader rejects, or calls a pad, count for nothing and leave the list.
///  - Added contacts get the ids after the highest of their side, in their order. Arc length and
///    zone follow from where the reader put them on the nerve; what was not measured stays empty.
///  - A zone is what the reader says; a touching contact that stands there outranks this. A zone
///    that was `contact` only by contacts that no longer stand becomes `not_assessable`: while it
///    held a contact, nobody judged what else would have been seen.
///  - The finding follows by findingOf(), with the reader's grades in place of measured deformity
///    where there are any (moderate, severe, II and III are deformity).
///
/// Throws Error(usage) as validate() does.
ReviewedAssessment reviewed(const Assessment& assessment, const Review& review,
                            const DeformityOptions& options = {});

/// Throws Error(usage) naming the field and the cause, "verdicts[1].contact: there is no contact
/// L7": unknown sides and contacts, something said twice, points that are no numbers or lie more
/// than 20 mm from the nerve that they are said to be on, a reader without a name.
void validate(const Review& review, const Assessment& assessment);

/// @p review with the side of @p moved reassessed. Verdicts on the side's contacts of before pass
/// to the contacts within 2 mm of them, nearest first; the others are kept in
/// MovedLandmarks::lapsed. Without moved.reassessed the side's earlier landmarks are taken back,
/// and lapsed verdicts with them.
Review withMovedLandmarks(Review review, const Assessment& assessment, MovedLandmarks moved);

}  // namespace neurovasc::contact
