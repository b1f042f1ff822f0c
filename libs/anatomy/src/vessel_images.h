#pragma once

#include <optional>
#include <vector>

#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/volume.h"
#include "vessel_profile.h"

namespace neurovasc::anatomy {

/// Level on TOF, 1 brain, above which blood flows: still blood is as bright as brain.
constexpr double kStillTof = 1.2;
/// What stands where TOF or CE-T1 does not reach: brain, neither blood nor void.
constexpr float kUnmeasured = 1;

/// A fused study in units of its own plateaus, made ready for the search for vessels.
struct VesselImages {
  ImageF t2;     ///< 0 dark, 1 CSF; VII and VIII filled up with CSF
  ImageF tof;    ///< 1 brain; empty without TOF
  ImageF ce_t1;  ///< 1 brain; empty without CE-T1
  /// tof without the arteries that were found first, for what runs along them; see flowBeside().
  ImageF tof_beside;
  ImageF joint;  ///< bright where a vessel is; see joinForArteries(), joinForDarkTubes()
  Mask search;   ///< 1 where a vessel may run
  /// Signed distance to the brain's smooth body, mm, negative inside: the brain opened by a ball,
  /// so that roots, vessels and the corners between them and the pons are not part of it. Empty if
  /// the brain is not known.
  ImageF brain_mm;
  std::vector<Tube> nerves;  ///< VII and VIII, as taken out of t2
  /// Axes of the internal auditory canals, from porus to fundus.
  std::vector<std::vector<Point3>> canals_mm;
  double t2_brain = 0.33;
  double tof_csf = 0.35;
  double ce_t1_csf = 0.25;
  double t2_sigma_mm = 0.25;  ///< of the point spreads
  double tof_sigma_mm = 0.28;
  double ce_t1_sigma_mm = 0.5;
  /// Where TOF and CE-T1 were measured; elsewhere they hold 1, as if brain.
  Coverage tof_coverage;
  Coverage ce_t1_coverage;

  /// What T2 (TOF, CE-T1) would show at @p p without a vessel, given the brain's surface.
  double backgroundOf(double csf, double brain, const Point3& p, double sigma_mm) const;
};

/// Scales the images and takes VII and VIII out of T2. joint is left empty.
VesselImages prepareImages(const FusedStudy& study, const Anatomy& anatomy,
                           const VesselOptions& options, const TubeProfile& disc,
                           const Progress& progress);

/// Fills images.joint for tubes that are dark on T2 and bright on what else there is. The brain
/// stays: a bright tube on its surface is a ridge of its own.
void joinForArteries(VesselImages& images, int threads);

/// Fills images.joint for tubes that are dark on T2, with CE-T1 as a help where there is one. The
/// brain is filled up with CSF, so that its surface makes no ridges, and the canals are taken out
/// of the search: their dark strands are nerves.
void joinForDarkTubes(VesselImages& images, int threads);

/// Takes a tube out of T2 (and CE-T1), as if there were CSF or brain in its place.
/// @p lumen_t2 is its level on T2.
void removeTube(const Tube& tube, double lumen_t2, const TubeProfile& disc, VesselImages& images);

/// Takes @p arteries out of TOF, into images.tof_beside. Without TOF nothing happens.
void removeFromTof(const std::vector<Tube>& arteries, const TubeProfile& disc,
                   VesselImages& images);

/// Level of the lumen of @p tube on images.tof_beside, 1 brain: TOF's own on the tube, not what an
/// artery beside it lends. nullopt without TOF.
std::optional<double> flowBeside(const Tube& tube, const TubeProfile& disc,
                                 const VesselImages& images);

}  // namespace neurovasc::anatomy
