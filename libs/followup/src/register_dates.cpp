#include "neurovasc/followup/register_dates.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "landmarks.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/imaging/resample.h"
#include "stable_mask.h"
#include "vessel_agreement.h"

namespace neurovasc::followup {
namespace {

constexpr std::size_t kFewestLandmarks = 3;

[[noreturn]] void throwOtherPatient(const std::string& what, double by_mm) {
  throw Error(ErrorCode::not_a_pair,
              what + " of the two dates differ by " + fixedDecimals(by_mm, 1) +
                  " mm: they are not of one patient",
              "Check that both studies are of the same patient.");
}

[[noreturn]] void throwRefused(const std::string& cause) {
  throw Error(ErrorCode::registration_refused, "the dates cannot be brought together: " + cause,
              "Look at both studies; each can still be analysed by itself.");
}

void requireSameEars(const Ears& first, const Ears& later, const DateRegistrationOptions& options) {
  if (!first.left || !first.right || !later.left || !later.right) {
    return;
  }
  const double difference_mm =
      std::abs(distance(*first.left, *first.right) - distance(*later.left, *later.right));
  if (difference_mm > options.maximum_ear_difference_mm) {
    throwOtherPatient("the distances between the labyrinths", difference_mm);
  }
}

std::vector<LandmarkPair> landmarksFor(const FollowupDate& first, const FollowupDate& later,
                                       const DateRegistrationOptions& options) {
  requireSameEars(earsOf(first), earsOf(later), options);
  auto pairs = commonLandmarks(first, later, Mirror::no);
  if (pairs.size() < kFewestLandmarks) {
    throwRefused("too few labyrinths and nerve landmarks were found at both");
  }
  return pairs;
}

std::optional<double> agreementOf(const FollowupDate& first, const FollowupDate& later,
                                  const RigidTransform& later_from_first, Mirror mirror) {
  return vesselAgreement(first.assessment, first.t2.geometry(), later.assessment,
                         later.t2.geometry(), later_from_first, mirror);
}

std::string percent(double share) { return fixedDecimals(100 * share, 0) + " %"; }

/// Bones are nearly alike in the mirror, vessels are not.
void refuseMirrored(const FollowupDate& first, const FollowupDate& later,
                    const RigidTransform& start, const DateRegistrationOptions& options) {
  const auto pairs = commonLandmarks(first, later, Mirror::yes);
  if (pairs.size() < kFewestLandmarks) {
    return;
  }
  const auto along = [&](const RigidTransform& from, Mirror mirror) {
    return alongVessels(first.assessment, later.assessment, from, mirror);
  };
  const auto as_given = agreementOf(first, later, along(start, Mirror::no), Mirror::no);
  const auto in_mirror =
      agreementOf(first, later, along(rigidFit(pairs), Mirror::yes), Mirror::yes);
  if (as_given && in_mirror && *in_mirror >= options.least_vessel_agreement &&
      *in_mirror > *as_given + options.mirror_margin) {
    throw Error(ErrorCode::not_a_pair,
                "left and right of the two dates are exchanged: " + percent(*in_mirror) +
                    " of the vessels agree in the mirror, " + percent(*as_given) + " as given",
                "Check how both studies were exported; one of them is mirrored.");
  }
}

/// Vessels that run elsewhere are of somebody else where the bones do not fit well either.
void refuseOtherVessels(const FollowupDate& first, const FollowupDate& later,
                        const DateRegistration& found, const DateRegistrationOptions& options) {
  const auto agreement = agreementOf(first, later, found.date_from_first, Mirror::no);
  const bool bones_fit = *found.landmark_mm <= options.sure_landmark_misfit_mm &&
                         *found.error_mm <= options.sure_error_mm;
  if (agreement && *agreement < options.least_vessel_agreement && !bones_fit) {
    throw Error(ErrorCode::not_a_pair,
                "bones and landmarks of the two dates fit poorly and only " + percent(*agreement) +
                    " of their vessels agree: they are not of one patient",
                "Check that both studies are of the same patient.");
  }
}

/// Takes from @p mask what @p other does not show; returns the share left.
double keepCommon(Mask& mask, const ImageF& other, const RigidTransform& other_from_mask) {
  const Size3& n = mask.size();
  double before = 0;
  double after = 0;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (mask(i, j, k) == 0) {
          continue;
        }
        const bool seen =
            other.geometry().contains(other_from_mask(mask.geometry().toLps(i, j, k)));
        mask(i, j, k) = seen ? 1 : 0;
        before += 1;
        after += seen ? 1 : 0;
      }
    }
  }
  return before > 0 ? after / before : 0;
}

/// Why a registration was refused, in terms of dates instead of series of one session.
std::string causeOf(const Registration& found, const imaging::RegistrationOptions& images) {
  const bool far = found.correction_mm.value_or(0) > images.maximum_correction_mm ||
                   found.correction_deg.value_or(0) > images.maximum_correction_deg;
  return far ? "bones lie " + fixedDecimals(*found.correction_mm, 1) + " mm and " +
                   fixedDecimals(*found.correction_deg, 1) +
                   " degrees from where labyrinths and nerves say"
             : "what surgery does not move does not fit (" + found.reason + ")";
}

/// @p from brought onto @p onto, from @p start on; both take points of onto to from.
Registration refined(const FollowupDate& onto, const FollowupDate& from,
                     const RigidTransform& start, const DateRegistrationOptions& options,
                     const Progress& progress) {
  imaging::RegistrationOptions images = options.images;
  images.threads = options.threads;
  images.where = stableMask(onto, options);
  if (keepCommon(*images.where, from.t2, start) < options.minimum_overlap) {
    throwRefused("they hardly show the same part of the head");
  }
  const ImageF moved =
      imaging::resample(from.t2, onto.t2.geometry(), start, imaging::Interpolation::cubic_bspline,
                        0, options.threads, progress.stop());
  Registration found =
      imaging::registerRigid(onto.t2, moved, SeriesRole::cisternography, images, progress);
  if (!found.accepted) {
    throwRefused(causeOf(found, images));
  }
  found.moving_from_t2 = start * found.moving_from_t2;
  return found;
}

double largestMissMm(const RigidTransform& there, const RigidTransform& back,
                     const std::vector<LandmarkPair>& pairs) {
  double worst = 0;
  for (const LandmarkPair& pair : pairs) {
    worst = std::max(worst, distance(back(there(pair.first_mm)), pair.first_mm));
  }
  return worst;
}

/// Of there and the inverse of back.
RigidTransform meanOf(const RigidTransform& there, const RigidTransform& back,
                      const Point3& about) {
  // About the landmarks' centre, so that rotation and shift halve apart from each other.
  const RigidTransform to_centre = {{}, -about};
  const RigidTransform miss = to_centre * there.inverse() * back.inverse() * to_centre.inverse();
  return there * to_centre.inverse() * halfOf(miss) * to_centre;
}

Point3 centreOf(const std::vector<LandmarkPair>& pairs) {
  Vec3 sum;
  for (const LandmarkPair& pair : pairs) {
    sum += pair.first_mm;
  }
  return sum / static_cast<double>(pairs.size());
}

void check(bool good, const char* rule) {
  if (!good) {
    throw Error(ErrorCode::usage, std::string("date registration option ") + rule);
  }
}

}  // namespace

void validate(const DateRegistrationOptions& options) {
  check(options.border_mm >= 0, "border_mm must not be negative");
  check(options.brainstem_lateral_mm >= 0, "brainstem_lateral_mm must not be negative");
  check(options.brainstem_behind_mm >= 0, "brainstem_behind_mm must not be negative");
  check(options.maximum_ear_difference_mm > 0, "maximum_ear_difference_mm must be positive");
  check(options.maximum_landmark_misfit_mm > 0, "maximum_landmark_misfit_mm must be positive");
  check(options.minimum_overlap > 0 && options.minimum_overlap <= 1,
        "minimum_overlap must be above 0 and at most 1");
  check(options.maximum_inverse_mm > 0, "maximum_inverse_mm must be positive");
  check(options.least_vessel_agreement >= 0 && options.least_vessel_agreement <= 1,
        "least_vessel_agreement must be from 0 to 1");
  check(options.mirror_margin > 0, "mirror_margin must be positive");
  check(options.sure_landmark_misfit_mm >= 0, "sure_landmark_misfit_mm must not be negative");
  check(options.sure_error_mm >= 0, "sure_error_mm must not be negative");
  check(options.threads >= 0, "threads must not be negative");
  validate(options.images);
}

DateRegistration registerDates(const FollowupDate& first, const FollowupDate& later,
                               const DateRegistrationOptions& options, const Progress& progress) {
  validate(options);
  const auto pairs = landmarksFor(first, later, options);
  const RigidTransform start = rigidFit(pairs);
  DateRegistration out;
  out.landmark_mm = medianMisfitMm(pairs, start);
  if (*out.landmark_mm > options.maximum_landmark_misfit_mm) {
    throwOtherPatient("the landmarks", *out.landmark_mm);
  }
  refuseMirrored(first, later, start, options);
  const Registration there = refined(first, later, start, options, progress);
  const Registration back = refined(later, first, start.inverse(), options, progress);
  out.inverse_mm = largestMissMm(there.moving_from_t2, back.moving_from_t2, pairs);
  if (*out.inverse_mm > options.maximum_inverse_mm) {
    throwRefused("there and back miss each other by " + fixedDecimals(*out.inverse_mm, 1) + " mm");
  }
  out.date_from_first = meanOf(there.moving_from_t2, back.moving_from_t2, centreOf(pairs));
  const double scatter_mm = std::max(there.error_mm.value_or(0), back.error_mm.value_or(0));
  out.error_mm = std::hypot(scatter_mm, 0.5 * *out.inverse_mm);
  out.quality = std::min(there.quality.value_or(0), back.quality.value_or(0));
  refuseOtherVessels(first, later, out, options);
  return out;
}

}  // namespace neurovasc::followup
