#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::phantom {

/// Where a vessel comes nearest to a facial nerve. Distances are between the surfaces of the two
/// tubes, negative where they overlap.
struct NearVessel {
  std::string vessel;  ///< "VA", "BA", "AICA", "PICA", "SCA", or a vein's name
  VesselKind kind = VesselKind::artery;
  double min_distance_mm = 0;
  double diameter_mm = 0;   ///< of the vessel there
  Point3 nerve_point;       ///< on the nerve's centre line
  Point3 vessel_point;      ///< on the vessel's centre line
  double arclength_mm = 0;  ///< along the nerve, from the root exit point
  Zone zone = Zone::root_exit_point;
};

/// One side's facial nerve as it was drawn.
struct SideTruth {
  Tube nerve;  ///< from the root exit point to the fundus
  Point3 root_exit_point;
  Point3 detachment_point;  ///< where nerve and pons part
  Point3 porus;             ///< where the nerve passes the plane of the petrous face
  double detachment_arc_mm = 0;
  double porus_arc_mm = 0;
  std::vector<NearVessel> near;  ///< all within 3 mm, by arc length
};

/// A pad of felt.
struct PadTruth {
  Side side = Side::left;
  Point3 center;
  double volume_mm3 = 0;  ///< as drawn, parts that other things cover not counted out
};

/// What a phantom truly holds, in LPS mm of its T2 series.
struct Truth {
  std::string scenario;
  std::uint64_t seed = 0;
  Side side = Side::left;
  std::vector<std::pair<std::string, std::string>> series_uids;  ///< "CISS", "TOF", "T1C"
  RigidTransform tof_from_t2;  ///< where the head was during TOF (and CE-T1)
  std::array<SideTruth, 2> sides;
  std::vector<PadTruth> pads;

  const SideTruth& of(Side which) const { return sides[which == Side::left ? 0 : 1]; }
};

}  // namespace neurovasc::phantom
