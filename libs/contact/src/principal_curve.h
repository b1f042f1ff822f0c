#pragma once

#include <vector>

#include "neurovasc/core/tube.h"

namespace neurovasc::contact {

/// The curve through the middle of the surface points of a tubular structure, with its radius,
/// starting from the rough course @p start (Hastie & Stuetzle, JASA 84:502, 1989): points are drawn
/// to the mean of the surface round them until they rest. Empty if the points do not surround it.
Tube principalCurve(const std::vector<Point3>& surface_mm, std::vector<Point3> start);

}  // namespace neurovasc::contact
