#pragma once

#include <optional>

#include "side_view.h"

namespace neurovasc::anatomy {

/// The posterior face of the petrous bone around the mouth of the internal auditory canal.
struct PetrousFace {
  Point3 point_mm;     ///< where the canal's axis meets it
  Vec3 normal;         ///< unit vector out of the bone
  double sd_mm = 0.8;  ///< of the point along the axis; more where the face is hardly a plane
};

/// Fits a plane to where lines along the canal's axis, 3.6 to 9 mm beside it, meet bone. Its level
/// is half-way from what lies before it to dark. @p t2 is the view's, smoothed; bone is what stays
/// below @p bone_cut for 2 mm. Empty where too little of the face is in view or it is no plane.
std::optional<PetrousFace> findPetrousFace(const SideView& view, const ImageF& t2, double bone_cut,
                                           const Point3& on_axis_mm, const Vec3& medial);

}  // namespace neurovasc::anatomy
