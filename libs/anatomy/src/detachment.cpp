#include "detachment.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {

namespace {

/// Fluid between nerve and brain is looked for from so far before the place where the axis leaves
/// the brain's surface to so far behind it: on 162 simulated sides it was found 0.3 mm before to
/// 3.8 mm behind. Farther medially fluid under the line says that the line is off the nerve.
constexpr double kBackMm = 1;
constexpr double kForthMm = 5;
constexpr double kStepMm = 0.1;
/// Less of the nerve than this with fluid behind it is a dent of the ridge or noise.
constexpr double kOpenMm = 1.0;
/// The brain's surface is not even: the cleft is seen by this far to either side. At 30 degrees one
/// looks past the nerve's attached part into the fluid beside it.
constexpr std::array<double, 3> kAnglesDeg = {-15, 0, 15};
/// The brain lies within this of the nerve's axis there.
constexpr double kDeepMm = 4;
/// A cleft of 1.35 standard deviations of the blur (0.25 mm) shows half of fluid's level, which a
/// slope of about one reaches within 0.3 mm. Of two simulators one lets the nerve leave the pons
/// where the surfaces part, 0.05 mm before fluid is seen, the other where the axis leaves the
/// surface, 0.6 mm before: half way between the two.
constexpr double kHalfSeenMm = 0.35;
/// By so much farther on than the axis leaves the surface the detachment point lies.
constexpr double kBeyondCrossingMm = 0.4;
/// A distance grows by one per millimetre; less is a ridge between two parts of the brain.
constexpr double kLeastSlope = 0.2;

/// Where the line leaves the brain's surface for good, seen from its first point.
double crossingArcLength(const SideView& view, const std::vector<Point3>& line, double porus_s_mm) {
  const std::vector<double> s = arcLengths(line);
  double last_inside = 0;
  for (std::size_t i = 0; i + 1 < line.size() && s[i] < porus_s_mm; ++i) {
    const double d = interpolate(view.brain_mm, line[i]);
    if (d > 0) continue;
    const double next = interpolate(view.brain_mm, line[i + 1]);
    last_inside = next > 0 ? s[i] + (s[i + 1] - s[i]) * (-d) / (next - d) : s[i];
  }
  return last_inside;
}

/// Whether T2 shows fluid from @p axis on in @p direction, within the brain's distance.
bool seesFluid(const SideView& view, const Point3& axis, const Vec3& direction) {
  const double half = 0.5 * (view.brain + 1);
  for (double t = 2 * kStepMm; t < kDeepMm; t += kStepMm) {
    if (interpolate(view.t2, axis + direction * t) >= half) return true;
  }
  return false;
}

/// Whether fluid lies between the line at @p s_mm and the brain, which is @p inward of it.
bool parted(const SideView& view, const std::vector<Point3>& line, double s_mm,
            const Vec3& inward) {
  const Vec3 tangent = tangentAt(line, s_mm);
  const Vec3 down = inward - tangent * dot(inward, tangent);
  if (norm(down) < 0.2) return false;
  const Vec3 deep = normalized(down);
  const Vec3 aside = cross(tangent, deep);
  const Point3 axis = pointAt(line, s_mm);
  return std::any_of(kAnglesDeg.begin(), kAnglesDeg.end(), [&](double degrees) {
    const double angle = degrees * M_PI / 180;
    return seesFluid(view, axis, deep * std::cos(angle) + aside * std::sin(angle));
  });
}

}  // namespace

double detachmentArcLength(const SideView& view, const ImageF& brain_distance_mm,
                           const std::vector<Point3>& line, double porus_s_mm) {
  const double crossing = crossingArcLength(view, line, porus_s_mm);
  const double otherwise = std::min(crossing + kBeyondCrossingMm, porus_s_mm);
  const Vec3 outward = gradient(brain_distance_mm, pointAt(line, crossing), 2.0);
  // No number where the view holds no deep brain.
  if (!(norm(outward) > kLeastSlope)) return otherwise;
  const Vec3 inward = -normalized(outward);
  double open_from = std::max(0.0, crossing - kBackMm);
  const double end = std::min(crossing + kForthMm, porus_s_mm);
  for (double s = open_from; s < end; s += kStepMm) {
    if (!parted(view, line, s, inward)) open_from = s + kStepMm;
    if (s - open_from >= kOpenMm) return std::max(0.0, open_from - kHalfSeenMm);
  }
  return otherwise;
}

}  // namespace neurovasc::anatomy
