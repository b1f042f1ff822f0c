#pragma once

#include "layout.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

/// The facial nerve of @p side, or null.
const SceneNerve* facialNerveOf(const SceneContent& content, Side side);

/// The vessel called @p id, or null.
const Vessel* vesselOf(const SceneContent& content, const std::string& id);

/// Where a contact is: the nerve's axis there, its tangent, and the direction from the nerve's axis
/// to the vessel's.
struct ContactPlace {
  Point3 axis_mm;
  Vec3 tangent;
  Vec3 to_vessel;
};

/// Throws Error(usage) if the contact has no place.
ContactPlace placeOf(const SceneContent& content, const ContactOnSide& found);

/// Across nerve and vessel, so that the gap lies in the picture's plane, from behind where that
/// leaves a choice.
ViewFrame contactFrame(const SceneContent& content, const ContactOnSide& found,
                       const PictureOptions& options);

/// viewFrame() for a picture whose scene is @p scene.
ViewFrame frameWithin(const SceneContent& content, View view, const Rect& scene,
                      PatientPosition position = PatientPosition::upright);

/// The place on the nerve around which the end-on view's clock is drawn: the likeliest contact,
/// else the detachment point, else the middle.
Point3 clockCenter(const SceneContent& content, Side side);

}  // namespace neurovasc::scene
