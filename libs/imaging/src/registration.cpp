#include "neurovasc/imaging/registration.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>

#include "bspline.h"
#include "mutual_information.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/resample.h"
#include "neurovasc/imaging/smoothing.h"
#include "rigid_ascent.h"

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

std::string withOneDecimal(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

/// What is compared at one level.
struct Level {
  FixedSamples samples;
  ImageF coefficients;  // of the moving image
  BinScale fixed_scale;
  BinScale moving_scale;
  double overlap = 0;  // share of the region that the moving image covers
};

/// Both images at the resolution of a level; samples outside the moving image are left out.
Level makeLevel(const ImageF& fixed, const ImageF& moving, std::size_t level,
                const RegistrationOptions& options, const RigidTransform& start) {
  const double sigma_mm = options.sigmas_mm[level];
  const ImageF smooth = gaussianSmooth(fixed, sigma_mm, options.threads);
  Level out;
  const FixedSamples all = sampleEvenly(smooth, options.samples[level]);
  out.samples =
      filtered(all, [&](const Point3& p) { return moving.geometry().contains(start(p)); });
  out.overlap = static_cast<double>(out.samples.values.size()) /
                static_cast<double>(std::max<std::size_t>(1, all.values.size()));
  out.coefficients = gaussianSmooth(moving, sigma_mm, options.threads);
  out.fixed_scale = binScale(smooth, options.bins);
  out.moving_scale = binScale(out.coefficients, options.bins);
  toSplineCoefficients(out.coefficients, options.threads);
  return out;
}

MutualInformation metricOf(const Level& level, const FixedSamples& samples,
                           const RegistrationOptions& options) {
  return {samples,      level.coefficients, level.fixed_scale, level.moving_scale,
          options.bins, options.threads};
}

Point3 centreOf(const FixedSamples& samples) {
  const Vec3 sum = std::accumulate(samples.points_mm.begin(), samples.points_mm.end(), Vec3{});
  return sum / static_cast<double>(samples.points_mm.size());
}

/// Root mean square distance of the samples from @p centre.
double radiusOf(const FixedSamples& samples, const Point3& centre) {
  double sum = 0;
  for (const auto& p : samples.points_mm) {
    sum += dot(p - centre, p - centre);
  }
  return std::sqrt(sum / static_cast<double>(samples.points_mm.size()));
}

/// How far each part of the region shifts when it may move by itself.
std::vector<Vec3> partShifts(const Level& level, const RigidTransform& whole,
                             const RegistrationOptions& options, const Progress& progress) {
  const Point3 centre = centreOf(level.samples);
  const std::size_t thinning =
      std::max<std::size_t>(1, level.samples.values.size() / (kParts * kPartSamples));
  std::vector<Vec3> shifts;
  for (int part = 0; part < kParts; ++part) {
    std::size_t n = 0;
    const FixedSamples samples = filtered(level.samples, [&](const Point3& p) {
      return n++ % thinning == 0 && (p.x > centre.x) == ((part & 1) != 0) &&
             (p.y > centre.y) == ((part & 2) != 0) && (p.z > centre.z) == ((part & 4) != 0);
    });
    if (samples.values.size() < kFewestSamples) {
      continue;
    }
    MutualInformation metric = metricOf(level, samples, options);
    AscentOptions ascent;
    ascent.rotate = false;
    const Point3 middle = centreOf(samples);
    const RigidTransform t = climb(metric, whole, middle, 1, ascent, progress.stop());
    shifts.push_back(t(middle) - whole(middle));
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
    return "the " + name + " series covers only " + withOneDecimal(100 * overlap) +
           " % of the region; choose a series that covers both cerebellopontine angles";
  }
  if (!(r.correction_mm <= options.maximum_correction_mm) ||
      !(r.correction_deg <= options.maximum_correction_deg)) {
    return "the " + name + " series would have to move by " + withOneDecimal(r.correction_mm) +
           " mm and " + withOneDecimal(r.correction_deg) +
           " degrees, more than a head does within a session; check that it is of the same session";
  }
  if (!(r.quality > r.quality_before * 0.999)) {
    return "moving the " + name +
           " series did not improve the match; check the image for motion or artefacts";
  }
  if (!(disagreement_mm <= options.maximum_disagreement_mm)) {
    return "parts of the region fit the " + name + " series only " +
           withOneDecimal(disagreement_mm) +
           " mm away from where the others do; check that it is of the same patient and not "
           "distorted";
  }
  return {};
}

void alignAtLevel(Registration& out, const Level& level, MutualInformation& metric,
                  double first_step_mm, const Progress& progress) {
  const Point3 centre = centreOf(level.samples);
  AscentOptions ascent;
  ascent.first_step_mm = first_step_mm;
  out.moving_from_t2 = climb(metric, out.moving_from_t2, centre, radiusOf(level.samples, centre),
                             ascent, progress.stop());
}

/// Fills in how good the result is and whether it is accepted.
void judge(Registration& out, const Level& level, MutualInformation& metric,
           const RegistrationOptions& options, const Progress& progress) {
  const Point3 centre = centreOf(level.samples);
  out.quality = metric.evaluate(out.moving_from_t2, centre, false).normalized;
  out.quality_before = metric.evaluate({}, centre, false).normalized;
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

Registration refusedForLackOfOverlap(SeriesRole role, const RegistrationOptions& options) {
  Registration out;
  out.moving = role;
  out.reason = refusal(out, 0, 0, options);
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
    return refusedForLackOfOverlap(moving_role, options);
  }
  Registration out;
  out.moving = moving_role;
  const std::size_t levels = options.sigmas_mm.size();
  for (std::size_t n = 0; n < levels; ++n) {
    progress.report("register", static_cast<double>(n) / static_cast<double>(levels));
    const Level level = makeLevel(fixed, near, n, options, out.moving_from_t2);
    if (level.samples.values.size() < kFewestSamples) {
      return refusedForLackOfOverlap(moving_role, options);
    }
    MutualInformation metric = metricOf(level, level.samples, options);
    alignAtLevel(out, level, metric, options.sigmas_mm[n], progress);
    if (n + 1 == levels) {
      judge(out, level, metric, options, progress);
    }
  }
  return out;
}

}  // namespace neurovasc::imaging
