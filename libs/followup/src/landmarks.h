#pragma once

#include <optional>
#include <vector>

#include "neurovasc/followup/dates.h"
#include "rigid_fit.h"

namespace neurovasc::followup {

/// Whether a date is looked at as it is or in the mirror.
enum class Mirror { no, yes };

/// @p p in the mirror that exchanges left and right: LPS x changes its sign.
inline Point3 reflected(const Point3& p) { return {-p.x, p.y, p.z}; }

/// The labyrinths' centres.
struct Ears {
  std::optional<Point3> left;
  std::optional<Point3> right;
};
Ears earsOf(const FollowupDate& date);

/// Labyrinths and nerve landmarks that both dates have. In the mirror, those of @p later are
/// reflected and belong to the other side.
std::vector<LandmarkPair> commonLandmarks(const FollowupDate& first, const FollowupDate& later,
                                          Mirror mirror);

}  // namespace neurovasc::followup
