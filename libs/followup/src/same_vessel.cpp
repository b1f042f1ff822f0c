#include "same_vessel.h"

#include <algorithm>

namespace neurovasc::followup {
namespace {

/// Courses of one vessel traced twice agree to this, the registration's error included.
constexpr double kAlikeMm = 1.5;
constexpr double kStepMm = 0.5;
/// Shorter pieces run along anything.
constexpr double kLeastMm = 10;

/// Of the shorter course, the share that runs along the other.
std::optional<double> commonCourse(const Tube& a, const Tube& b) {
  if (a.size() < 2 || b.size() < 2) {
    return std::nullopt;
  }
  const bool a_shorter = lengthOf(a.points_mm) < lengthOf(b.points_mm);
  const Tube& shorter = a_shorter ? a : b;
  return shareAlong(resampled(shorter, kStepMm).points_mm, (a_shorter ? b : a).points_mm);
}

/// Whether @p vessel has the course of one of @p others, and that of @p mate by less than half.
bool isAnother(const Tube& vessel, const Tube& mate, const std::vector<Tube>& others,
               const CompareOptions& options) {
  const double with_mate = commonCourse(vessel, mate).value_or(1);
  return lengthOf(vessel.points_mm) >= kLeastMm &&
         std::any_of(others.begin(), others.end(), [&](const Tube& other) {
           if (lengthOf(other.points_mm) < kLeastMm) return false;
           const double common = commonCourse(vessel, other).value_or(0);
           return common >= options.same_course && with_mate < 0.5 * common;
         });
}

bool sureOf(const Contact& contact, const CompareOptions& options) {
  return contact.vessel_name != VesselName::unknown &&
         contact.name_confidence.value_or(0) >= options.sure_name;
}

}  // namespace

double shareAlong(const std::vector<Point3>& line, const std::vector<Point3>& other) {
  const auto near = std::count_if(line.begin(), line.end(), [&other](const Point3& p) {
    return project(other, p).distance_mm < kAlikeMm;
  });
  return static_cast<double>(near) / static_cast<double>(line.size());
}

Sameness sameVessel(const PlacedContact& a, const PlacedContact& b, const CompareOptions& options) {
  const Contact& x = *a.contact;
  const Contact& y = *b.contact;
  const bool kinds_differ =
      x.kind != y.kind && x.kind != VesselKind::unknown && y.kind != VesselKind::unknown;
  const bool names_known =
      x.vessel_name != VesselName::unknown && y.vessel_name != VesselName::unknown;
  const bool names_differ = names_known && x.vessel_name != y.vessel_name;
  if (kinds_differ || (names_differ && sureOf(x, options) && sureOf(y, options))) {
    return Sameness::different;
  }
  const auto common = commonCourse(a.vessel, b.vessel);
  if (common && *common >= options.same_course) {
    return Sameness::same;
  }
  if (isAnother(a.vessel, b.vessel, b.others, options) ||
      isAnother(b.vessel, a.vessel, a.others, options)) {
    return Sameness::different;
  }
  return names_known && !names_differ ? Sameness::same : Sameness::unknown;
}

}  // namespace neurovasc::followup
