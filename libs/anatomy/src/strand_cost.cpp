#include "strand_cost.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/tube.h"
#include "neurovasc/imaging/morphology.h"

namespace neurovasc::anatomy {

namespace {

/// Contrast of a strand that is certainly there. The cost is never clipped: where it saturates a
/// path cuts the bends.
constexpr double kSureTubularness = 0.4;
constexpr double kCostFloor = 1 / kFluidCost;
/// TOF over white matter of arteries. At the lower end it is blur from an artery beside the nerve.
constexpr double kArteryTof = 1.25;
constexpr double kArteryTofStep = 0.8;
/// A nerve is as dark as brain in T2; what is much darker is blood, felt or bone.
constexpr double kVoidShare = 0.6;
constexpr double kVoidStep = 0.45;
constexpr double kBloodFactor = 4;
/// A line on which TOF has this on average, and more than anywhere around it, follows an artery,
/// however slow: a free nerve has 0.85, an attached one has brain or an artery beside it.
constexpr double kSlowArteryTof = 1.15;
constexpr double kArteryRunMm = 1.0;
constexpr double kArteryCoreMm = 0.8;
constexpr float kArteryFactor = 12;
/// The axis of the thinnest VII has half of fluid's level under the blur of 0.6 mm voxels. What is
/// brighter shows a gap between dark things, not a strand, however much it looks like one.
constexpr double kGapT2 = 0.65;
constexpr double kGapStep = 0.2;
constexpr double kGapFactor = 4;
/// Blood is dearer than fluid: a nerve hidden by an artery goes on beside it, not along it.
constexpr double kBloodOverFluid = 2;
/// No nerve runs in an artery: what lies so deep in one, flowing and void, is all but closed.
/// Beside brain and fluid alike the edge of such a voxel is half of the way up (T2).
constexpr double kLumenT2 = 0.6;
constexpr double kLumenDepthMm = 0.4;
constexpr float kLumenFactor = 8;
/// Response at VIII's radius over that at VII's: 0.45 on a strand of 0.5 mm, 1 from 0.9 mm on.
constexpr double kThinRatio = 0.7;
constexpr double kThickRatio = 0.8;
constexpr double kWrongCalibre = 4;
/// Where an artery hides VIII the next strand is VII's. It must be dearer to VIII than what hides
/// it, which is no dearer than fluid: VIII is too thick to go round.
constexpr double kThinStrand = 0.2;
constexpr double kTooThin = 40;

/// 0 to 1, how surely a voxel is blood and no nerve.
double bloodAt(const SideView& view, std::size_t at) {
  double blood = (kVoidShare - view.overNerve(view.t2[at])) / kVoidStep;
  if (view.tof) blood = std::max(blood, ((*view.tof)[at] - kArteryTof) / kArteryTofStep);
  return std::clamp(blood, 0.0, 1.0);
}

/// Mean of @p values within @p run_mm of each along a line with the arc lengths @p s.
std::vector<double> runningMean(const std::vector<double>& values, const std::vector<double>& s,
                                double run_mm) {
  std::vector<double> means;
  for (std::size_t i = 0; i < values.size(); ++i) {
    double sum = 0;
    int count = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
      if (std::abs(s[j] - s[i]) > run_mm) continue;
      sum += values[j];
      ++count;
    }
    means.push_back(sum / count);
  }
  return means;
}

/// The highest value of @p image on a circle around @p p across @p along.
double brightestAround(const ImageF& image, const Point3& p, const Vec3& along) {
  constexpr int kDirections = 8;
  const Vec3 u = perpendicularTo(along);
  const Vec3 v = cross(along, u);
  double brightest = -1e9;
  for (int d = 0; d < kDirections; ++d) {
    const double angle = 2 * M_PI * d / kDirections;
    const Point3 q = p + (u * std::cos(angle) + v * std::sin(angle)) * kArteryCoreMm;
    brightest = std::max(brightest, interpolate(image, q));
  }
  return brightest;
}

}  // namespace

std::size_t voxelAt(const GridGeometry& grid, const Point3& p) {
  const Vec3 index = grid.toIndex(p);
  const auto at = [&](int a) {
    return std::clamp(static_cast<int>(std::lround(index[a])), 0,
                      grid.size[static_cast<std::size_t>(a)] - 1);
  };
  return grid.offset(at(0), at(1), at(2));
}

Mask lumenOf(const SideView& view, int threads) {
  if (!view.tof) return {};
  Mask blood(view.t2.geometry());
  for (std::size_t i = 0; i < blood.voxelCount(); ++i) {
    blood[i] = (*view.tof)[i] > kFlowTof && view.overNerve(view.t2[i]) < kLumenT2 ? 1 : 0;
  }
  return imaging::eroded(blood, kLumenDepthMm, threads);
}

ImageF strandCost(const SideView& view, const ImageF& tubularness) {
  ImageF cost(tubularness.geometry());
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    const double t = tubularness[i] / kSureTubularness;
    const double gap = std::clamp((view.t2[i] - kGapT2) / kGapStep, 0.0, 1.0);
    const double strand = std::min((1 + kGapFactor * gap) / (kCostFloor + t * t), 1 / kCostFloor);
    const double blood = bloodAt(view, i);
    cost[i] = static_cast<float>(
        std::max(strand * (1 + kBloodFactor * blood), kBloodOverFluid * blood / kCostFloor));
    if (!view.lumen.empty() && view.lumen[i]) cost[i] *= kLumenFactor;
  }
  return cost;
}

void avoidAround(ImageF& cost, const std::vector<Point3>& points, double radius_mm, float factor) {
  Mask mask(cost.geometry());
  for (const Point3& p : points) mask[voxelAt(cost.geometry(), p)] = 1;
  const Mask near = imaging::dilated(mask, radius_mm, 1);
  for (std::size_t i = 0; i < cost.voxelCount(); ++i) {
    if (near[i]) cost[i] *= factor;
  }
}

StrandCosts strandCosts(const SideView& view, const ImageF& thin, const ImageF& thick) {
  StrandCosts costs{strandCost(view, thin), strandCost(view, thick)};
  for (std::size_t i = 0; i < thin.voxelCount(); ++i) {
    const double ratio = thick[i] / std::max(thin[i], 1e-3F);
    costs.thin[i] *=
        static_cast<float>(1 + kWrongCalibre * std::clamp(ratio - kThinRatio, 0.0, 1.0));
    const double strand = std::clamp(thin[i] / kThinStrand, 0.0, 1.0);
    costs.thick[i] =
        static_cast<float>(std::min<double>(costs.thick[i], 1 / kCostFloor) *
                           (1 + kTooThin * strand * std::max(0.0, kThickRatio - ratio)));
  }
  return costs;
}

std::vector<double> meanAlong(const ImageF& image, const std::vector<Point3>& line, double run_mm) {
  std::vector<double> values;
  values.reserve(line.size());
  for (const Point3& p : line) values.push_back(interpolate(image, p));
  return runningMean(values, arcLengths(line), run_mm);
}

std::vector<bool> onArtery(const SideView& view, const std::vector<Point3>& line) {
  std::vector<bool> on(line.size());
  if (!view.tof || line.size() < 3) return on;
  const std::vector<double> s = arcLengths(line);
  std::vector<double> around(line.size());
  for (std::size_t i = 0; i < line.size(); ++i) {
    around[i] = brightestAround(*view.tof, line[i], tangentAt(line, s[i]));
  }
  const std::vector<double> axis = meanAlong(*view.tof, line, kArteryRunMm);
  const std::vector<double> ring = runningMean(around, s, kArteryRunMm);
  for (std::size_t i = 0; i < line.size(); ++i) {
    on[i] = axis[i] > std::max(kSlowArteryTof, ring[i]);
  }
  return on;
}

bool avoidArteries(const SideView& view, const std::vector<Point3>& line, ImageF& cost) {
  const std::vector<bool> on = onArtery(view, line);
  std::vector<Point3> arterial;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (on[i]) arterial.push_back(line[i]);
  }
  if (!arterial.empty()) avoidAround(cost, arterial, kArteryCoreMm, kArteryFactor);
  return !arterial.empty();
}

}  // namespace neurovasc::anatomy
