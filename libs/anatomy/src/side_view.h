#pragma once

#include <optional>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::anatomy {

/// TOF over white matter of what flows, from here on; nerves stay below 1.2, and blur from an
/// artery beside them makes what lies between.
inline constexpr double kFlowTof = 1.6;

/// One side of the region, cut out of the fine grid, in units of its own plateaus.
///
/// "Side coordinates" are the head frame's with x counted lateral from the midline on either side,
/// so that both sides read alike: x lateral, y posterior, z cranial.
struct SideView {
  Side side = Side::left;
  HeadFrame frame;
  ImageF t2;                  ///< 0 bone, 1 CSF
  ImageF brain_mm;            ///< signed distance to the brain's surface
  std::optional<ImageF> tof;  ///< over white matter
  Mask lumen;                 ///< deep inside wide arteries, where no nerve is; may be empty
  double brain = 0.33;        ///< plateau of brain in t2
  double nerve_darker = 0;  ///< by so much nerves are darker in t2 than brain; mostly they are not
  double psf_sigma_mm = 0.25;  ///< of the measured voxel, geometric mean of the axes
  bool too_thick = false;      ///< slices too thick to tell the nerves of a canal apart
  double noise = 0;            ///< standard deviation of t2 in flat CSF on this grid

  Vec3 sideOf(const Point3& lps) const;
  Point3 lpsOf(const Vec3& side_coordinates) const;
  bool darkNerves() const { return nerve_darker > 0; }
  /// Plateau of nerves in t2.
  double nerve() const { return brain - nerve_darker; }
  /// A value of t2 over brain's, as if nerves had brain's.
  double overNerve(double value) const { return (value + nerve_darker) / brain; }
  /// A direction in side coordinates as LPS vector.
  Vec3 lpsDirection(const Vec3& side_direction) const;
};

/// Cuts the part of @p study around one cerebellopontine angle: from the midline to the labyrinth.
SideView viewOf(const FusedStudy& study, const Anatomy& anatomy, Side side);

/// The part of @p view that VII and VIII can run through on their way from the canal's fundus to
/// the brainstem.
SideView corridorOf(const SideView& view, const Point3& porus_mm);

}  // namespace neurovasc::anatomy
