#include "slice_plane.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::viewer {
namespace {

/// tan(22.5 degrees): half-way between one axis and the bisector of two.
constexpr double kOblique = 0.414;

struct Part {
  double size;
  char letter;
};

std::array<Part, 3> partsOf(const Vec3& d) {
  return {{{std::abs(d.x), d.x > 0 ? 'L' : 'R'},
           {std::abs(d.y), d.y > 0 ? 'P' : 'A'},
           {std::abs(d.z), d.z > 0 ? 'H' : 'F'}}};
}

}  // namespace

QString title(Orientation orientation) {
  static constexpr std::array<const char*, 4> kTitles = {"Axial", "Coronal", "Sagittal",
                                                         "Across the nerve"};
  return kTitles[static_cast<std::size_t>(orientation)];
}

Point3 SlicePlane::pointAt(const QPointF& spot, const QSizeF& size) const {
  return center_mm + (spot.x() - size.width() / 2) * mm_per_pixel * right -
         (spot.y() - size.height() / 2) * mm_per_pixel * up;
}

QPointF SlicePlane::spotOf(const Point3& p, const QSizeF& size) const {
  return {size.width() / 2 + dot(p - center_mm, right) / mm_per_pixel,
          size.height() / 2 - dot(p - center_mm, up) / mm_per_pixel};
}

SlicePlane patientPlane(Orientation orientation, const Point3& center) {
  switch (orientation) {
    case Orientation::coronal:
      return {center, {1, 0, 0}, {0, 0, 1}};
    case Orientation::sagittal:
      return {center, {0, 1, 0}, {0, 0, 1}};
    case Orientation::axial:
    case Orientation::perpendicular:
      break;
  }
  return {center, {1, 0, 0}, {0, -1, 0}};
}

SlicePlane planeAcross(const Point3& point, const Vec3& outward) {
  const Vec3 toward = -normalized(outward);
  const Vec3 cranial = {0, 0, 1};
  Vec3 up = cranial - dot(cranial, toward) * toward;
  up = norm(up) > 1e-6 ? normalized(up) : perpendicularTo(toward);
  return {point, cross(up, toward), up};
}

QString letters(const Vec3& direction) {
  std::array<Part, 3> parts = partsOf(direction);
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.size > b.size; });
  QString text(parts[0].letter);
  if (parts[1].size > kOblique * parts[0].size) {
    text += parts[1].letter;
  }
  return text;
}

}  // namespace neurovasc::viewer
