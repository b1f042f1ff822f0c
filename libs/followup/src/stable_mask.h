#pragma once

#include "neurovasc/followup/register_dates.h"

namespace neurovasc::followup {

/// What surgery does not move, on the T2 voxels of @p date, with the border around it.
Mask stableMask(const FollowupDate& date, const DateRegistrationOptions& options);

/// Centre of the labyrinth of @p side; empty where the labels hold none.
std::optional<Point3> labyrinthOf(const LabelMap& labels, Side side);

}  // namespace neurovasc::followup
