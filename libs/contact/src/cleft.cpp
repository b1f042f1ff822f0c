#include "cleft.h"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>

#include "calibre.h"

namespace neurovasc::contact {
namespace {

constexpr double kFwhmPerSigma = 2.3548;
constexpr double kStepMm = 0.1;
/// A nerve reaches 0.6 mm to either side of its axis; under a wide artery its line is known to
/// about 0.3 mm. Thinner vessels leave it where it is, and often lie on the brain beside it.
constexpr double kAsideMm = 0.75;
constexpr double kAsideStepMm = 0.25;
constexpr double kBloodLevel = 0.1;  ///< of CSF, in arteries of this size
constexpr double kMostShare = 0.99;  ///< from here on CSF shows as it is, however wide it is

/// The brightest value of @p t2 on the way from @p from to the surface of @p vessel.
double peakUpTo(const Tube& vessel, const Point3& from, const ImageF& t2) {
  const Projection at = project(vessel.points_mm, from);
  const double way_mm =
      at.distance_mm - valueAt(vessel.points_mm, vessel.radius_mm, at.arclength_mm);
  const Vec3 towards = normalized(at.point_mm - from);
  double peak = interpolate(t2, from);
  for (double mm = kStepMm; mm <= way_mm; mm += kStepMm) {
    peak = std::max(peak, interpolate(t2, from + mm * towards));
  }
  return peak;
}

double leastPeak(const Gap& gap, const ImageF& t2) {
  const Point3& axis = gap.place.nerve_axis_mm;
  const Vec3 tangent = tangentAt(gap.nerve.points_mm, gap.place.nerve_arclength_mm);
  const Vec3 aside = normalized(cross(tangent, gap.place.vessel_axis_mm - axis));
  double least = peakUpTo(gap.vessel, axis, t2);
  if (radiusAt(gap) < kTrunkRadiusMm) return least;
  for (double mm = kAsideStepMm; mm <= kAsideMm; mm += kAsideStepMm) {
    least = std::min({least, peakUpTo(gap.vessel, axis + mm * aside, t2),
                      peakUpTo(gap.vessel, axis - mm * aside, t2)});
  }
  return least;
}

}  // namespace

CleftFluid fluidUnder(const FusedStudy& study, const TissueLevels& levels, const Gap& gap) {
  const double walls = 0.5 * (levels.t2_brain + kBloodLevel * levels.t2_csf);
  if (levels.t2_csf <= walls) return {1, gap.raw_mm};
  CleftFluid fluid;
  fluid.share = (leastPeak(gap, study.t2.fine) - walls) / (levels.t2_csf - walls);
  if (fluid.share >= kMostShare) return {fluid.share, gap.raw_mm};
  const Vec3& fwhm = study.t2.psf_fwhm_mm;
  const double sigma_mm = std::cbrt(fwhm.x * fwhm.y * fwhm.z) / kFwhmPerSigma;
  fluid.width_mm = 2 * std::sqrt(2.0) * sigma_mm * boost::math::erf_inv(std::max(0.0, fluid.share));
  return fluid;
}

}  // namespace neurovasc::contact
