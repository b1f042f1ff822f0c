#include "neurovasc/imaging/registration.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "mutual_information.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/imaging/resample.h"
#include "neurovasc/imaging/smoothing.h"

namespace neurovasc::imaging {
namespace {

// Below this many common places a histogram of 40 x 40 bins says nothing.
constexpr std::size_t kFewestSamples = 2000;
// How the region is cut for the check of its parts: left and right, front and back, low and high.
constexpr int kParts = 8;
// About so many places are compared in each part: fewer than the whole has, so that the parts
// scatter more than the whole errs by chance; the difference stands in for what all parts have
// wrong in common.
constexpr std::size_t kPartSamples = 8000;
// No registration of half-millimetre voxels is known better than to this.
constexpr double kLeastError_mm = 0.05;
// What is usual (0.1 to 0.3 mm) where the region is too small to compare parts.
constexpr double kUnknownError_mm = 0.3;

/// What is compared at one level.
struct Level {
  FixedSamples samples;
  ImageF fixed;
  ImageF moving;
  double overlap = 0;  // share of the region that the moving image covers
};

/// Whether @p p is to be compared at all.
bool counts(const std::optional<Mask>& where, const Point3& p) {
  if (!where) {
    return true;
  }
  const Vec3 index = where->geometry().toIndex(p);
  const int i = static_cast<int>(std::lround(index.x));
  const int j = static_cast<int>(std::lround(index.y));
  const int k = static_cast<int>(std::lround(index.z));
  return where->geometry().contains(i, j, k) && (*where)(i, j, k) != 0;
}

/// How many more places have to be sampled so that enough lie where they count.
double thinning(const std::optional<Mask>& where, const GridGeometry& grid) {
  constexpr double kMost = 20;  // below, the mask is too small to register by
  if (!where) {
    return 1;
  }
  const auto set = std::count_if(where->begin(), where->end(), [](auto v) { return v != 0; });
  const double set_mm3 = static_cast<double>(set) * where->geometry().voxelVolumeMm3();
  const double all_mm3 = static_cast<double>(grid.voxelCount()) * grid.voxelVolumeMm3();
  return std::clamp(all_mm3 / std::max(set_mm3, 1.0), 1.0, kMost);
}

/// About @p count places of @p grid that count.
FixedSamples samplesWithin(const std::optional<Mask>& where, const GridGeometry& grid, int count) {
  FixedSamples samples =
      sampleEvenly(grid, static_cast<int>(std::lround(count * thinning(where, grid))));
  samples.erase(std::remove_if(samples.begin(), samples.end(),
                               [&](const Point3& p) { return !counts(where, p); }),
                samples.end());
  return samples;
}

/// Both images at the resolution of a level; samples outside the moving image are left out.
Level makeLevel(const ImageF& fixed, const ImageF& moving, std::size_t level,
                const RegistrationOptions& options, const RigidTransform& start) {
  const double sigma_mm = options.sigmas_mm[level];
  const FixedSamples all = samplesWithin(options.where, fixed.geometry(), options.samples[level]);
  Level out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out.samples),
               [&](const Point3& p) { return moving.geometry().contains(start(p)); });
  out.overlap = static_cast<double>(out.samples.size()) /
                static_cast<double>(std::max<std::size_t>(1, all.size()));
  out.fixed = clipped(gaussianSmooth(fixed, sigma_mm, options.threads));
  out.moving = clipped(gaussianSmooth(moving, sigma_mm, options.threads));
  return out;
}

/// Every @p thinning-th of those samples that lie in one of the parts around @p centre.
FixedSamples samplesOfPart(const FixedSamples& samples, int part, const Point3& centre,
                           std::size_t thinning) {
  FixedSamples out;
  for (std::size_t n = 0; n < samples.size(); n += thinning) {
    const Point3& p = samples[n];
    if ((p.x > centre.x) == ((part & 1) != 0) && (p.y > centre.y) == ((part & 2) != 0) &&
        (p.z > centre.z) == ((part & 4) != 0)) {
      out.push_back(p);
    }
  }
  return out;
}

/// How far each part of the region shifts when it may move by itself.
std::vector<Vec3> partShifts(const Level& level, const RigidTransform& whole,
                             const RegistrationOptions& options, const Progress& progress) {
  const Point3 centre = centreOf(level.samples);
  const std::size_t thinning =
      std::max<std::size_t>(1, level.samples.size() / (kParts * kPartSamples));
  AscentOptions shift_only;
  shift_only.rotate = false;
  std::vector<Vec3> shifts;
  for (int part = 0; part < kParts; ++part) {
    const FixedSamples samples = samplesOfPart(level.samples, part, centre, thinning);
    if (samples.size() >= kFewestSamples) {
      MutualInformation metric(level.fixed, level.moving, samples, options.bins);
      const Point3 middle = centreOf(samples);
      shifts.push_back(metric.climb(whole, shift_only, progress.stop())(middle) - whole(middle));
    }
  }
  return shifts;
}

double errorFrom(const std::vector<Vec3>& shifts, double disagreement_mm) {
  if (shifts.size() < 2) {
    return kUnknownError_mm;
  }
  return std::max(kLeastError_mm, disagreement_mm / std::sqrt(static_cast<double>(shifts.size())));
}

double medianLength(const std::vector<Vec3>& shifts) {
  std::vector<double> lengths;
  std::transform(shifts.begin(), shifts.end(), std::back_inserter(lengths), norm);
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return lengths.empty() ? 0 : *middle;
}

/// The reason for refusing, empty when there is none.
std::string refusal(const Registration& r, double overlap, double disagreement_mm,
                    const RegistrationOptions& options) {
  const std::string name(neurovasc::name(r.moving));
  if (!(overlap >= options.minimum_overlap)) {
    return "the " + name + " series covers only " + fixedDecimals(100 * overlap, 1) +
           " % of the region; choose a series that covers both cerebellopontine angles";
  }
  if (!(*r.correction_mm <= options.maximum_correction_mm) ||
      !(*r.correction_deg <= options.maximum_correction_deg)) {
    return "the " + name + " series would have to move by " + fixedDecimals(*r.correction_mm, 1) +
           " mm and " + fixedDecimals(*r.correction_deg, 1) +
           " degrees, more than a head does within a session; check that it is of the same session";
  }
  if (!(*r.quality > *r.quality_before * 0.999)) {
    return "moving the " + name +
           " series did not improve the match; check the image for motion or artefacts";
  }
  if (!(disagreement_mm <= options.maximum_disagreement_mm)) {
    return "parts of the region fit the " + name + " series only " +
           fixedDecimals(disagreement_mm, 1) +
           " mm away from where the others do; check that it is of the same patient and not "
           "distorted";
  }
  return {};
}

/// Fills in how good the result is and whether it is accepted.
void judge(Registration& out, const Level& level, MutualInformation& metric,
           const RegistrationOptions& options, const Progress& progress) {
  const Point3 centre = centreOf(level.samples);
  out.quality = metric.normalized(out.moving_from_t2);
  out.quality_before = metric.normalized({});
  out.correction_mm = distance(out.moving_from_t2(centre), centre);
  out.correction_deg = rotationAngleDeg(out.moving_from_t2);
  const auto shifts = partShifts(level, out.moving_from_t2, options, progress);
  const double disagreement_mm = medianLength(shifts);
  out.error_mm = errorFrom(shifts, disagreement_mm);
  out.reason = refusal(out, level.overlap, disagreement_mm, options);
  out.accepted = out.reason.empty();
}

/// The part of @p moving that the region can meet within the allowed correction.
ImageF neighbourhood(const ImageF& moving, const GridGeometry& region,
                     const RegistrationOptions& options) {
  // Beyond the correction itself, the smoothing must not see the cut.
  const double margin_mm = options.maximum_correction_mm + 3 * options.sigmas_mm.front();
  const IndexBox box = boxCovering(moving.geometry(), region, margin_mm);
  return crop(moving, box);
}

bool tooSmall(const ImageF& image) {
  return *std::min_element(image.size().begin(), image.size().end()) < 4;
}

/// A series with too few voxels in common with the region to be tried at all.
Registration refusedUntried(SeriesRole role) {
  Registration out;
  out.moving = role;
  out.reason = "the " + std::string(name(role)) +
               " series hardly meets the region; choose a series that covers both "
               "cerebellopontine angles";
  return out;
}

}  // namespace

void validate(const RegistrationOptions& options) {
  const auto check = [](bool good, const char* rule) {
    if (!good) {
      throw Error(ErrorCode::usage, std::string("registration option ") + rule);
    }
  };
  check(!options.sigmas_mm.empty() &&
            *std::min_element(options.sigmas_mm.begin(), options.sigmas_mm.end()) > 0,
        "sigmas_mm must be positive");
  check(options.samples.size() == options.sigmas_mm.size() &&
            *std::min_element(options.samples.begin(), options.samples.end()) >= 1000,
        "samples needs one number of at least 1000 for each of sigmas_mm");
  check(options.bins >= 8 && options.bins <= 256, "bins must be from 8 to 256");
  check(options.maximum_correction_mm > 0, "maximum_correction_mm must be positive");
  check(options.maximum_correction_deg > 0, "maximum_correction_deg must be positive");
  check(options.minimum_overlap >= 0 && options.minimum_overlap <= 1,
        "minimum_overlap must be from 0 to 1");
  check(options.maximum_disagreement_mm > 0, "maximum_disagreement_mm must be positive");
  check(options.threads >= 0, "threads must not be negative");
}

Registration registerRigid(const ImageF& fixed, const ImageF& moving, SeriesRole moving_role,
                           const RegistrationOptions& options, const Progress& progress) {
  validate(options);
  const ImageF near = neighbourhood(moving, fixed.geometry(), options);
  if (near.empty() || tooSmall(near) || tooSmall(fixed)) {
    return refusedUntried(moving_role);
  }
  Registration out;
  out.moving = moving_role;
  const std::size_t levels = options.sigmas_mm.size();
  for (std::size_t n = 0; n < levels; ++n) {
    progress.report("register", static_cast<double>(n) / static_cast<double>(levels));
    const Level level = makeLevel(fixed, near, n, options, out.moving_from_t2);
    if (level.samples.size() < kFewestSamples) {
      return refusedUntried(moving_role);
    }
    MutualInformation metric(level.fixed, level.moving, level.samples, options.bins);
    AscentOptions ascent;
    ascent.first_step_mm = options.sigmas_mm[n];
    out.moving_from_t2 = metric.climb(out.moving_from_t2, ascent, progress.stop());
    if (n + 1 == levels) {
      if (metric.normalized(out.moving_from_t2) < metric.normalized({})) {
        // Coarse levels led away from a start that was nearly right.
        out.moving_from_t2 = metric.climb({}, ascent, progress.stop());
      }
      judge(out, level, metric, options, progress);
    }
  }
  return out;
}

}  // namespace neurovasc::imaging
