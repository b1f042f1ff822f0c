#pragma once

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::contact {

/// The part of a nerve's surface that lies near a vessel.
struct Patch {
  double area_mm2 = 0;
  double length_mm = 0;  ///< of nerve, from its first to its last near place
  double from_mm = 0;    ///< arc length on the nerve tube; from = to = 0 when there is none
  double to_mm = 0;
};

/// Integrates over the nerve tube's surface (0.1 mm by 6 degrees) where the vessel's surface is
/// nearer than @p within_mm. Only the part @p reach_mm to either side of @p center_mm counts.
Patch patchOf(const Tube& nerve, const Tube& vessel, double within_mm, double center_mm,
              double reach_mm);

/// Clock hour, above 0 to 12, of @p direction seen along @p tangent (from the brainstem outward):
/// 12 is @p cranial, 3 to the viewer's right. Where the nerve itself runs within 15 degrees of
/// cranial, 12 is @p anterior instead.
double clockHour(const Vec3& direction, const Vec3& tangent, const Vec3& cranial,
                 const Vec3& anterior);

/// Between two axes, 0 to 90 degrees.
double crossingAngleDeg(const Vec3& a, const Vec3& b);

}  // namespace neurovasc::contact
