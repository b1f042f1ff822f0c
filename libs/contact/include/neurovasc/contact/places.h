#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/core/tube.h"

namespace neurovasc::contact {

/// Where one vessel comes near one nerve.
struct Place {
  double nerve_arclength_mm = 0;   ///< from the nerve tube's first point
  double vessel_arclength_mm = 0;  ///< from the vessel tube's first point
  double gap_mm = 0;               ///< between the surfaces, negative when they overlap
  Point3 nerve_axis_mm;            ///< the nearest pair of places of the two axes
  Point3 vessel_axis_mm;
  bool at_vessel_end = false;  ///< the vessel's tube ends here, still coming nearer
};

/// When two places of one vessel count as two.
struct PlaceOptions {
  /// Vessels farther from the nerve's surface are no neighbours of it. Displacement at surgery and
  /// pulsation stay far below.
  double within_mm = 3.0;
  /// Two places are two if the gap between them rises above this ...
  double apart_gap_mm = 0.5;
  /// ... for at least this length of vessel.
  double apart_length_mm = 2.0;
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const PlaceOptions& options);

/// The gap between the surfaces of two tubes, least over both:
///
///     gap = min over (s, t) of |n(s) - v(t)| - r_n(s) - r_v(t)
///
/// @p nerve and @p vessel have at least one point and a radius at each.
Place nearestPlace(const Tube& nerve, const Tube& vessel);

/// All places of @p vessel within reach of @p nerve, in the order of the vessel's arc length.
/// Beside the nearest, a place counts only if it comes as near as apart_gap_mm itself: a vessel
/// that stays away is one neighbour, however it winds.
std::vector<Place> placesOf(const Tube& nerve, const Tube& vessel, const PlaceOptions& options);

}  // namespace neurovasc::contact
