#include "neurovasc/imaging/fusion.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/imaging/resample.h"

namespace neurovasc::imaging {
namespace {

constexpr double kStep_mm = 0.05;
// Voxels kept around the region while sampling, for the splines' sake.
constexpr int kSplineMargin = 6;

/// @p options with the one number of threads everywhere.
FusionOptions withThreads(FusionOptions options) {
  options.bias.threads = options.threads;
  options.noise.threads = options.threads;
  options.registration.threads = options.threads;
  return options;
}

IndexBox requireInside(const IndexBox& box, const Size3& size) {
  for (std::size_t a = 0; a < 3; ++a) {
    if (box.lower[a] < 0 || box.upper[a] > size[a] || box.upper[a] - box.lower[a] < 4) {
      throw Error(ErrorCode::usage, "the region to fuse does not lie inside the T2 series",
                  "Give a region of at least 4 voxels along each axis within the series.");
    }
  }
  return box;
}

IndexBox widened(IndexBox box, int voxels, const Size3& size) {
  for (std::size_t a = 0; a < 3; ++a) {
    box.lower[a] = std::max(0, box.lower[a] - voxels);
    box.upper[a] = std::min(size[a], box.upper[a] + voxels);
  }
  return box;
}

/// @p box counted from @p origin.
IndexBox relativeTo(IndexBox box, const Size3& origin) {
  for (std::size_t a = 0; a < 3; ++a) {
    box.lower[a] -= origin[a];
    box.upper[a] -= origin[a];
  }
  return box;
}

Vec3 acquiredVoxelMm(const SeriesImage& series) {
  return series.series.acquisition.acquired_voxel_mm.value_or(series.image.geometry().spacing_mm);
}

/// A voxel of one grid as seen along the axes of another: root of the summed squares, so that a
/// rotated cube stays a cube.
Vec3 alongAxesOf(const GridGeometry& grid, const Vec3& voxel_mm, const Matrix3& voxel_axes) {
  const Matrix3 turn = transposed(grid.direction) * voxel_axes;
  Vec3 out;
  for (int a = 0; a < 3; ++a) {
    double sum = 0;
    for (int b = 0; b < 3; ++b) {
      sum += turn(a, b) * turn(a, b) * voxel_mm[b] * voxel_mm[b];
    }
    out[a] = std::sqrt(sum);
  }
  return out;
}

GridGeometry chooseGrid(const GridGeometry& region, const Vec3& voxel_mm,
                        const FusionOptions& options) {
  double spacing_mm =
      options.spacing_mm.value_or(fineSpacingMm(std::min({voxel_mm.x, voxel_mm.y, voxel_mm.z})));
  GridGeometry grid = fineGrid(region, spacing_mm);
  while (grid.voxelCount() > options.maximum_voxels) {
    spacing_mm += kStep_mm;
    grid = fineGrid(region, spacing_mm);
  }
  return grid;
}

/// What both kinds of series have in common.
FusedImage describe(const SeriesImage& series, const ImageF& measured, const GridGeometry& grid,
                    const Matrix3& axes, const FusionOptions& options) {
  FusedImage out;
  out.series = series.series;
  // Whole numbers in files are noise enough; others divide by it.
  const double least = 1e-3 * std::abs(*std::max_element(measured.begin(), measured.end()));
  const double sd = estimateNoise(measured, options.noise).sd;
  out.noise_measured = sd > least;
  out.noise_sd = std::max(sd, least);
  out.acquired_voxel_mm = alongAxesOf(grid, acquiredVoxelMm(series), axes);
  out.psf_fwhm_mm = out.acquired_voxel_mm * options.psf_per_voxel;
  return out;
}

BiasField biasOf(const ImageF& image, double noise_sd, const FusionOptions& options) {
  return options.correct_bias ? estimateBias(image, noise_sd, options.bias) : BiasField{};
}

/// The T2 series: cropped, evened and sampled finely.
FusedImage fuseT2(const SeriesImage& t2, const IndexBox& region, const GridGeometry& grid,
                  const FusionOptions& options, const Progress& progress) {
  const IndexBox margin = widened(region, kSplineMargin, t2.image.size());
  ImageF wide = crop(t2.image, margin);
  FusedImage out = describe(t2, wide, grid, grid.direction, options);
  removeBias(wide, biasOf(wide, out.noise_sd, options), options.threads);
  out.fine =
      resample(wide, grid, {}, Interpolation::cubic_bspline, 0, options.threads, progress.stop());
  out.on_t2_voxels = crop(wide, relativeTo(region, margin.lower));
  return out;
}

/// Adds the other series to a study that holds T2.
class Fuser {
 public:
  Fuser(FusedStudy& study, const FusionOptions& options, const Progress& progress)
      : study_(study), options_(options), progress_(progress) {}

  std::optional<FusedImage> add(const std::optional<SeriesImage>& series, SeriesRole role) {
    if (!series) {
      requireAbsenceAllowed(role);
      return std::nullopt;
    }
    study_.registrations.push_back(registerRigid(study_.t2.on_t2_voxels, series->image, role,
                                                 options_.registration, progress_));
    const Registration& registration = study_.registrations.back();
    if (!registration.accepted) {
      refuse(registration);
      return std::nullopt;
    }
    return sampled(*series, registration);
  }

 private:
  bool required(SeriesRole role) const {
    return std::find(options_.required.begin(), options_.required.end(), role) !=
           options_.required.end();
  }

  void requireAbsenceAllowed(SeriesRole role) const {
    if (required(role)) {
      throw Error(ErrorCode::no_usable_series,
                  "the required " + std::string(name(role)) + " series is not in the study",
                  "Add it, or run without requiring it.");
    }
  }

  void refuse(const Registration& registration) {
    const std::string role(name(registration.moving));
    if (required(registration.moving)) {
      throw Error(ErrorCode::registration_refused,
                  "the required " + role + " series could not be registered to T2",
                  registration.reason);
    }
    study_.warnings.push_back("The " + role + " series is left out: " + registration.reason + ".");
  }

  FusedImage sampled(const SeriesImage& series, const Registration& registration) {
    const RigidTransform& there = registration.moving_from_t2;
    // What the region can see of the series, with the motion and the splines' reach as margin.
    const double margin_mm = options_.registration.maximum_correction_mm + 6;
    ImageF near = crop(series.image, boxCovering(series.image.geometry(), study_.grid, margin_mm));
    const Matrix3 axes = transposed(there.rotation) * near.geometry().direction;
    FusedImage out = describe(series, near, study_.grid, axes, options_);
    removeBias(near, biasOf(near, out.noise_sd, options_), options_.threads);
    out.coverage = {near.geometry(), there};
    warnOfCoverage(out.coverage, registration);
    constexpr auto kSpline = Interpolation::cubic_bspline;
    out.fine = resample(near, study_.grid, there, kSpline, 0, options_.threads, progress_.stop());
    out.on_t2_voxels = resample(near, study_.t2.on_t2_voxels.geometry(), there, kSpline, 0,
                                options_.threads, progress_.stop());
    return out;
  }

  /// A region that is only partly covered must not be taken for one without vessels.
  void warnOfCoverage(const Coverage& coverage, const Registration& registration) {
    constexpr int kSteps = 20;
    int covered = 0;
    for (int n = 0; n < kSteps * kSteps * kSteps; ++n) {
      const auto index = [&](int step, int axis) {
        return (step + 0.5) / kSteps * study_.grid.size[static_cast<std::size_t>(axis)] - 0.5;
      };
      const Point3 p = study_.grid.toLps(
          Vec3{index(n % kSteps, 0), index(n / kSteps % kSteps, 1), index(n / kSteps / kSteps, 2)});
      covered += coverage.contains(p) ? 1 : 0;
    }
    const int percent = covered * 100 / (kSteps * kSteps * kSteps);
    if (percent < 95) {
      study_.warnings.push_back("The " + std::string(name(registration.moving)) +
                                " series covers " + std::to_string(percent) +
                                " % of the region; elsewhere it shows nothing.");
    }
  }

  FusedStudy& study_;
  const FusionOptions& options_;
  const Progress& progress_;
};

/// One series from its image on the T2 voxels.
FusedImage restoredImage(SeriesImage kept, const FusedStudy& study, const RigidTransform& there,
                         const FusionOptions& options, const StopToken& stop) {
  Acquisition& acquisition = kept.series.acquisition;
  acquisition.acquired_voxel_mm =
      acquisition.acquired_voxel_mm.value_or(kept.series.geometry.spacing_mm);
  const Matrix3 axes = transposed(there.rotation) * kept.series.geometry.direction;
  FusedImage out = describe(kept, kept.image, study.grid, axes, options);
  out.fine =
      resample(kept.image, study.grid, {}, Interpolation::cubic_bspline, 0, options.threads, stop);
  out.on_t2_voxels = std::move(kept.image);
  return out;
}

std::optional<FusedImage> restoredSecond(const std::optional<SeriesImage>& kept, SeriesRole role,
                                         const FusedStudy& study, const FusionOptions& options,
                                         const StopToken& stop) {
  const auto used =
      std::find_if(study.registrations.begin(), study.registrations.end(),
                   [role](const Registration& one) { return one.moving == role && one.accepted; });
  if (!kept || used == study.registrations.end()) {
    return std::nullopt;
  }
  FusedImage out = restoredImage(*kept, study, used->moving_from_t2, options, stop);
  out.coverage = {kept->series.geometry, used->moving_from_t2};
  return out;
}

}  // namespace

void validate(const FusionOptions& options) {
  const auto check = [](bool good, const char* rule) {
    if (!good) {
      throw Error(ErrorCode::usage, std::string("fusion option ") + rule);
    }
  };
  check(!options.spacing_mm || (*options.spacing_mm >= 0.05 && *options.spacing_mm <= 1),
        "spacing_mm must be from 0.05 to 1");
  check(options.maximum_voxels >= 1000, "maximum_voxels must be at least 1000");
  check(options.psf_per_voxel > 0 && options.psf_per_voxel <= 5,
        "psf_per_voxel must be positive and at most 5");
  check(options.threads >= 0, "threads must not be negative");
  validate(options.bias);
  validate(options.noise);
  validate(options.registration);
}

double fineSpacingMm(double smallest_voxel_mm) {
  // 0.45 voxel and half a step up, cut to whole steps, gives 0.25 at 0.5 as well as at 0.6 mm.
  const double steps = std::floor((0.45 * smallest_voxel_mm + kStep_mm / 2) / kStep_mm + 0.01);
  return std::clamp(steps * kStep_mm, 0.2, 0.4);
}

FusedStudy fuse(const StudyImages& images, const IndexBox& t2_region, const FusionOptions& options,
                const Progress& progress) {
  validate(options);
  const FusionOptions all = withThreads(options);
  progress.report("fuse", 0);
  const IndexBox region = requireInside(t2_region, images.t2.image.size());
  const GridGeometry part = cropped(images.t2.image.geometry(), region);
  FusedStudy study;
  study.grid = chooseGrid(part, acquiredVoxelMm(images.t2), all);
  study.resolution = images.t2.series.resolution;
  study.t2 = fuseT2(images.t2, region, study.grid, all, progress);
  Fuser fuser(study, all, progress);
  progress.report("fuse", 0.2);
  study.tof = fuser.add(images.tof, SeriesRole::tof);
  progress.report("fuse", 0.6);
  study.ce_t1 = fuser.add(images.ce_t1, SeriesRole::ce_t1);
  progress.report("fuse", 1);
  return study;
}

FusedStudy restored(const FusedVolumes& volumes, const FusionOptions& options,
                    const Progress& progress) {
  validate(options);
  const FusionOptions all = withThreads(options);
  progress.report("fuse", 0, "sampling the images finely");
  FusedStudy study;
  study.grid = volumes.grid;
  study.resolution = volumes.t2.series.resolution;
  study.registrations = volumes.registrations;
  study.t2 = restoredImage(volumes.t2, study, {}, all, progress.stop());
  progress.report("fuse", 0.4);
  study.tof = restoredSecond(volumes.tof, SeriesRole::tof, study, all, progress.stop());
  progress.report("fuse", 0.7);
  study.ce_t1 = restoredSecond(volumes.ce_t1, SeriesRole::ce_t1, study, all, progress.stop());
  progress.report("fuse", 1);
  return study;
}

}  // namespace neurovasc::imaging
