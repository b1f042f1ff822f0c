#pragma once

#include <QPointF>
#include <QSizeF>
#include <QString>
#include <array>

#include "neurovasc/core/geometry.h"

namespace neurovasc::viewer {

enum class Orientation { axial, coronal, sagittal, perpendicular };
inline constexpr std::array<Orientation, 4> kOrientations = {
    Orientation::axial, Orientation::coronal, Orientation::sagittal, Orientation::perpendicular};
QString title(Orientation orientation);  ///< "Axial", ..., "Across the nerve"

/// Where a slice looks: the point at the picture's middle and its unit axes, LPS. Radiological
/// convention: the patient seen from the feet, from the front, from the left.
struct SlicePlane {
  Point3 center_mm;
  Vec3 right = {1, 0, 0};
  Vec3 up = {0, -1, 0};
  double mm_per_pixel = 1;

  Vec3 towardViewer() const { return cross(right, up); }
  /// Signed distance of @p p from the plane, mm, positive towards the viewer.
  double depthOf(const Point3& p) const { return dot(p - center_mm, towardViewer()); }
  /// The point at pixel @p spot (from the top left corner) of a picture of @p size.
  Point3 pointAt(const QPointF& spot, const QSizeF& size) const;
  /// The pixel under which @p p lies; its depth is left out.
  QPointF spotOf(const Point3& p, const QSizeF& size) const;
};

/// The plane of a slice in the patient's own axes through @p center.
SlicePlane patientPlane(Orientation orientation, const Point3& center);

/// The plane across a nerve that runs along @p outward (from the brainstem) at @p point, seen from
/// the brainstem outward with cranial above, as the clock of contacts is.
SlicePlane planeAcross(const Point3& point, const Vec3& outward);

/// The patient's direction that @p direction points to: R, L, A, P, H or F; where it is oblique by
/// more than 22.5 degrees the second one follows: "LA".
QString letters(const Vec3& direction);

}  // namespace neurovasc::viewer
