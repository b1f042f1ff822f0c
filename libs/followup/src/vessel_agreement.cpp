#include "vessel_agreement.h"

#include <algorithm>
#include <functional>

namespace neurovasc::followup {
namespace {

constexpr double kStepMm = 0.5;
/// Axes of one vessel at two dates: fits, pulsation and the landmarks' fit together.
constexpr double kAlongMm = 1.0;
/// Shorter pieces are as often furrows, rootlets or noise.
constexpr double kShortestMm = 8.0;
constexpr double kLeastLengthMm = 60;
/// Of iterated closest points.
constexpr double kCatchMm = 3.0;
constexpr int kRounds = 8;
constexpr std::size_t kFewestPoints = 20;

using Course = std::vector<Point3>;

std::vector<Course> coursesOf(const Assessment& assessment) {
  std::vector<Course> courses;
  for (const Vessel& vessel : assessment.vessels) {
    if (vessel.tube.size() >= 2 && lengthOf(vessel.tube.points_mm) >= kShortestMm) {
      courses.push_back(resampled(vessel.tube, kStepMm).points_mm);
    }
  }
  return courses;
}

/// What of @p courses, taken to the other date, lies in its field and along its vessels.
std::optional<double> shareAlong(const std::vector<Course>& courses,
                                 const std::vector<Course>& others,
                                 const std::function<Point3(const Point3&)>& other_from_this,
                                 const GridGeometry& field) {
  double seen_mm = 0;
  double along_mm = 0;
  for (const Course& course : courses) {
    for (const Point3& p : course) {
      const Point3 q = other_from_this(p);
      if (!field.contains(q)) {
        continue;
      }
      seen_mm += kStepMm;
      const bool along = std::any_of(others.begin(), others.end(), [&q](const Course& other) {
        return project(other, q).distance_mm < kAlongMm;
      });
      along_mm += along ? kStepMm : 0;
    }
  }
  return seen_mm < kLeastLengthMm ? std::nullopt : std::optional<double>(along_mm / seen_mm);
}

std::optional<Projection> nearestOn(const std::vector<Course>& courses, const Point3& p) {
  std::optional<Projection> best;
  for (const Course& course : courses) {
    const Projection foot = project(course, p);
    if (!best || foot.distance_mm < best->distance_mm) {
      best = foot;
    }
  }
  return best;
}

}  // namespace

RigidTransform alongVessels(const Assessment& first, const Assessment& later,
                            const RigidTransform& start, Mirror mirror) {
  const std::vector<Course> before = coursesOf(first);
  std::vector<Course> now = coursesOf(later);
  for (Course& course : now) {
    std::transform(course.begin(), course.end(), course.begin(),
                   [mirror](const Point3& p) { return mirror == Mirror::yes ? reflected(p) : p; });
  }
  RigidTransform fit = start;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<LandmarkPair> pairs;
    for (const Course& course : before) {
      for (const Point3& p : course) {
        const auto foot = nearestOn(now, fit(p));
        if (foot && foot->distance_mm < kCatchMm) {
          pairs.push_back({p, foot->point_mm});
        }
      }
    }
    if (pairs.size() < kFewestPoints) {
      return start;
    }
    fit = rigidFit(pairs);
  }
  return fit;
}

std::optional<double> vesselAgreement(const Assessment& first, const GridGeometry& first_field,
                                      const Assessment& later, const GridGeometry& later_field,
                                      const RigidTransform& later_from_first, Mirror mirror) {
  const std::vector<Course> before = coursesOf(first);
  const std::vector<Course> now = coursesOf(later);
  const RigidTransform first_from_later = later_from_first.inverse();
  const auto there = shareAlong(
      before, now,
      [&](const Point3& p) {
        const Point3 q = later_from_first(p);
        return mirror == Mirror::yes ? reflected(q) : q;
      },
      later_field);
  const auto back = shareAlong(
      now, before,
      [&](const Point3& p) { return first_from_later(mirror == Mirror::yes ? reflected(p) : p); },
      first_field);
  return there && back ? std::optional<double>(std::max(*there, *back)) : std::nullopt;
}

}  // namespace neurovasc::followup
