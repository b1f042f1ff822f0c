#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/mesh.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/core/volume.h"

namespace neurovasc {

/// Values of Anatomy::labels.
enum class Label : std::uint8_t {
  none = 0,
  csf = 1,
  brain = 2,
  bone = 3,
  facial_nerve_left = 4,
  facial_nerve_right = 5,
  vestibulocochlear_nerve_left = 6,
  vestibulocochlear_nerve_right = 7,
  other_nerve = 8,
  artery = 9,
  vein = 10,
  unknown_vessel = 11,
  labyrinth_left = 12,
  labyrinth_right = 13,
  canal_left = 14,
  canal_right = 15,
  unexplained = 16,
  pad = 17,
};

/// The study's own plateaus, in image units of FusedImage::fine. Thresholds are given in terms of
/// these, never in raw intensities.
struct TissueLevels {
  double t2_csf = 0;
  double t2_brain = 0;
  double t2_dark = 0;               ///< bone and air
  std::optional<double> tof_brain;  ///< white matter
  std::optional<double> tof_csf;
  std::optional<double> tof_artery;  ///< core of the vertebral and basilar arteries
  std::optional<double> ce_t1_brain;
};

/// The head's own axes: x to the left through both labyrinths, y posterior, z cranial; origin
/// midway between the labyrinths. Undoes roll and yaw of the head in the scanner.
struct HeadFrame {
  RigidTransform head_from_lps;
  bool from_both_ears = false;  ///< else the axes are the scanner's and one ear gave the origin
};

/// A hand- or machine-made point with its error.
struct Landmark {
  Point3 lps_mm;
  double sd_mm = 0;
  bool manual = false;
};

/// The three points that make the nerve coordinate.
struct NerveLandmarks {
  std::optional<Landmark> root_exit_point;
  std::optional<Landmark> detachment_point;
  std::optional<Landmark> porus;
};

enum class NerveStatus { segmented, partial, not_found };
std::string_view name(NerveStatus status);

/// A cranial nerve of one side.
struct Nerve {
  NerveName name = NerveName::facial;
  Side side = Side::left;
  NerveStatus status = NerveStatus::not_found;
  std::string reason;  ///< why it is partial or not found
  Tube tube;           ///< facial: from the root exit point outward to the fundus
  NerveLandmarks landmarks;
};

/// Why a vessel is called what it is called, all relative to TissueLevels.
struct VesselEvidence {
  std::optional<double> tof_over_brain;  ///< median along the vessel
  std::optional<double> ce_t1_over_brain;
  double t2_over_csf = 0;  ///< NaN: no image
  bool seen_on_tof = false;
  bool seen_on_t2 = false;
};

/// A stretch of vessel between two ends or branchings.
struct Vessel {
  std::string id;  ///< "V1", "V2"..., in a fixed order
  VesselKind kind = VesselKind::unknown;
  double kind_confidence = 0;  ///< NaN: not judged
  VesselName name = VesselName::unknown;
  double name_confidence = 0;  ///< NaN: not judged
  Tube tube;                   ///< radius to the outer wall where T2 shows it
  VesselEvidence evidence;
};

/// A place where vessels meet.
struct VesselJunction {
  Point3 lps_mm;
  std::vector<std::size_t> vessels;  ///< indices into Anatomy::vessels
};

/// One side's bony landmarks.
struct Ear {
  Side side = Side::left;
  Point3 labyrinth_mm;  ///< centre of the labyrinth's bright fluid
  std::vector<Point3>
      canal_axis_mm;  ///< internal auditory canal from porus to fundus; may be empty
};

/// Grey tissue in the cistern that is neither brainstem, nerve, vessel nor a known structure.
struct UnexplainedTissue {
  Side side = Side::left;
  Point3 center_mm;
  double volume_mm3 = 0;
};

/// A decompression pad.
struct Pad {
  std::string id;
  Side side = Side::left;
  Point3 center_mm;
  double volume_mm3 = 0;
  TriangleMesh surface;
};

/// Everything found in a fused study, in LPS mm of the T2 series.
struct Anatomy {
  TissueLevels levels;
  HeadFrame frame;
  std::vector<Ear> ears;
  /// Signed distance to the brainstem and cerebellum's surface in mm, negative inside, sub-voxel
  /// (zero half-way between brain and CSF plateaus); nerves and vessels are not part of it.
  ImageF brain_distance_mm;
  /// CSF fraction of each voxel, 0 to 1, by intensity between the plateaus.
  ImageF csf_fraction;
  LabelMap labels;
  std::vector<Nerve> nerves;  ///< facial left and right first, whatever their status
  std::vector<Vessel> vessels;
  std::vector<VesselJunction> junctions;
  std::vector<Pad> pads;  ///< not looked for yet
  std::vector<UnexplainedTissue> unexplained;
  std::vector<std::string> warnings;
};

/// The facial nerve of @p side. Throws Error(internal) if the anatomy holds none.
const Nerve& facialNerve(const Anatomy& anatomy, Side side);
Nerve& facialNerve(Anatomy& anatomy, Side side);

/// Landmarks placed by hand; those given replace the automatic ones.
struct ManualLandmarks {
  std::array<NerveLandmarks, 2> sides;  ///< indexed by Side

  NerveLandmarks& of(Side side) { return sides[side == Side::left ? 0 : 1]; }
  const NerveLandmarks& of(Side side) const { return sides[side == Side::left ? 0 : 1]; }
  bool empty() const;
};

}  // namespace neurovasc
