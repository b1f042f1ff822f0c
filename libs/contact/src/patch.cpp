#include "neurovasc/contact/patch.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace neurovasc::contact {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kStepMm = 0.1;
constexpr int kSpokes = 60;

double gapTo(const Tube& vessel, const Point3& p) {
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < vessel.size(); ++i) {
    best = std::min(best, distance(vessel.points_mm[i], p) - vessel.radius_mm[i]);
  }
  return best;
}

/// The share of the nerve's circumference at one place that lies near the vessel.
double nearShare(const Point3& center, const Vec3& tangent, double radius_mm, const Tube& vessel,
                 double within_mm) {
  const Vec3 u = perpendicularTo(tangent);
  const Vec3 v = cross(tangent, u);
  int near = 0;
  for (int k = 0; k < kSpokes; ++k) {
    const double angle = 2 * kPi * k / kSpokes;
    const Point3 p = center + radius_mm * (std::cos(angle) * u + std::sin(angle) * v);
    near += gapTo(vessel, p) <= within_mm ? 1 : 0;
  }
  return static_cast<double>(near) / kSpokes;
}

}  // namespace

Patch patchOf(const Tube& nerve, const Tube& vessel, double within_mm, double center_mm,
              double reach_mm) {
  const Tube fine = resampled(vessel, kStepMm);
  const double end = std::min(lengthOf(nerve.points_mm), center_mm + reach_mm);
  Patch patch;
  const double start = std::max(0.0, center_mm - reach_mm);
  const int steps = static_cast<int>(std::ceil((end - start) / kStepMm - 0.5));
  for (int i = 0; i < steps; ++i) {
    const double s = start + (i + 0.5) * kStepMm;
    const Point3 c = pointAt(nerve.points_mm, s);
    const double r = valueAt(nerve.points_mm, nerve.radius_mm, s);
    const double share = gapTo(fine, c) - r > within_mm
                             ? 0.0
                             : nearShare(c, tangentAt(nerve.points_mm, s), r, fine, within_mm);
    if (share > 0) {
      patch.from_mm = patch.area_mm2 > 0 ? patch.from_mm : s - kStepMm / 2;
      patch.to_mm = s + kStepMm / 2;
      patch.area_mm2 += share * 2 * kPi * r * kStepMm;
    }
  }
  patch.length_mm = patch.to_mm - patch.from_mm;
  return patch;
}

double clockHour(const Vec3& direction, const Vec3& tangent, const Vec3& cranial,
                 const Vec3& anterior) {
  const Vec3 t = normalized(tangent);
  const Vec3 across = cranial - dot(cranial, t) * t;
  constexpr double kSin15Deg = 0.2588;
  const Vec3 reference = norm(across) >= kSin15Deg ? across : anterior - dot(anterior, t) * t;
  const Vec3 up = normalized(reference);
  const Vec3 right = cross(t, up);
  const double hours = std::atan2(dot(direction, right), dot(direction, up)) * 6 / kPi;
  return hours > 0 ? hours : hours + 12;
}

double crossingAngleDeg(const Vec3& a, const Vec3& b) {
  const double cosine = std::abs(dot(normalized(a), normalized(b)));
  return std::acos(std::min(1.0, cosine)) * 180 / kPi;
}

}  // namespace neurovasc::contact
