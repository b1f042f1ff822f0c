#include "gap_fit.h"

#include <algorithm>
#include <cmath>

#include "gap_model.h"
#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

constexpr double kFwhmPerSigma = 2.3548;
constexpr double kSmoothingMm = 0.8;  ///< of segmented axes: their jitter, not their bends
constexpr double kFar = 100;          ///< mm, when there is no brainstem

double square(double x) { return x * x; }

/// What takes part in one fit.
struct Surroundings {
  const FusedStudy& study;
  const Anatomy& anatomy;
  const Nerve& nerve;
  std::size_t vessel;
  const Place& place;
  const GapOptions& options;
};

/// The middle between the two surfaces.
Point3 middleOf(const Surroundings& at) {
  const Vec3 d = at.place.vessel_axis_mm - at.place.nerve_axis_mm;
  const Tube& nerve = at.nerve.tube;
  const double r = valueAt(nerve.points_mm, nerve.radius_mm, at.place.nerve_arclength_mm);
  return at.place.nerve_axis_mm + (r + at.place.gap_mm / 2) * normalized(d);
}

double relativeLevel(double level, double csf, double fallback) {
  return csf > 0 && level > 0 ? std::clamp(level / csf, 0.05, 0.8) : fallback;
}

double brainLevel(const Anatomy& anatomy) {
  return relativeLevel(anatomy.levels.t2_brain, anatomy.levels.t2_csf, 0.33);
}

/// Blood's usual level in T2 as a share of CSF, and its spread: arteries are flow voids, veins
/// keep some signal.
Unknown vesselLevel(VesselKind kind) {
  switch (kind) {
    case VesselKind::artery:
      return {0.06, 0.06, 0.0, 0.30, 0.02};
    case VesselKind::vein:
      return {0.22, 0.04, 0.0, 0.40, 0.02};
    case VesselKind::unknown:
      break;
  }
  return {0.12, 0.10, 0.0, 0.40, 0.02};
}

/// The level of a vessel near by that is not fitted. Of an unknown one, which may as well be a
/// strand of grey, it is what T2 shows.
double otherLevel(const Vessel& vessel) {
  const double seen = vessel.evidence.t2_over_csf;
  return vessel.kind == VesselKind::unknown && seen > 0 ? std::min(seen, 0.5)
                                                        : vesselLevel(vessel.kind).start;
}

void addOther(const Tube& tube, double level, const Point3& middle, double half_mm,
              LocalImage& image, std::vector<float>& nearest) {
  const Projection at = project(tube.points_mm, middle);
  if (tube.size() < 2 || at.distance_mm > 2 * half_mm) {
    return;
  }
  const LocalCurve curve = localCurve(tube, at.arclength_mm, 2 * half_mm, kSmoothingMm);
  const TubeField field(image.grid, curve);
  std::vector<float> share;
  field.occupancy({}, 0, 0.5 * image.grid.spacing_mm.x, share);
  for (std::size_t i = 0; i < share.size(); ++i) {
    image.other_share[i] += share[i];
    image.other_level[i] += share[i] * static_cast<float>(level);
    nearest[i] = std::min(nearest[i], static_cast<float>(field.surfaceDistance(i)));
  }
}

/// Nerves and vessels near by that are not fitted; the distance to the nearest of their surfaces.
std::vector<float> addOthers(const Surroundings& at, const Point3& middle, double half_mm,
                             LocalImage& image) {
  std::vector<float> nearest(image.t2.size(), static_cast<float>(kFar));
  image.other_share.assign(image.t2.size(), 0.0F);
  image.other_level.assign(image.t2.size(), 0.0F);
  for (const Nerve& nerve : at.anatomy.nerves) {
    if (!(nerve.name == at.nerve.name && nerve.side == at.nerve.side) && !nerve.tube.empty()) {
      addOther(nerve.tube, brainLevel(at.anatomy), middle, half_mm, image, nearest);
    }
  }
  for (std::size_t v = 0; v < at.anatomy.vessels.size(); ++v) {
    const Vessel& vessel = at.anatomy.vessels[v];
    if (v != at.vessel && !vessel.tube.empty()) {
      addOther(vessel.tube, otherLevel(vessel), middle, half_mm, image, nearest);
    }
  }
  return nearest;
}

bool foreign(const LabelMap& labels, const Point3& p) {
  if (labels.empty()) {
    return false;
  }
  const Vec3 index = labels.geometry().toIndex(p);
  const int i = static_cast<int>(std::lround(index.x));
  const int j = static_cast<int>(std::lround(index.y));
  const int k = static_cast<int>(std::lround(index.z));
  if (!labels.geometry().contains(i, j, k)) {
    return false;
  }
  const auto label = static_cast<Label>(labels(i, j, k));
  return label == Label::bone || label == Label::pad || label == Label::unexplained;
}

/// Whether something the model does not know stands within a blur's reach of @p p.
bool besideForeign(const LabelMap& labels, const Point3& p) {
  constexpr double kReachMm = 0.5;
  for (const Vec3& d : {Vec3{}, Vec3{kReachMm, 0, 0}, Vec3{-kReachMm, 0, 0}, Vec3{0, kReachMm, 0},
                        Vec3{0, -kReachMm, 0}, Vec3{0, 0, kReachMm}, Vec3{0, 0, -kReachMm}}) {
    if (foreign(labels, p + d)) {
      return true;
    }
  }
  return false;
}

void readVoxels(const Surroundings& at, const IndexBox& box, LocalImage& image) {
  const ImageF& t2 = at.study.t2.fine;
  const auto csf = static_cast<float>(at.anatomy.levels.t2_csf);
  const ImageF& brain = at.anatomy.brain_distance_mm;
  image.grid = cropped(t2.geometry(), box);
  for (int k = box.lower[2]; k < box.upper[2]; ++k) {
    for (int j = box.lower[1]; j < box.upper[1]; ++j) {
      for (int i = box.lower[0]; i < box.upper[0]; ++i) {
        image.t2.push_back(t2(i, j, k) / csf);
        image.brain_distance.push_back(static_cast<float>(
            brain.empty() ? kFar : interpolate(brain, t2.geometry().toLps(i, j, k))));
      }
    }
  }
}

/// The level that CSF reaches near by: a high percentile, above partial volume, below noise peaks.
double localCsf(const LocalImage& image) {
  constexpr double kPercentile = 0.92;
  std::vector<float> sorted = image.t2;
  const auto at = static_cast<std::size_t>(kPercentile * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<long>(at), sorted.end());
  return std::clamp(static_cast<double>(sorted[at]), 0.6, 1.4);
}

/// Model errors of edges and ripple count like noise of a twentieth of the CSF level.
double voxelWeight(const Surroundings& at) {
  constexpr double kModelNoise = 0.05;
  const double noise = at.study.t2.noise_sd / at.anatomy.levels.t2_csf;
  return 1 / std::max(square(kModelNoise), square(noise));
}

/// Voxels of the fine grid share the information of the acquired voxel they lie in.
double informationShare(const Surroundings& at, const GridGeometry& grid) {
  const Vec3& acquired = at.study.t2.acquired_voxel_mm;
  return std::min(1.0, grid.voxelVolumeMm3() / (acquired.x * acquired.y * acquired.z));
}

void weighVoxels(const Surroundings& at, const Point3& middle, const LocalCurve& nerve,
                 const LocalCurve& vessel, const std::vector<float>& others, LocalImage& image) {
  constexpr double kOthersReachMm = 0.3;
  const auto weight = static_cast<float>(voxelWeight(at));
  const TubeField to_nerve(image.grid, nerve);
  const TubeField to_vessel(image.grid, vessel);
  image.weights.assign(image.t2.size(), 0.0F);
  std::size_t n = 0;
  for (int k = 0; k < image.grid.size[2]; ++k) {
    for (int j = 0; j < image.grid.size[1]; ++j) {
      for (int i = 0; i < image.grid.size[0]; ++i, ++n) {
        const Point3 p = image.grid.toLps(i, j, k);
        const bool near = to_nerve.axisDistance(n) <= at.options.nerve_reach_mm ||
                          to_vessel.surfaceDistance(n) <= at.options.vessel_reach_mm;
        if (near && distance(p, middle) <= at.options.half_length_mm &&
            others[n] > kOthersReachMm && !besideForeign(at.anatomy.labels, p)) {
          image.weights[n] = weight;
        }
      }
    }
  }
}

std::vector<Unknown> unknownsOf(const Surroundings& at, double nerve_radius, double vessel_radius,
                                double csf) {
  const double brain = brainLevel(at.anatomy);
  std::vector<Unknown> all(kGapUnknowns);
  all[kNerveU] = all[kNerveV] = {0, 0.35, -1.0, 1.0, 0.01};
  all[kNerveTiltU] = all[kNerveTiltV] = {0, 0.2, -0.6, 0.6, 0.01};
  all[kNerveRadius] = {0, 0.2, -0.5 * nerve_radius, 0.5, 0.01};
  all[kVesselU] = all[kVesselV] = {0, 0.4, -1.2, 1.2, 0.01};
  all[kVesselU1] = all[kVesselV1] = {0, 0.15, -0.6, 0.6, 0.01};
  all[kVesselU2] = all[kVesselV2] = {0, 0.05, -0.2, 0.2, 0.005};
  all[kVesselRadius] = {0, 0.05 + 0.2 * vessel_radius, -0.6 * vessel_radius,
                        0.3 + 0.5 * vessel_radius, 0.01};
  all[kBrainOffset] = {0, 0.2, -0.8, 0.8, 0.01};
  all[kNerveLevel] = {brain, 0.06, 0.05, 0.7, 0.02};
  all[kVesselLevel] = vesselLevel(at.anatomy.vessels[at.vessel].kind);
  all[kBrainLevel] = {brain, 0.04, 0.05, 0.7, 0.02};
  all[kCsfLevel] = {csf, 0.1, 0.5, 1.6, 0.02};
  return all;
}

double rawGap(const GapModel& model, const std::vector<double>& values) {
  return nearestPlace(model.nerveTube(values), model.vesselTube(values)).gap_mm;
}

double fitSd(const GapModel& model, const LeastSquaresProblem& problem,
             const LeastSquaresResult& fit) {
  std::vector<double> slope(kGapUnknowns, 0.0);
  for (int k = 0; k <= kVesselRadius; ++k) {
    const auto i = static_cast<std::size_t>(k);
    const double step = 4 * problem.unknowns[i].step;  // the nearest pair is found to 0.002 mm
    std::vector<double> plus = fit.values;
    std::vector<double> minus = fit.values;
    plus[i] += step;
    minus[i] -= step;
    slope[i] = (rawGap(model, plus) - rawGap(model, minus)) / (2 * step);
  }
  return standardDeviation(fit, slope);
}

LocalImage localImage(const Surroundings& at, const LocalCurve& nerve, const LocalCurve& vessel) {
  // Beyond the window the point spread still carries some of what stands there.
  constexpr double kBlurMarginMm = 0.8;
  const double half = at.options.half_length_mm + kBlurMarginMm;
  const Point3 middle = middleOf(at);
  LocalImage image;
  readVoxels(at, boxAround(at.study.t2.fine.geometry(), middle, half), image);
  if (image.t2.empty()) {
    return image;
  }
  image.psf_sigma_mm = at.study.t2.psf_fwhm_mm / kFwhmPerSigma;
  image.csf_level = localCsf(image);
  const std::vector<float> others = addOthers(at, middle, half, image);
  weighVoxels(at, middle, nerve, vessel, others, image);
  return image;
}

bool enoughVoxels(const LocalImage& image) {
  // Twice as many independent samples as unknowns, at the least.
  const auto information = static_cast<double>(
      std::count_if(image.weights.begin(), image.weights.end(), [](float w) { return w > 0; }));
  return information >= 16.0 * kGapUnknowns;
}

/// By how much T2 is darker between the two surfaces than the model says, as a share of the CSF
/// level: the mean over what lies within kReachMm of the straight between them.
double darkerBetween(const LeastSquaresProblem& problem, const LeastSquaresResult& fit,
                     const GridGeometry& grid, const Gap& gap) {
  constexpr double kReachMm = 0.4;
  constexpr double kLeastGapMm = 0.3;  // narrower clefts show no level of their own
  constexpr double kMostGapMm = 1.5;   // wider ones no artery of the angle fills
  if (gap.raw_mm < kLeastGapMm || gap.raw_mm > kMostGapMm) {
    return 0;
  }
  const Vec3 towards = normalized(gap.place.vessel_axis_mm - gap.place.nerve_axis_mm);
  const double r = valueAt(gap.nerve.points_mm, gap.nerve.radius_mm, gap.place.nerve_arclength_mm);
  const Point3 from = gap.place.nerve_axis_mm + r * towards;
  std::vector<float> expected;
  problem.predict(fit.values, -1, expected);
  double sum = 0;
  int count = 0;
  std::size_t n = 0;
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i, ++n) {
        const Vec3 d = grid.toLps(i, j, k) - from;
        const double along = dot(d, towards);
        if (along > 0 && along < gap.raw_mm && norm(d - along * towards) < kReachMm) {
          sum += expected[n] - problem.data[n];
          ++count;
        }
      }
    }
  }
  return count > 0 ? sum / count : 0;
}

Gap resultOf(const GapModel& model, const LeastSquaresProblem& problem,
             const LeastSquaresResult& fit, const GridGeometry& grid) {
  Gap gap;
  gap.method = GapMethod::model_fit;
  gap.nerve = model.nerveTube(fit.values);
  gap.vessel = model.vesselTube(fit.values);
  gap.place = nearestPlace(gap.nerve, gap.vessel);
  gap.raw_mm = gap.place.gap_mm;
  gap.rms = fit.rms;
  gap.sd_mm = fitSd(model, problem, fit);
  gap.darker_between = darkerBetween(problem, fit, grid, gap);
  return gap;
}

/// The curves of nerve and vessel round the place.
struct Curves {
  LocalCurve nerve;
  LocalCurve vessel;
};

Curves curvesOf(const Surroundings& at) {
  constexpr double kBeyondMm = 2.0;  // the curves go on outside the window
  const double half = at.options.half_length_mm + kBeyondMm;
  const Tube& vessel = at.anatomy.vessels[at.vessel].tube;
  return {localCurve(at.nerve.tube, at.place.nerve_arclength_mm, half, kSmoothingMm),
          localCurve(vessel, at.place.vessel_arclength_mm, half, kSmoothingMm)};
}

GapModel modelOf(const Surroundings& at, const LocalImage& image, const Curves& curves) {
  const Tube& vessel = at.anatomy.vessels[at.vessel].tube;
  return {image,
          curves.nerve,
          curves.vessel,
          tangentAt(at.nerve.tube.points_mm, at.place.nerve_arclength_mm),
          tangentAt(vessel.points_mm, at.place.vessel_arclength_mm),
          normalized(at.place.vessel_axis_mm - at.place.nerve_axis_mm),
          at.options.half_length_mm};
}

LeastSquaresProblem problemOf(const Surroundings& at, const LocalImage& image, GapModel& model) {
  const Tube& nerve = at.nerve.tube;
  const Tube& vessel = at.anatomy.vessels[at.vessel].tube;
  LeastSquaresProblem problem;
  problem.unknowns = unknownsOf(
      at, valueAt(nerve.points_mm, nerve.radius_mm, at.place.nerve_arclength_mm),
      valueAt(vessel.points_mm, vessel.radius_mm, at.place.vessel_arclength_mm), image.csf_level);
  problem.data = image.t2;
  problem.weights = image.weights;
  problem.share = informationShare(at, image.grid);
  problem.max_iterations = at.options.max_iterations;
  problem.predict = [&model](const std::vector<double>& values, int changed,
                             std::vector<float>& out) { model.predict(values, changed, out); };
  return problem;
}

/// Whether the fit put something else in the nerve's place: as thick as the fit allows, or not
/// grey.
bool lostNerve(const LeastSquaresProblem& problem, const LeastSquaresResult& fit) {
  constexpr double kGreyShare = 0.5;  // nerves have 0.8 to 1.2 of brain's level
  const Unknown& radius = problem.unknowns[kNerveRadius];
  const Unknown& level = problem.unknowns[kNerveLevel];
  return fit.values[kNerveRadius] > radius.upper - radius.step ||
         fit.values[kNerveLevel] < kGreyShare * level.start;
}

bool believed(const LeastSquaresProblem& problem, const LeastSquaresResult& fit,
              const GapOptions& options) {
  return fit.rms <= options.max_rms && fit.disbelieved <= options.max_disbelieved &&
         !lostNerve(problem, fit);
}

}  // namespace

std::optional<FittedGap> fitGap(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                                std::size_t vessel, const Place& place, const GapOptions& options) {
  if (nerve.tube.size() < 2 || anatomy.vessels[vessel].tube.size() < 2 ||
      anatomy.levels.t2_csf <= 0) {
    return std::nullopt;
  }
  const Surroundings at{study, anatomy, nerve, vessel, place, options};
  const Curves curves = curvesOf(at);
  const LocalImage image = localImage(at, curves.nerve, curves.vessel);
  if (!enoughVoxels(image)) {
    return std::nullopt;
  }
  GapModel model = modelOf(at, image, curves);
  const LeastSquaresProblem problem = problemOf(at, image, model);
  const LeastSquaresResult fit = solve(problem);
  return FittedGap{resultOf(model, problem, fit, image.grid), believed(problem, fit, options)};
}

}  // namespace neurovasc::contact
