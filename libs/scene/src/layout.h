#pragma once

#include "canvas.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

/// The parts of a picture.
struct Layout {
  Rect header;
  Rect scene;  ///< what is shown; whole pixels
  Rect panel;  ///< legend and findings, right of the scene
  Rect footer;
  double unit = 1;  ///< size of letters and lines relative to a picture 900 px high
};

Layout layoutOf(const PictureOptions& options);

/// Where @p p appears.
Spot spotOf(const ViewFrame& frame, const Point3& p);

/// A frame in the middle of @p scene that looks from @p toward_viewer with @p up_hint upwards. The
/// letters are set; mm_per_pixel is not.
ViewFrame lookAt(const Point3& center, const Vec3& toward_viewer, const Vec3& up_hint,
                 const Rect& scene);

/// Anatomical letters of a direction, largest share first: "L", "LP". L, R, A and P are DICOM's; S
/// and I (superior, inferior) stand for DICOM's H and F, as readers of MRI are used to.
std::string lettersOf(const Vec3& direction);

/// The same in words for one side: "lateral", "medial", "anterior", "cranial"...
std::string wordOf(const Vec3& direction, Side side);

}  // namespace neurovasc::scene
