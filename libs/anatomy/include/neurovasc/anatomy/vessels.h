#pragma once

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::anatomy {

/// How vessels are looked for. Contrasts are fractions of the study's own plateaus: of CSF minus
/// dark on T2, of brain on TOF and CE-T1.
struct VesselOptions {
  /// Tubularness at which a tube is begun. A 0.8 mm artery under a 0.6 mm point spread answers with
  /// about 0.35; noise at an SNR of 20 with less than 0.1.
  double seed_contrast = 0.24;
  /// Tubularness down to which a tube is followed.
  double follow_contrast = 0.11;
  /// Longest stretch below follow_contrast, mm, that is crossed when the tube goes on beyond.
  double gap_mm = 1.5;
  /// Shorter tubes are noise, dural spikes or beads.
  double min_length_mm = 4.0;
  /// Lumen level on TOF, in units of brain, from which on a tube is an artery. The level is found
  /// together with the radius, as if the tube were as dark on T2 as flowing blood, so that thin
  /// tubes do not lose by partial volume; brain tissue then has 1.2, nerves and veins about 1.0,
  /// arteries of 0.8 mm and more mostly 1.5 to 2.8.
  double artery_tof_level = 1.4;
  /// Lumen level on CE-T1, in units of brain, from which on blood is assumed, found in the same
  /// way: brain tissue has 1.25, veins 1.6 to 2.5.
  double blood_ce_t1_level = 1.5;
  /// How far from CSF a tube may lie, mm: vessels dent the pons, but do not run inside it.
  double csf_reach_mm = 1.0;
  /// Shortest stretch, mm, over which a dark tube through open CSF, from near the midline to the
  /// angle, is taken for an artery by its course.
  double course_mm = 15.0;
  /// Dark tubes that neither TOF nor CE-T1 shows to hold blood are listed only this near to VII,
  /// mm: farther off most of them are folia.
  double unknown_reach_mm = 8.0;
  /// Spacing of the returned centre lines, mm.
  double step_mm = 0.5;
  int threads = 0;  ///< 0: one per processor
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const VesselOptions& options);

/// @p options as they suit a T2 series too thick to measure on, where vessels are only shown. An
/// artery that runs within slices of twice its calibre answers with half its tubularness (0.11 to
/// 0.22 for AICA in slices of 2.5 mm), and is lost where a slice also holds what it begins on:
/// tubes are begun at 0.75 of seed_contrast, not below follow_contrast, and known by 0.8 of
/// course_mm.
VesselOptions forThickSlices(VesselOptions options);

/// Finds the vessels of @p study and the cranial nerves other than VII and VIII.
///
/// Reads from @p anatomy: levels, frame, ears, brain_distance_mm (may be empty), and the tubes of
/// VII and VIII in nerves, whose signal is taken out of the images before anything is traced. Sets
/// vessels and junctions, and appends other nerves (V, VI, IX-XI) to nerves.
///
/// Tubes are ridges of a joint image, dark on T2 and bright on TOF and CE-T1, so that a vessel that
/// lies on the pons without CSF between is still seen where TOF shows it. Each line is then fitted
/// on T2 as a disc under the point spread in successive cross-sections: its radius is the outer
/// one. What a tube is follows from its level on TOF and CE-T1 after the same fit: an artery is
/// bright on TOF; bright on CE-T1 alone is a vein; dark on both or not covered is `unknown`. Names
/// follow from where a vessel comes from, and with less confidence from where it lies. The same
/// bytes for any number of threads. Errors: usage, cancelled.
void findVessels(const FusedStudy& study, Anatomy& anatomy, const VesselOptions& options,
                 const Progress& progress);

}  // namespace neurovasc::anatomy
