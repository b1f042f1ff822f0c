#include "measure_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "neurovasc/anatomy/segment.h"
#include "neurovasc/contact/assess.h"
#include "neurovasc/followup/dates.h"

namespace neurovasc::pipeline {
namespace {

Anatomy anatomyWith(const RestoredStudy& study, Side side, const KnownNerve& known, int threads,
                    const Progress& progress) {
  anatomy::AnatomyOptions options;
  options.sides = {side};
  options.landmarks.of(side) = known.landmarks;
  options.expected = {{side, known.axis_mm}};
  options.region = study.region;
  options.threads = threads;
  Anatomy anatomy = anatomy::segment(study.fused, options, progress);
  // The other side, which a side's deformity is judged against, stays as it was measured.
  if (const auto* other = followup::findSide(study.assessment, opposite(side))) {
    facialNerve(anatomy, opposite(side)) = other->nerve;
  }
  return anatomy;
}

/// Which share of @p vessel's course runs inside @p known, 0 to 1.
double sharedCourse(const Vessel& vessel, const Vessel& known) {
  constexpr double kStepMm = 0.5;
  if (vessel.tube.size() < 2 || known.tube.size() < 2) {
    return 0;
  }
  const Tube steps = resampled(vessel.tube, kStepMm);
  const auto inside =
      std::count_if(steps.points_mm.begin(), steps.points_mm.end(), [&known](const Point3& p) {
        const Projection at = project(known.tube.points_mm, p);
        return at.distance_mm <=
               valueAt(known.tube.points_mm, known.tube.radius_mm, at.arclength_mm);
      });
  return static_cast<double>(inside) / static_cast<double>(steps.size());
}

/// The vessel among @p known that @p vessel is, or null.
const Vessel* sameVessel(const Vessel& vessel, const std::vector<Vessel>& known) {
  constexpr double kMost = 0.5;  // of its course: no other vessel can have as much
  const auto best =
      std::max_element(known.begin(), known.end(), [&vessel](const Vessel& a, const Vessel& b) {
        return sharedCourse(vessel, a) < sharedCourse(vessel, b);
      });
  return best != known.end() && sharedCourse(vessel, *best) > kMost ? &*best : nullptr;
}

/// Gives the side's contacts the ids of the vessels that are known, and names the others' vessels
/// so that no other side's take the same id: V1L, V2L...
std::vector<Vessel> keepVesselIds(const std::vector<Vessel>& found,
                                  const std::vector<Vessel>& known, SideAssessment& side) {
  std::map<std::string, std::string> ids;
  std::vector<Vessel> added;
  for (const Vessel& vessel : found) {
    const bool named =
        std::any_of(side.contacts.begin(), side.contacts.end(),
                    [&vessel](const Contact& contact) { return contact.vessel_id == vessel.id; });
    if (!named) {
      continue;
    }
    if (const Vessel* same = sameVessel(vessel, known)) {
      ids[vessel.id] = same->id;
      continue;
    }
    added.push_back(vessel);
    added.back().id = fmt::format("V{}{}", added.size(), side.side == Side::left ? "L" : "R");
    ids[vessel.id] = added.back().id;
  }
  for (Contact& contact : side.contacts) {
    contact.vessel_id = ids[contact.vessel_id];
  }
  return added;
}

}  // namespace

MovedLandmarks measureSide(const RestoredStudy& study, Side side, const KnownNerve& known,
                           int threads, const Progress& progress) {
  MovedLandmarks moved;
  moved.side = side;
  moved.landmarks = known.landmarks;
  const Anatomy anatomy = anatomyWith(study, side, known, threads, progress);
  contact::ContactOptions contacts;
  contacts.sides = {side};
  contacts.threads = threads;
  moved.reassessed = contact::assess(study.fused, anatomy, contacts, progress).front();
  moved.vessels = keepVesselIds(anatomy.vessels, study.assessment.vessels, *moved.reassessed);
  return moved;
}

}  // namespace neurovasc::pipeline
