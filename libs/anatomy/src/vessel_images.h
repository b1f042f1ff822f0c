#pragma once

#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/volume.h"
#include "vessel_profile.h"

namespace neurovasc::anatomy {

/// A fused study in units of its own plateaus, made ready for the search for vessels.
struct VesselImages {
  ImageF t2;       ///< 0 dark, 1 CSF; VII and VIII filled up with CSF
  ImageF tof;      ///< 1 brain; empty without TOF
  ImageF ce_t1;    ///< 1 brain; empty without CE-T1
  ImageF joint;    ///< bright where a vessel is, of all that there is
  Mask search;     ///< 1 where a vessel may run
  double t2_brain = 0.33;
  double tof_csf = 0.35;
  double ce_t1_csf = 0.25;
  double t2_sigma_mm = 0.25;     ///< of the point spreads
  double tof_sigma_mm = 0.28;
  double ce_t1_sigma_mm = 0.5;

  /// What T2 (TOF, CE-T1) would show at @p p without a vessel, given the brain's surface.
  double backgroundOf(double csf, double brain, const ImageF& brain_distance, const Point3& p,
                      double sigma_mm) const;
};

VesselImages prepareImages(const FusedStudy& study, const Anatomy& anatomy,
                           const VesselOptions& options, const BlurredDisc& disc,
                           const Progress& progress);

/// The part of each voxel that @p tube fills under a point spread of @p sigma_mm, written over
/// @p share where larger. @p distance limits: voxels inside the brain (negative) are left out; may
/// be empty.
void paintTube(const Tube& tube, double sigma_mm, const BlurredDisc& disc, ImageF& share);

}  // namespace neurovasc::anatomy
