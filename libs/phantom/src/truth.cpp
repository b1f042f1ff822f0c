#include <algorithm>

#include "curve.h"
#include "measure.h"

namespace neurovasc::phantom {
namespace {

constexpr double kNearMm = 3.0;

NearVessel described(const Strand& vessel, const Approach& near, const FacialNerve& nerve,
                     const RigidTransform& lps_from_head) {
  NearVessel entry;
  entry.vessel = vessel.vessel;
  entry.kind = vessel.tissue == Tissue::vein ? VesselKind::vein : VesselKind::artery;
  entry.min_distance_mm = near.gap_mm;
  entry.diameter_mm = 2 * valueAt(vessel.tube.points_mm, vessel.tube.radius_mm, near.second_arc_mm);
  entry.nerve_point = lps_from_head(near.on_first);
  entry.vessel_point = lps_from_head(near.on_second);
  entry.arclength_mm = near.first_arc_mm;
  entry.zone = zoneOf(nerve, near.first_arc_mm);
  return entry;
}

/// By counting points of a fine grid within the tube, its ends round.
double volumeOf(const Tube& tube) {
  constexpr double kStepMm = 0.1;
  const double reach = *std::max_element(tube.radius_mm.begin(), tube.radius_mm.end());
  const Box box = boundingBox(tube.points_mm, reach);
  std::size_t inside = 0;
  for (double z = box.lower.z; z < box.upper.z; z += kStepMm) {
    for (double y = box.lower.y; y < box.upper.y; y += kStepMm) {
      for (double x = box.lower.x; x < box.upper.x; x += kStepMm) {
        const Projection foot = project(tube.points_mm, {x, y, z});
        const double radius = valueAt(tube.points_mm, tube.radius_mm, foot.arclength_mm);
        inside += foot.distance_mm < radius ? 1 : 0;
      }
    }
  }
  return static_cast<double>(inside) * kStepMm * kStepMm * kStepMm;
}

}  // namespace

std::vector<PadTruth> measurePads(const Scene& scene, const RigidTransform& lps_from_head) {
  std::vector<PadTruth> pads;
  for (const Strand& strand : scene.strands) {
    if (strand.tissue == Tissue::pad) {
      const auto& line = strand.tube.points_mm;
      const Point3 center = pointAt(line, 0.5 * lengthOf(line));
      pads.push_back(
          {center.x > 0 ? Side::left : Side::right, lps_from_head(center), volumeOf(strand.tube)});
    }
  }
  return pads;
}

SideTruth measureSide(const FacialNerve& nerve, const Scene& scene,
                      const RigidTransform& lps_from_head) {
  SideTruth truth;
  const auto& line = nerve.tube.points_mm;
  truth.nerve.radius_mm = nerve.tube.radius_mm;
  for (const Point3& p : line) {
    truth.nerve.points_mm.push_back(lps_from_head(p));
  }
  truth.root_exit_point = truth.nerve.points_mm.front();
  truth.detachment_point = lps_from_head(pointAt(line, nerve.detachment_arc_mm));
  truth.porus = lps_from_head(pointAt(line, nerve.porus_arc_mm));
  truth.detachment_arc_mm = nerve.detachment_arc_mm;
  truth.porus_arc_mm = nerve.porus_arc_mm;
  for (const Strand& strand : scene.strands) {
    if (strand.vessel.empty()) {
      continue;
    }
    const Approach near = nearestApproach(nerve.tube, strand.tube);
    if (near.gap_mm <= kNearMm) {
      truth.near.push_back(described(strand, near, nerve, lps_from_head));
    }
  }
  std::stable_sort(truth.near.begin(), truth.near.end(),
                   [](const auto& a, const auto& b) { return a.arclength_mm < b.arclength_mm; });
  return truth;
}

}  // namespace neurovasc::phantom
