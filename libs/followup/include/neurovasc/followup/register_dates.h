#pragma once

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/followup/dates.h"
#include "neurovasc/imaging/registration.h"

namespace neurovasc::followup {

struct DateRegistrationOptions {
  /// So far beyond bone, labyrinth, canal and brainstem is compared as well: their edges, which
  /// hold the information, and no more of the cistern than half a vessel.
  double border_mm = 1.0;
  /// Brain counts as brainstem up to so far lateral of the root exit points (the pons is little
  /// wider there) and behind them (the fourth ventricle's floor); beyond lies cerebellum, which
  /// surgery retracts.
  double brainstem_lateral_mm = 4;
  double brainstem_behind_mm = 8;
  /// Distances between the labyrinths of one patient agree to half a millimetre; adults differ by
  /// 3 mm (1 sd).
  double maximum_ear_difference_mm = 2.0;
  /// Of the landmarks, median. One patient's agree to 0.6 mm; landmarks themselves err by 1 mm.
  double maximum_landmark_misfit_mm = 2.5;
  double minimum_overlap = 0.4;  ///< share of what does not move that both dates show
  /// There and back, registered twice, must meet to this at the nerves.
  double maximum_inverse_mm = 0.5;
  /// Share of the vessels' length that agrees: below it they are of somebody else, unless bones and
  /// landmarks fit as well as one patient's do. Two dates of one patient have 0.62 and more, two
  /// people up to 0.40.
  double least_vessel_agreement = 0.45;
  /// So much more in the mirror than as given: left and right are exchanged. One patient's dates
  /// agree by 0.2 to 0.7 less in the mirror.
  double mirror_margin = 0.12;
  double sure_landmark_misfit_mm = 0.6;  ///< one patient's dates: 0.14 to 0.56
  double sure_error_mm = 0.15;           ///< one patient's dates: 0.05 to 0.13
  imaging::RegistrationOptions images = quickImages();
  int threads = 0;

  /// Landmarks start it within two millimetres, so it need not begin as coarse as between series;
  /// what does not move is a third of the region, so fewer places tell as much.
  static imaging::RegistrationOptions quickImages() {
    imaging::RegistrationOptions options;
    // Labyrinths and pori lie nearly in a line. How far the head nods about it the roots tell,
    // known to 1.3 mm each some 15 mm off: two standard deviations of both dates are 12 degrees.
    options.maximum_correction_deg = 12;
    options.sigmas_mm = {1.0, 0.5, 0.25};
    options.samples = {8000, 20000, 70000};
    return options;
  }
};

/// Throws Error(usage) naming the option.
void validate(const DateRegistrationOptions& options);

/// Brings @p later onto @p first by what surgery does not move: petrous bone, labyrinths, canals
/// and brainstem. Corridor, pad, vessels and cerebellum are left out.
///
/// Labyrinths and nerve landmarks give the start, whatever the head's position in either scanner;
/// mutual information of the two T2 images at the masked places the rest, once from each date to
/// the other; the result is the mean of both, so that it does not depend on which date comes first
/// (to first order). error_mm comes from how the parts of the region scatter and from half of what
/// there and back miss each other by.
///
/// Bones of twin-like heads, and of one head in the mirror, fit each other; vessels do not. They
/// tell a mirrored study, and together with a poor fit of the bones another patient.
///
/// Errors: not_a_pair (labyrinths, landmarks or vessels differ: another patient; left and right
/// exchanged), registration_refused (too few landmarks, no overlap, parts or directions disagree),
/// cancelled.
DateRegistration registerDates(const FollowupDate& first, const FollowupDate& later,
                               const DateRegistrationOptions& options = {},
                               const Progress& progress = {});

}  // namespace neurovasc::followup
