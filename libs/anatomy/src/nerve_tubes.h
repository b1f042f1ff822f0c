#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {

/// Nerves' axes are smoothed over this and sampled in such steps.
constexpr double kNerveSmoothingMm = 0.8;
constexpr double kNerveStepMm = 0.4;
/// Of the attached nerve one side is hidden: so much is left of the free nerve's confidence.
constexpr double kAttachedConfidence = 0.7;

/// A nerve that is no more than a line yet.
Tube tubeAlong(const std::vector<Point3>& line, double radius_mm);

/// @p tube's radius and confidence at the nearest places of @p line.
Tube movedTo(std::vector<Point3> line, const Tube& tube);

/// The attached line, from the root exit point on, and the free tube as one, smooth over the join.
Tube joinedTube(const std::vector<Point3>& root, const Tube& free, double radius_mm);

void eraseFirst(std::size_t count, Tube& tube);

/// Median of @p property, one value for each point, over the free nerve's first millimetres, which
/// the attached part goes on with; @p otherwise where there are none. Where it leaves the brain the
/// free tube itself is fitted badly.
double nearRoot(const Tube& free, const std::vector<double>& property, double otherwise);

/// Median of @p values, one for each point of @p line, over a part of it. That of the free nerve
/// speaks for the whole: on the brain one side is hidden, in the canal VII and VIII lie against
/// each other, in whatever image.
double medianBetween(const std::vector<Point3>& line, const std::vector<double>& values,
                     double from_mm, double to_mm);

/// Longest part of a line, up to @p end_mm, over which its confidence is less than @p least.
double doubtfulLength(const Tube& tube, double least, double end_mm);

}  // namespace neurovasc::anatomy
