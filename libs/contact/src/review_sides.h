#pragma once

#include <algorithm>

#include "neurovasc/core/review.h"

namespace neurovasc::contact {

/// The element of @p items on @p side, or null.
template <typename Items>
auto* onSide(Items& items, Side side) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [side](const auto& item) { return item.side == side; });
  return found == items.end() ? nullptr : &*found;
}

/// The side that a review speaks of: as reassessed, else as measured; null where it was not
/// assessed.
inline const SideAssessment* reviewedSide(const Review& review, const Assessment& assessment,
                                          Side side) {
  const SideAssessment* measured = onSide(assessment.sides, side);
  const MovedLandmarks* moved = onSide(review.landmarks, side);
  return measured != nullptr && moved != nullptr && moved->reassessed ? &*moved->reassessed
                                                                      : measured;
}

/// The contact of this id on a side, or null.
inline const Contact* contactOn(const SideAssessment& side, std::string_view id) {
  const auto found = std::find_if(side.contacts.begin(), side.contacts.end(),
                                  [id](const Contact& c) { return c.id == id; });
  return found == side.contacts.end() ? nullptr : &*found;
}

}  // namespace neurovasc::contact
