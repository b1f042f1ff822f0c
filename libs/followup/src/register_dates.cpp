#include "neurovasc/followup/register_dates.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/imaging/resample.h"
#include "rigid_fit.h"
#include "stable_mask.h"

namespace neurovasc::followup {
namespace {

constexpr std::size_t kFewestLandmarks = 3;

void addPair(const std::optional<Point3>& first, const std::optional<Point3>& later,
             std::vector<LandmarkPair>& pairs) {
  if (first && later) {
    pairs.push_back({*first, *later});
  }
}

std::optional<Point3> placeOf(const std::optional<Landmark>& landmark) {
  return landmark ? std::optional<Point3>(landmark->lps_mm) : std::nullopt;
}

void addNerveLandmarks(const FollowupDate& first, const FollowupDate& later, Side side,
                       std::vector<LandmarkPair>& pairs) {
  const SideAssessment* a = findSide(first.assessment, side);
  const SideAssessment* b = findSide(later.assessment, side);
  if (a == nullptr || b == nullptr) {
    return;
  }
  for (const auto landmark : {&NerveLandmarks::root_exit_point, &NerveLandmarks::detachment_point,
                              &NerveLandmarks::porus}) {
    addPair(placeOf(a->nerve.landmarks.*landmark), placeOf(b->nerve.landmarks.*landmark), pairs);
  }
}

struct Ears {
  std::optional<Point3> left;
  std::optional<Point3> right;
};

Ears earsOf(const FollowupDate& date) {
  return {labyrinthOf(date.labels, Side::left), labyrinthOf(date.labels, Side::right)};
}

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

std::vector<LandmarkPair> commonLandmarks(const FollowupDate& first, const FollowupDate& later,
                                          const DateRegistrationOptions& options) {
  const Ears a = earsOf(first);
  const Ears b = earsOf(later);
  requireSameEars(a, b, options);
  std::vector<LandmarkPair> pairs;
  addPair(a.left, b.left, pairs);
  addPair(a.right, b.right, pairs);
  for (const Side side : kSides) {
    addNerveLandmarks(first, later, side, pairs);
  }
  if (pairs.size() < kFewestLandmarks) {
    throwRefused("too few labyrinths and nerve landmarks were found at both");
  }
  return pairs;
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
    throwRefused(found.reason);
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
  check(options.threads >= 0, "threads must not be negative");
  validate(options.images);
}

DateRegistration registerDates(const FollowupDate& first, const FollowupDate& later,
                               const DateRegistrationOptions& options, const Progress& progress) {
  validate(options);
  const auto pairs = commonLandmarks(first, later, options);
  const RigidTransform start = rigidFit(pairs);
  DateRegistration out;
  out.landmark_mm = medianMisfitMm(pairs, start);
  if (*out.landmark_mm > options.maximum_landmark_misfit_mm) {
    throwOtherPatient("the landmarks", *out.landmark_mm);
  }
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
  return out;
}

}  // namespace neurovasc::followup
