#include "unseen_end.h"

#include <utility>
#include <vector>

#include "calibre.h"

namespace neurovasc::contact {
namespace {

constexpr double kStepMm = 0.1;
/// The end's direction and calibre are taken from this much of the line.
constexpr double kDirectionMm = 1.5;
constexpr double kCalibreMm = 3.0;

/// @p tube with the end at @p place last.
Tube endingAt(const Tube& tube, const Place& place) {
  const bool at_front = 2 * place.vessel_arclength_mm < lengthOf(tube.points_mm);
  return at_front ? reversed(tube) : tube;
}

double calibreAtEnd(const Tube& tube) {
  const std::vector<double> arc = arcLengths(tube.points_mm);
  std::vector<double> radii;
  for (std::size_t n = 0; n < tube.size(); ++n) {
    if (arc[n] >= arc.back() - kCalibreMm) radii.push_back(tube.radius_mm[n]);
  }
  return medianOf(std::move(radii));
}

/// Whether @p p lies inside another vessel than @p vessel.
bool insideOther(const Anatomy& anatomy, std::size_t vessel, const Point3& p) {
  for (std::size_t v = 0; v < anatomy.vessels.size(); ++v) {
    const Tube& other = anatomy.vessels[v].tube;
    if (v == vessel || other.empty()) continue;
    const Projection at = project(other.points_mm, p);
    if (at.distance_mm < valueAt(other.points_mm, other.radius_mm, at.arclength_mm)) return true;
  }
  return false;
}

/// How near @p p, the axis of a tube of @p radius_mm, comes to @p nerve.
Place placeOf(const Tube& nerve, const Point3& p, double radius_mm) {
  const Projection at = project(nerve.points_mm, p);
  Place place;
  place.nerve_arclength_mm = at.arclength_mm;
  place.gap_mm =
      at.distance_mm - valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm) - radius_mm;
  place.nerve_axis_mm = at.point_mm;
  place.vessel_axis_mm = p;
  return place;
}

/// Whether @p place lies in the canal, where bone is dark and so are VIII's branches.
bool inCanal(const Nerve& nerve, const Place& place) {
  const auto& porus = nerve.landmarks.porus;
  return porus &&
         place.nerve_arclength_mm >= project(nerve.tube.points_mm, porus->lps_mm).arclength_mm;
}

bool showsFluid(const FusedStudy& study, const Anatomy& anatomy, const Point3& p, double share) {
  const ImageF& t2 = study.t2.fine;
  return !t2.geometry().contains(p) || interpolate(t2, p) > share * anatomy.levels.t2_csf;
}

/// The stretch beyond the end of a line, as a tube's axis.
struct Straight {
  Point3 from;
  Vec3 on;
  double radius_mm = 0;
};

Straight beyond(const Tube& line) {
  const Point3& end = line.points_mm.back();
  const double length_mm = lengthOf(line.points_mm);
  return {end, normalized(end - pointAt(line.points_mm, length_mm - kDirectionMm)),
          calibreAtEnd(line)};
}

/// Where @p way comes nearest to @p nerve or meets it, its vessel_arclength_mm from where it
/// begins; empty where that is too far or the way would be seen in CSF.
std::optional<Place> nearestOn(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                               const Straight& way, const GapOptions& options) {
  Place nearest = placeOf(nerve.tube, way.from, way.radius_mm);
  for (double mm = kStepMm; nearest.gap_mm > 0; mm += kStepMm) {
    Place next = placeOf(nerve.tube, way.from + mm * way.on, way.radius_mm);
    if (next.gap_mm >= nearest.gap_mm) break;
    if (mm > options.longest_unseen_mm ||
        showsFluid(study, anatomy, next.vessel_axis_mm, options.fluid_share)) {
      return std::nullopt;
    }
    next.vessel_arclength_mm = mm;
    nearest = next;
  }
  return nearest.vessel_arclength_mm > 0 ? std::optional<Place>(nearest) : std::nullopt;
}

/// Whether the line ends at @p place in the open: not in the canal, where all lines end, and not in
/// another vessel, of which it is a branch then.
bool endsInTheOpen(const Anatomy& anatomy, const Nerve& nerve, std::size_t vessel,
                   const Place& place) {
  const Tube& seen = anatomy.vessels[vessel].tube;
  return place.at_vessel_end && seen.size() >= 2 && !inCanal(nerve, place) &&
         !insideOther(anatomy, vessel, endingAt(seen, place).points_mm.back());
}

double headingFor(const Straight& way, const Place& place) {
  return dot(way.on, normalized(place.nerve_axis_mm - way.from));
}

}  // namespace

bool isLostOnItsWay(const Anatomy& anatomy, const Nerve& nerve, std::size_t vessel,
                    const Place& place, const GapOptions& options) {
  if (!endsInTheOpen(anatomy, nerve, vessel, place)) return false;
  const Straight way = beyond(endingAt(anatomy.vessels[vessel].tube, place));
  return headingFor(way, place) >= options.least_lost_heading;
}

std::optional<UnseenEnd> beyondEnd(const FusedStudy& study, const Anatomy& anatomy,
                                   const Nerve& nerve, std::size_t vessel, const Place& place,
                                   const GapOptions& options) {
  if (!endsInTheOpen(anatomy, nerve, vessel, place)) return std::nullopt;
  Tube line = endingAt(anatomy.vessels[vessel].tube, place);
  const Straight way = beyond(line);
  if (headingFor(way, place) < options.least_heading) return std::nullopt;
  std::optional<Place> nearest = nearestOn(study, anatomy, nerve, way, options);
  if (!nearest) return std::nullopt;
  nearest->vessel_arclength_mm += lengthOf(line.points_mm);
  line.points_mm.push_back(nearest->vessel_axis_mm);
  line.radius_mm.push_back(way.radius_mm);
  line.confidence.clear();
  return UnseenEnd{std::move(line), *nearest};
}

}  // namespace neurovasc::contact
