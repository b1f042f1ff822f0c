#include "wide_voids.h"

#include <cmath>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/smoothing.h"
#include "vessel_voxels.h"

namespace neurovasc::anatomy {

namespace {

/// Less noise, so that single voxels do not part a void, at no cost to its edge.
constexpr double kSmoothingMm = 0.2;
/// A void borders on a nerve half-way between their levels in T2; what flows in TOF counts a little
/// farther up.
constexpr double kVoidShare = 0.5;
constexpr double kFlowingShare = 0.6;
/// Half the width, as seen at that level, of what is taken for wide: a vertebral artery, not an
/// AICA, whose fluid side would be taken from the nerve that it lies on.
constexpr double kWideMm = 0.7;
/// Ectatic vertebral arteries are up to 5 mm wide. What is wider is bone, with its corners.
constexpr double kBoneMm = 2.7;
constexpr double kBoneCornersMm = 1.5;
/// Of the ramp into fluid, as far from a void in standard deviations of the point spread, T2 rises
/// by at least this share of the steepest there is. Into nerve it rises by the share of nerve's
/// level.
constexpr double kRampSds = 2.5;
constexpr double kSteepShare = 0.45;

/// Steepest rise of T2 from a void into fluid, 1/mm.
double steepest(double sigma_mm) { return 1 / (std::sqrt(2 * M_PI) * sigma_mm); }

Mask wideCores(const SideView& view, int threads) {
  const ImageF smooth = imaging::gaussianSmooth(view.t2, kSmoothingMm, threads);
  Mask cores(view.t2.geometry());
  for (std::size_t i = 0; i < cores.voxelCount(); ++i) {
    const bool flows = view.tof && (*view.tof)[i] > kFlowTof;
    cores[i] = view.overNerve(smooth[i]) < (flows ? kFlowingShare : kVoidShare) ? 1 : 0;
  }
  cores = imaging::opened(cores, kWideMm, threads);
  const Mask bone =
      imaging::dilated(imaging::opened(cores, kBoneMm, threads), kBoneCornersMm, threads);
  for (std::size_t i = 0; i < cores.voxelCount(); ++i) {
    if (bone[i]) cores[i] = 0;
  }
  return cores;
}

}  // namespace

Mask wideVoids(const SideView& view, int threads) {
  Mask voids = wideCores(view, threads);
  const GridGeometry& grid = voids.geometry();
  const ImageF outside_mm = imaging::distanceTo(voids, threads);
  const double reach_mm = kRampSds * view.psf_sigma_mm;
  const double steep = kSteepShare * steepest(view.psf_sigma_mm);
  for (std::size_t i = 0; i < voids.voxelCount(); ++i) {
    if (outside_mm[i] > reach_mm || voids[i]) continue;
    if (norm(gradient(view.t2, lpsOf(grid, i), 2 * grid.spacing_mm.x)) > steep) voids[i] = 1;
  }
  return voids;
}

}  // namespace neurovasc::anatomy
