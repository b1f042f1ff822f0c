#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/study.h"
#include "neurovasc/imaging/bias.h"
#include "neurovasc/imaging/noise.h"
#include "neurovasc/imaging/registration.h"

namespace neurovasc::imaging {

struct FusionOptions {
  /// Spacing of the fine grid, mm; empty: fineSpacingMm() of the T2 series' voxel.
  std::optional<double> spacing_mm;
  /// The fine grid becomes coarser, 0.05 mm at a time, until it has at most this many voxels: a
  /// region found without landmarks may be large, and the anatomy holds some ten volumes of it.
  std::size_t maximum_voxels = 24'000'000;
  /// Full width at half maximum of the point spread, in acquired voxels: 1.21 for a sampled k-space
  /// box, per axis.
  double psf_per_voxel = 1.2;
  bool correct_bias = true;
  /// Series that must be there and accepted.
  std::vector<SeriesRole> required;
  BiasOptions bias;
  NoiseOptions noise;
  RegistrationOptions registration;
  int threads = 0;  ///< used for all of the above
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const FusionOptions& options);

/// About half of a measured voxel, in steps of 0.05 mm from 0.2 to 0.4: 0.25 for 0.5 to 0.6 mm.
double fineSpacingMm(double smallest_voxel_mm);

/// Brings the series of one session onto one fine isotropic grid over @p t2_region of the T2 series
/// (voxel indices), with the T2 series' axes.
///
/// Each series' noise is measured on its own voxels; slow shading is divided out of all of them
/// where that makes tissue more even; TOF and CE-T1 are registered to the T2 region and sampled
/// once, by cubic splines, at the fine and at the T2 voxels. Where a series does not reach, its
/// value is 0. A series whose registration is refused is left out with a warning. Every attempt
/// stands in FusedStudy::registrations.
///
/// Errors: usage (a region outside the series); no_usable_series and registration_refused for
/// series in options.required; cancelled.
FusedStudy fuse(const StudyImages& images, const IndexBox& t2_region, const FusionOptions& options,
                const Progress& progress);

/// What is kept of a fused study: images on the T2 voxels of its region, shading removed, with the
/// series as they were loaded.
struct FusedVolumes {
  GridGeometry grid;  ///< FusedStudy::grid
  SeriesImage t2;
  std::optional<SeriesImage> tof;    ///< 0 where it does not reach
  std::optional<SeriesImage> ce_t1;  ///< likewise
  std::vector<Registration> registrations;
};

/// A fused study from what was kept of it. Nothing is registered or evened again. TOF and CE-T1 are
/// sampled a second time, which smooths them a little where their voxels are smaller than those of
/// T2. Of options only psf_per_voxel, noise and threads matter. Throws Error(cancelled).
FusedStudy restored(const FusedVolumes& volumes, const FusionOptions& options,
                    const Progress& progress);

}  // namespace neurovasc::imaging
