#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/contact/places.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::contact {

/// How a gap was found.
enum class GapMethod {
  model_fit,  ///< nerve, vessel and brainstem fitted to the T2 intensities
  tubes,      ///< difference of the tubes as segmented; the fit was impossible or not believed
};

/// The gap between nerve and vessel at one place.
struct Gap {
  GapMethod method = GapMethod::tubes;
  double raw_mm = 0;  ///< negative when the surfaces overlap
  double sd_mm = 0;   ///< of raw_mm, all terms
  double rms = 0;     ///< of the fit's residual, in units of the CSF level
  /// By how much T2 is darker between the two surfaces than nerve, vessel and CSF make it, as a
  /// share of the CSF level; 0 where it was not fitted.
  double darker_between = 0;
  /// Whether the tubes as segmented overlap and the fit parts them (GapOptions::most_parted_mm):
  /// one of the two was misled, and which cannot be told.
  bool contradicted = false;
  /// Whether T2 shows next to no CSF between the vessel and what lies under it, the attached
  /// nerve's line included, though the two are measured apart (GapOptions::least_fluid_share).
  bool without_fluid = false;
  /// Whether the nerve's line lies on the vessel itself: raw_mm stands for an overlap of unknown
  /// depth, sd_mm for how far off the line may be.
  bool strayed = false;
  /// Length of the vessel's last stretch to the place, mm, that is not seen but taken to go on
  /// straight from where its line ends (GapOptions::least_heading); 0 elsewhere.
  double unseen_mm = 0;
  /// Whether the vessel's line ends here in the open, not straying from the nerve, and where it
  /// goes on is not known (GapOptions::least_lost_heading): raw_mm is where it was last seen.
  bool lost = false;
  Tube nerve;  ///< both as fitted, around the place
  Tube vessel;
  Place place;  ///< the nearest pair on the fitted tubes; arc lengths of these tubes
};

/// The terms of a gap's error that the fit's own covariance does not know, one sd each, in mm,
/// added in quadrature.
struct GapErrorModel {
  /// Edges that are not steps, point spread known to a tenth, curves that are no parabolas, per
  /// acquired voxel for each of two surfaces (0.09 mm at 0.5 mm).
  double surface_per_voxel = 0.18;
  /// Not an sd: by how much a fit with a Gaussian point spread finds a cleft too wide when the data
  /// were cut off in k-space, as all are, and overshoot at its edges; per acquired voxel.
  double cleft_bias_per_voxel = 0.08;
  /// Vessel seen on TOF only: how well the lumen stands for the wall (wall 0.1 to 0.3 mm).
  double wall_mm = 0.15;
  /// Vessel seen on TOF only: registration error if the registration does not state its own.
  double registration_mm = 0.2;
  /// Each surface of a segmented tube that was not refined, per acquired voxel (0.15 mm at 0.5 mm).
  double tube_surface_per_voxel = 0.3;
  /// Where a fit is not believed, or parts tubes that overlap, what misled one may mislead the
  /// other: by how much the two differ counts as an error up to this; a fit that is farther off
  /// followed something else. So does, between a vessel and the attached nerve, what of the
  /// gap T2 does not show as CSF: a nerve cannot be told from the brain in which it is bedded.
  double most_disagreement_mm = 0.5;
  /// Pulsation of vessel and nerve during the minutes of a scan.
  double pulsation_mm = 0.05;
  /// Under noise the line of the attached nerve may lie aside of the nerve, which a fit that starts
  /// there does not mend: by this at the root exit point, falling off to nothing at noisy_reach_mm
  /// of it. On simulated heads the 75th and 90th percentiles at the root are 0.4 and 0.8 mm at SNRs
  /// of 25 to 60 alike, where fits mend it, and 0.65 and 1.5 mm at 12 and 15.
  double noisy_line_mm = 0.5;
  double noisy_reach_mm = 5.0;
  /// Of CSF in T2: from this SNR on the line is sure; at four fifths of it the doubt is full.
  double sure_snr = 20;
};

struct GapOptions {
  bool fit = true;               ///< else the tubes as they are
  double half_length_mm = 2.6;   ///< of nerve and vessel that takes part; longer parts bend
  double nerve_reach_mm = 1.2;   ///< voxels as near as this to the nerve's axis take part
  double vessel_reach_mm = 0.7;  ///< and this near to the vessel's surface
  int max_iterations = 25;
  /// Clean places leave a residual of 0.04 to 0.06 of the CSF level; twice that means that
  /// something stands there which the model does not know.
  double max_rms = 0.10;
  /// Likewise if more than a third of the voxels contradict it.
  double max_disbelieved = 0.35;
  /// Clefts that CSF alone fills are darker than the model by 0.03 of the CSF level at the most;
  /// with an artery of 0.8 mm in them by 0.3.
  double max_darker_between = 0.15;
  /// Fits move tubes apart by up to 0.6 mm, mostly within an overlap. Tubes that overlap were of
  /// vessels that touch in all simulated places where the fit left more than this between them.
  double most_parted_mm = 0.3;
  /// Of 33 vessels on simulated heads on the attached nerve, alone and 0.3 to 1 mm from it by what
  /// was fitted, T2 showed less CSF than this between the two, as a share of its level, under
  /// eight: seven were -0.3 to 0.3 mm from it, one 0.8 mm. Under all others that were 0.5 mm off
  /// and more it was 0.49 and more.
  double least_fluid_share = 0.25;
  /// Farther apart by the fit than lines are off, nerve and vessel are taken to be so whatever lies
  /// between.
  double most_unseen_mm = 1.0;
  /// A vessel's line that ends where it is nearest to the nerve goes on unseen where it heads for
  /// the nerve: cosine of the angle between the two, length and level on T2, 1 CSF, above which it
  /// would be seen. Of 548 places on simulated heads ten were such ends, the vessel 0.3 to 2.1 mm
  /// nearer than seen, and 0.16 mm off on average (at most 0.6) where it was taken to go on
  /// straight.
  double least_heading = 0.4;
  double longest_unseen_mm = 3.5;
  double fluid_share = 0.85;
  /// So may one that ends there and does not stray from the nerve, but where it goes is not told:
  /// on simulated heads eight of 16 such gaps were wrong by more than two sd, all too wide, and six
  /// of the 195 others. Lost nearer than most_lost_mm, four of eleven were contacts.
  double least_lost_heading = 0.1;
  double most_lost_mm = 2.0;
  GapErrorModel errors;
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const GapOptions& options);

/// The gap by tubes alone.
Gap tubeGap(const FusedStudy& study, const Nerve& nerve, const Vessel& vessel, const Place& place,
            const GapOptions& options);

/// The gap at @p place, by fitting what T2 should look like there to what it does look like:
///
///     I = CSF level x [ 1 - shares of vessel, nerve and brain x their own contrasts ] * point
///     spread
///
/// with the nerve's tube (offset, radius), the vessel's (quadratic offset of its curve, radius,
/// intensity), the brainstem's surface (offset) and the local levels as unknowns; weighted least
/// squares with priors (Levenberg-Marquardt), so that the posterior covariance carries to the gap.
/// Other tubes near by take part as they are. Falls back to tubeGap() where the fit is not
/// believed (residual, or something that is not grey or much thicker in the nerve's place), with
/// more doubt the more the two differ, and for vessels that T2 does not show. In a noisy image the
/// nerve's own line adds to the doubt near its root (GapErrorModel::noisy_line_mm), unless the root
/// was placed by hand. The attached nerve, bedded in brain as grey as itself, may be nearer than it
/// was fitted: there what of the gap is not seen as CSF is doubt.
///
/// Model-based sizing below the point spread: Hoogeveen et al., JMRI 8:1228 (1998); Wörz & Rohr,
/// IEEE TMI 26:1486 (2007).
Gap measureGap(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
               std::size_t vessel, const Place& place, const GapOptions& options);

}  // namespace neurovasc::contact
