#pragma once

#include <cmath>
#include <random>

#include "imaging/fixtures.h"

/// One imaginary head in two contrasts: brain, fluid with folds, and vessels that are dark in one
/// and bright in the other.
namespace neurovasc::test {

inline const GridGeometry kFixedGrid = obliqueGrid({56, 44, 36}, {0.9, 0.9, 1.0});

enum class Tissue { bone, fluid, brain, vessel };

/// What is at @p p; @p seed makes another head.
inline Tissue tissueAt(const Point3& p, double seed = 0) {
  const Point3 q = p - centreOf(kFixedGrid);
  const Vec3 bend = {2 * std::sin(0.25 * q.z + seed), 2 * std::sin(0.22 * q.x + 2 * seed),
                     2 * std::sin(0.2 * q.y - seed)};
  const Point3 r = q + bend;
  if (distanceToLine(r, {6, -6, 0}, {0.2, 0.3, 1}) < 1.6 ||
      distanceToLine(r, {-8, -4, 3}, {1, 0.4, -0.3}) < 1.3) {
    return Tissue::vessel;
  }
  if (norm(Vec3{r.x / 1.4, r.y + 8 - 3 * seed, r.z}) < 9) {
    return Tissue::brain;
  }
  const double fold = std::sin(0.5 * r.x + seed) * std::sin(0.45 * r.y) + std::sin(0.4 * r.z);
  return fold > 0.9 || std::abs(r.x) > 22 ? Tissue::bone
         : fold < -0.6                    ? Tissue::brain
                                          : Tissue::fluid;
}

/// Magnitude-like noise on top of a signal.
template <typename Signal>
ImageF noisy(const GridGeometry& grid, const Signal& signal, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 20);
  return sampled(grid, [&](const Point3& p) {
    const double real = signal(p) + noise(random);
    return std::hypot(real, noise(random));
  });
}

/// T2-like: fluid bright, vessels dark.
inline ImageF darkVessels() {
  return noisy(
      kFixedGrid,
      [](const Point3& p) {
        switch (tissueAt(p)) {
          case Tissue::fluid:
            return 1000.0;
          case Tissue::brain:
            return 330.0;
          case Tissue::vessel:
            return 60.0;
          default:
            return 10.0;
        }
      },
      1);
}

inline double timeOfFlight(Tissue tissue) {
  switch (tissue) {
    case Tissue::fluid:
      return 90;
    case Tissue::brain:
      return 300;
    case Tissue::vessel:
      return 700;
    default:
      return 30;
  }
}

/// A grid of its own that covers kFixedGrid generously.
inline GridGeometry movingGrid() {
  GridGeometry grid = obliqueGrid({78, 64, 52}, {0.8, 0.8, 0.9});
  grid.direction = rotationAbout({1, 0.2, 0}, -6);
  grid.origin_mm = {};
  grid.origin_mm = centreOf(kFixedGrid) - centreOf(grid);
  return grid;
}

/// TOF-like, after the head moved by @p moving_from_fixed.
inline ImageF brightVessels(const RigidTransform& moving_from_fixed) {
  const RigidTransform back = moving_from_fixed.inverse();
  return noisy(
      movingGrid(), [&](const Point3& p) { return timeOfFlight(tissueAt(back(p))); }, 2);
}

/// TOF-like of somebody else.
inline ImageF anotherHead() {
  return noisy(
      movingGrid(), [](const Point3& p) { return timeOfFlight(tissueAt(p, 1.7)); }, 3);
}

/// A turn by @p degrees about an oblique axis through the region's centre, then a shift.
inline RigidTransform motionAboutCentre(double degrees, const Vec3& shift_mm) {
  const Matrix3 rotation = rotationAbout({0.4, 0.3, 0.8}, degrees);
  const Point3 centre = centreOf(kFixedGrid);
  return {rotation, centre - rotation * centre + shift_mm};
}

}  // namespace neurovasc::test
