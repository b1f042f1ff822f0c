#pragma once

#include <vector>

#include "neurovasc/core/tube.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// @p line from its first point to the place nearest to @p end.
std::vector<Point3> upTo(const std::vector<Point3>& line, const Point3& end);

/// Makes a path dearer the farther it runs from where the nerve is expected.
void keepNear(const std::vector<Point3>& expected_mm, ImageF& cost);

/// Puts @p tube where the nerve is expected as far as a black body hides it there, with
/// @p unseen_confidence.
void hideAsExpected(const SideView& view, const std::vector<Point3>& expected_mm,
                    double unseen_confidence, Tube& tube);

}  // namespace neurovasc::anatomy
