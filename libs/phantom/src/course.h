#pragma once

#include <optional>
#include <vector>

#include "head.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::phantom {

/// Something a vessel has to go round.
struct Obstacle {
  const Tube* tube = nullptr;
  double gap_mm = 0.1;  ///< least gap between the surfaces
};

/// What bounds the course of a vessel (or of a pad).
struct CourseRules {
  const HeadShape* head = nullptr;
  std::vector<Obstacle> obstacles;
  double brain_gap_mm = 0.1;     ///< least gap to the brain's surface
  std::optional<Point3> pinned;  ///< a place on the course that shall stay
  double pinned_mm = 2.0;        ///< so far to both sides of it
  double fixed_start_mm = 1.5;   ///< of the course; and at its end
};

/// Relaxes a drawn course like an elastic thread until it lies outside brain and bone and clear of
/// the obstacles. Its ends stay where they are.
void settle(Tube& vessel, const CourseRules& rules);

/// Bends @p vessel at its nearest place until its gap to @p nerve is @p gap_mm to 0.002 mm. Returns
/// false if it could not.
bool setGap(Tube& vessel, const Tube& nerve, double gap_mm);

/// Bends @p vessel away wherever it comes nearer to @p nerve than @p gap_mm.
void keepOff(Tube& vessel, const Tube& nerve, double gap_mm);

}  // namespace neurovasc::phantom
