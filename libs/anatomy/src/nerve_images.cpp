#include "nerve_images.h"

#include <algorithm>
#include <cmath>

#include "blurred_disc.h"
#include "neurovasc/anatomy/tube_fit.h"
#include "voxel_ball.h"

namespace neurovasc::anatomy {

namespace {

/// What is darker in T2 than this share of brain is no nerve; from kVoidStep above it may be one.
constexpr double kVoidOverBrain = 0.25;
constexpr double kVoidStep = 0.3;
/// By so much below kFlowTof, in TOF over white matter, nothing speaks against a nerve.
constexpr double kBloodStep = 0.4;
/// Nerves in the canal are within this of the straight line, their radius included.
constexpr double kFromStraightMm = 1.2;
/// How far beside VII's line what is VIII's is told from it.
constexpr double kBesideMm = 2.2;

}  // namespace

std::vector<double> thinRadiiMm() { return {0.35, 0.5, 0.75}; }

std::vector<double> thickRadiiMm() { return {1.1}; }

ImageF nerveWeight(const SideView& view) {
  ImageF weight(view.t2.geometry());
  for (std::size_t i = 0; i < weight.voxelCount(); ++i) {
    double w = (view.overNerve(view.t2[i]) - kVoidOverBrain) / kVoidStep;
    if (view.tof) w = std::min(w, (kFlowTof - (*view.tof)[i]) / kBloodStep);
    weight[i] = static_cast<float>(std::clamp(w, 0.0, 1.0));
  }
  return weight;
}

ImageF withoutTube(const ImageF& t2, const Tube& tube, double core, double psf_sigma_mm) {
  constexpr double kReachMm = 2.2;
  constexpr double kSliceMm = 0.3;
  const BlurredDisc disc(psf_sigma_mm);
  ImageF darkness(t2.geometry());
  const Tube fine = resampled(tube, 0.2);
  for (std::size_t n = 0; n < fine.size(); ++n) {
    const Point3& center = fine.points_mm[n];
    const Vec3 tangent = tangentAt(fine.points_mm, 0.2 * static_cast<double>(n));
    forBall(t2.geometry(), center, kReachMm, [&](std::size_t at, const Point3& p) {
      const double along = dot(p - center, tangent);
      if (std::abs(along) > kSliceMm) return;
      const double rho = norm(p - center - tangent * along);
      const double here = (1 - core) * disc(rho, fine.radius_mm[n]);
      darkness[at] = std::max(darkness[at], static_cast<float>(here));
    });
  }
  ImageF result = t2;
  for (std::size_t i = 0; i < result.voxelCount(); ++i) {
    if (darkness[i] > 0) result[i] = std::max(result[i], std::min(1.0F, result[i] + darkness[i]));
  }
  return result;
}

void leaveTo(const Tube& other, const std::vector<Point3>& line, double radius_mm, ImageF& weight) {
  if (other.size() < 2 || line.size() < 2) return;
  const std::vector<Point3> fine = smoothedLine(line, 0.3, 0.5);
  for (const Point3& center : fine) {
    forBall(weight.geometry(), center, kBesideMm, [&](std::size_t at, const Point3& p) {
      const Projection on_other = project(other.points_mm, p);
      const double to_other =
          on_other.distance_mm - valueAt(other.points_mm, other.radius_mm, on_other.arclength_mm);
      if (to_other < project(fine, p).distance_mm - radius_mm) weight[at] = 0;
    });
  }
}

void keepOffWall(const std::vector<Point3>& line, const Point3& seed, const Vec3& medial,
                 ImageF& weight) {
  const GridGeometry& grid = weight.geometry();
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const Point3 p = grid.toLps(i, j, k);
        if (dot(p - seed, medial) > 0 || weight(i, j, k) == 0) continue;
        if (project(line, p).distance_mm > kFromStraightMm) weight(i, j, k) = 0;
      }
    }
  }
}

ImageF larger(ImageF a, const ImageF& b) {
  for (std::size_t i = 0; i < a.voxelCount(); ++i) a[i] = std::max(a[i], b[i]);
  return a;
}

}  // namespace neurovasc::anatomy
