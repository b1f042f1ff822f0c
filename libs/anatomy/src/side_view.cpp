#include "side_view.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "neurovasc/anatomy/ears.h"
#include "voxel_tools.h"

namespace neurovasc::anatomy {

namespace {

/// Room around the line from the midline to the labyrinth, side coordinates, mm: the root lies 3 to
/// 10 mm below and 3 to 18 mm behind it, and the head's pitch is unknown by up to 25 degrees.
constexpr double kMedialMm = -1;
constexpr double kBeyondLabyrinthMm = 4;
constexpr double kAnteriorMm = 14;
constexpr double kPosteriorMm = 24;
constexpr double kCaudalMm = 20;
constexpr double kCranialMm = 14;

/// Room around the porus for the nerves' way, side coordinates, mm: the root lies 10 to 14 mm
/// medial of it, 3 to 13 mm behind and 2 to 12 mm below, pitch included; canals are up to 12 mm
/// long.
constexpr Vec3 kCorridorLower = {-18, -8, -18};
constexpr Vec3 kCorridorUpper = {13, 19, 8};

double lateralOfLabyrinth(const Anatomy& anatomy, Side side) {
  for (const Ear& ear : anatomy.ears) {
    if (ear.side == side) {
      return std::abs(anatomy.frame.head_from_lps(ear.labyrinth_mm).x);
    }
  }
  return kLabyrinthToMidlineMm;
}

/// The voxels that hold a box in side coordinates.
IndexBox boxAround(const SideView& view, const Vec3& lower, const Vec3& upper,
                   const GridGeometry& grid) {
  std::vector<Point3> corners;
  for (const double x : {lower.x, upper.x}) {
    for (const double y : {lower.y, upper.y}) {
      for (const double z : {lower.z, upper.z}) corners.push_back(view.lpsOf({x, y, z}));
    }
  }
  IndexBox box{grid.size, {0, 0, 0}};
  for (const Point3& p : corners) {
    const Vec3 index = grid.toIndex(p);
    for (int a = 0; a < 3; ++a) {
      const auto axis = static_cast<std::size_t>(a);
      const int n = grid.size[axis];
      box.lower[axis] =
          std::clamp(static_cast<int>(std::floor(index[a])), 0, std::min(box.lower[axis], n - 1));
      box.upper[axis] =
          std::max(box.upper[axis], std::clamp(static_cast<int>(std::ceil(index[a])) + 1, 1, n));
    }
  }
  return box;
}

/// Standard deviation of the flattest voxels of CSF: the median of absolute differences between
/// voxels two steps apart, where both are CSF.
double noiseOf(const ImageF& t2) {
  std::vector<float> steps;
  const Size3& n = t2.size();
  for (int k = 0; k < n[2]; k += 2) {
    for (int j = 0; j < n[1]; j += 2) {
      for (int i = 4; i < n[0]; i += 2) {
        const float a = t2(i, j, k);
        const float b = t2(i - 4, j, k);
        if (a > 0.8F && b > 0.8F) steps.push_back(std::abs(a - b));
      }
    }
  }
  if (steps.size() < 100) return 0.05;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle / (0.6745 * std::sqrt(2.0));
}

}  // namespace

Vec3 SideView::sideOf(const Point3& lps) const {
  Vec3 p = frame.head_from_lps(lps);
  p.x *= lateralSign(side);
  return p;
}

Point3 SideView::lpsOf(const Vec3& side_coordinates) const {
  Vec3 p = side_coordinates;
  p.x *= lateralSign(side);
  return frame.head_from_lps.inverse()(p);
}

Vec3 SideView::lpsDirection(const Vec3& side_direction) const {
  return lpsOf(side_direction) - lpsOf({0, 0, 0});
}

SideView viewOf(const FusedStudy& study, const Anatomy& anatomy, Side side) {
  SideView view;
  view.side = side;
  view.too_thick = study.resolution == Resolution::too_thick;
  view.frame = anatomy.frame;
  const double far = lateralOfLabyrinth(anatomy, side) + kBeyondLabyrinthMm;
  const IndexBox box = boxAround(view, {kMedialMm, -kAnteriorMm, -kCaudalMm},
                                 {far, kPosteriorMm, kCranialMm}, study.grid);
  const TissueLevels& levels = anatomy.levels;
  const double range = levels.t2_csf - levels.t2_dark;
  view.brain = (levels.t2_brain - levels.t2_dark) / range;
  view.t2 = crop(study.t2.fine, box);
  for (float& v : view.t2) v = static_cast<float>((v - levels.t2_dark) / range);
  view.brain_mm = crop(anatomy.brain_distance_mm, box);
  if (study.tof && levels.tof_brain) {
    view.tof = crop(study.tof->fine, box);
    for (float& v : *view.tof) v = static_cast<float>(v / *levels.tof_brain);
    // Neither artery nor void: like the brain.
    fillUncovered(study.tof->coverage, 1, *view.tof);
  }
  const Vec3& fwhm = study.t2.psf_fwhm_mm;
  const double mean_fwhm = std::cbrt(std::max(1e-6, fwhm.x * fwhm.y * fwhm.z));
  view.psf_sigma_mm = mean_fwhm > 0.02 ? mean_fwhm / 2.3548 : 0.25;
  view.noise = noiseOf(view.t2);
  return view;
}

SideView corridorOf(const SideView& view, const Point3& porus_mm) {
  const Vec3 porus = view.sideOf(porus_mm);
  const IndexBox box =
      boxAround(view, porus + kCorridorLower, porus + kCorridorUpper, view.t2.geometry());
  SideView part;
  part.side = view.side;
  part.frame = view.frame;
  part.brain = view.brain;
  part.nerve_darker = view.nerve_darker;
  part.psf_sigma_mm = view.psf_sigma_mm;
  part.too_thick = view.too_thick;
  part.noise = view.noise;
  part.t2 = crop(view.t2, box);
  part.brain_mm = crop(view.brain_mm, box);
  if (view.tof) part.tof = crop(*view.tof, box);
  return part;
}

}  // namespace neurovasc::anatomy
