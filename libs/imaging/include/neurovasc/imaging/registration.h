#pragma once

#include <optional>
#include <vector>

#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

struct RegistrationOptions {
  /// Gaussian smoothing of both images from the coarsest to the finest level, mm. The first one is
  /// wide enough to pull in motion of several millimetres. The last one must be small: vessels,
  /// bright in one series and dark in the other, pull smoothed images 0.1 to 0.2 mm aside.
  std::vector<double> sigmas_mm = {2.0, 1.0, 0.25};
  /// About how many places are compared at each level.
  std::vector<int> samples = {20000, 60000, 200000};
  int bins = 40;  ///< of the joint histogram, for each image
  /// Between two series of one session a head moves less; more means a wrong pair or a failure.
  double maximum_correction_mm = 5;
  double maximum_correction_deg = 5;
  /// The share of the region that the moving series must cover.
  double minimum_overlap = 0.25;
  /// The parts of the region, each shifted by itself onto the moving series, must agree to this
  /// (median), mm: the brains of two people do not.
  double maximum_disagreement_mm = 1.0;
  /// What is compared, on any grid: what lies where it is 0 or outside it does not count. Empty:
  /// the whole region.
  std::optional<Mask> where;
  int threads = 0;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const RegistrationOptions& options);

/// Brings @p moving (another sequence of the same session) onto @p fixed, the T2 series cropped to
/// the region that matters.
///
/// Rigid; maximises Mattes' mutual information (IEEE TMI 22:120, 2003) over fixed random places
/// with ITK's v4 framework (Euler angles about the region's centre, regular steps), from coarse to
/// fine, starting where the scanner says that the series are. The result's quality is 2 I(f, m) /
/// (H(f) + H(m)) at the finest level; error_mm comes from how the parts of the region, registered
/// by themselves, scatter. Byte-identical for any number of threads.
///
/// Never throws for a poor match: then accepted is false and reason says why and what to do next.
/// Errors: usage, cancelled.
Registration registerRigid(const ImageF& fixed, const ImageF& moving, SeriesRole moving_role,
                           const RegistrationOptions& options = {}, const Progress& progress = {});

}  // namespace neurovasc::imaging
