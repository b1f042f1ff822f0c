#pragma once

#include <vector>

#include "contact_rows.h"
#include "neurovasc/core/review.h"
#include "shown_study.h"

namespace neurovasc::viewer {

/// How a review changes what is shown.

/// The contacts as the reader leaves them, those that were dismissed or added included.
std::vector<ContactRow> contactRows(const ShownDate& date, const ReviewedAssessment& reviewed);

/// Puts standing contacts, and landmarks where the reader moved them, into the date's scene.
void takeMarks(ShownDate& date, const ReviewedAssessment& reviewed, const Review& review);

/// Puts the nerves and vessels of @p reviewed into the date's scene and makes its parts anew.
void takeShapes(ShownDate& date, const ReviewedAssessment& reviewed);

}  // namespace neurovasc::viewer
