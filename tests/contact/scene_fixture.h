#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/parallel.h"

// Analytic scenes, rendered here by means of their own: hard edges on a grid of an eighth of a
// millimetre, blurred and sampled, in an oblique frame with its origin off zero.
namespace neurovasc::contact::testing {

inline constexpr double kCsf = 800;
inline constexpr double kBrain = 260;
inline constexpr double kNerve = 250;
inline constexpr double kArtery = 40;

/// A rotation about a skew axis: no axis of the grid is an axis of the patient.
inline Matrix3 obliqueDirection() {
  const double a = 0.3;
  const double b = -0.2;
  const Matrix3 rz{{std::cos(a), -std::sin(a), 0, std::sin(a), std::cos(a), 0, 0, 0, 1}};
  const Matrix3 rx{{1, 0, 0, 0, std::cos(b), -std::sin(b), 0, std::sin(b), std::cos(b)}};
  return rz * rx;
}

/// The axis of the scene's nerve, and the directions across it, in LPS.
inline Vec3 nerveAxis() { return normalized({0.8, -0.4, 0.45}); }
inline Vec3 towardsVessel() { return perpendicularTo(nerveAxis()); }

struct SceneSpec {
  double gap_mm = 0.3;
  double nerve_radius_mm = 0.65;
  double vessel_radius_mm = 0.5;
  double vessel_bend_per_mm = 0.08;  ///< curvature, away from the nerve
  double snr = 30;
  Vec3 voxel_mm = {0.5, 0.55, 0.6};
  bool on_pons = false;    ///< nerve half sunk into a flat brainstem
  double start_error = 1;  ///< scales how far the segmented tubes are off
  std::uint32_t seed = 7;
};

struct Scene {
  FusedStudy study;
  Anatomy anatomy;
};

inline Point3 sceneCenter() { return {17.3, -12.1, 5.6}; }

inline Tube trueNerve(const SceneSpec& spec) {
  Tube tube;
  for (double s = -12; s <= 12.01; s += 0.5) {
    tube.points_mm.push_back(sceneCenter() + s * nerveAxis());
    tube.radius_mm.push_back(spec.nerve_radius_mm);
  }
  return tube;
}

/// Crosses the nerve squarely at the centre, nearest there by construction.
inline Tube trueVessel(const SceneSpec& spec) {
  const Vec3 u = towardsVessel();
  const Vec3 along = cross(nerveAxis(), u);
  const double apart = spec.nerve_radius_mm + spec.vessel_radius_mm + spec.gap_mm;
  Tube tube;
  for (double t = -6; t <= 6.01; t += 0.25) {
    tube.points_mm.push_back(sceneCenter() + (apart + spec.vessel_bend_per_mm / 2 * t * t) * u +
                             t * along);
    tube.radius_mm.push_back(spec.vessel_radius_mm);
  }
  return tube;
}

inline Tube moved(Tube tube, const Vec3& by, double radius_factor) {
  for (Point3& p : tube.points_mm) {
    p += by;
  }
  for (double& r : tube.radius_mm) {
    r *= radius_factor;
  }
  return tube;
}

inline GridGeometry obliqueGrid(double spacing_mm, int n) {
  GridGeometry grid;
  grid.size = {n, n, n};
  grid.spacing_mm = {spacing_mm, spacing_mm, spacing_mm};
  grid.direction = obliqueDirection();
  const double half = spacing_mm * (n - 1) / 2;
  grid.origin_mm = sceneCenter() - grid.direction * Vec3{half, half, half};
  return grid;
}

inline void blurAxis(ImageF& image, int axis, double sigma_voxels) {
  const int reach = static_cast<int>(std::ceil(4 * sigma_voxels));
  std::vector<double> kernel;
  double sum = 0;
  for (int d = -reach; d <= reach; ++d) {
    kernel.push_back(std::exp(-0.5 * d * d / (sigma_voxels * sigma_voxels)));
    sum += kernel.back();
  }
  const ImageF from = image;
  const int last = image.size()[static_cast<std::size_t>(axis)] - 1;
  parallelFor(
      static_cast<std::size_t>(image.size()[2]), 0, [&](std::size_t begin, std::size_t end) {
        for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
          for (int j = 0; j < image.size()[1]; ++j) {
            for (int i = 0; i < image.size()[0]; ++i) {
              double value = 0;
              for (int d = -reach; d <= reach; ++d) {
                Size3 at = {i, j, k};
                int& moving = at[static_cast<std::size_t>(axis)];
                moving = std::clamp(moving + d, 0, last);
                value += kernel[static_cast<std::size_t>(d + reach)] * from(at[0], at[1], at[2]);
              }
              image(i, j, k) = static_cast<float>(value / sum);
            }
          }
        }
      });
}

inline void addNoise(ImageF& image, double sd, std::uint32_t seed) {
  std::uint32_t state = seed;
  const auto uniform = [&state] {
    state = state * 1664525U + 1013904223U;
    return static_cast<double>(state >> 8) / (1U << 24);
  };
  ImageF noise(image.geometry());
  for (float& v : noise) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) {
      sum += uniform();
    }
    v = static_cast<float>(sum);
  }
  for (int axis = 0; axis < 3; ++axis) {
    blurAxis(noise, axis, 0.8);  // interpolation from larger voxels leaves neighbours correlated
  }
  double square = 0;
  for (const float v : noise) {
    square += static_cast<double>(v) * v;
  }
  const double scale = sd / std::sqrt(square / static_cast<double>(noise.voxelCount()));
  for (std::size_t i = 0; i < image.voxelCount(); ++i) {
    image[i] += static_cast<float>(scale * noise[i]);
  }
}

/// Signed distance to the flat brainstem that holds the nerve's far half.
inline double ponsDistance(const Point3& p) { return dot(p - sceneCenter(), towardsVessel()); }

inline ImageF render(const SceneSpec& spec, const GridGeometry& fine) {
  GridGeometry hard = fine;
  hard.spacing_mm = fine.spacing_mm / 2;
  hard.size = {2 * fine.size[0] - 1, 2 * fine.size[1] - 1, 2 * fine.size[2] - 1};
  ImageF image(hard);
  const std::vector<Point3> vessel = trueVessel(spec).points_mm;
  const double h = hard.spacing_mm.x;
  const auto share = [h](double d) { return std::clamp(0.5 - d / h, 0.0, 1.0); };
  parallelFor(static_cast<std::size_t>(hard.size[2]), 0, [&](std::size_t begin, std::size_t end) {
    for (int k = static_cast<int>(begin); k < static_cast<int>(end); ++k) {
      for (int j = 0; j < hard.size[1]; ++j) {
        for (int i = 0; i < hard.size[0]; ++i) {
          const Point3 p = hard.toLps(i, j, k);
          const Vec3 d = p - sceneCenter();
          const double to_nerve = norm(d - dot(d, nerveAxis()) * nerveAxis());
          double value = kCsf;
          const double brain = spec.on_pons ? share(ponsDistance(p)) : 0.0;
          value += brain * (kBrain - value);
          value += share(to_nerve - spec.nerve_radius_mm) * (kNerve - value);
          value +=
              share(project(vessel, p).distance_mm - spec.vessel_radius_mm) * (kArtery - value);
          image(i, j, k) = static_cast<float>(value);
        }
      }
    }
  });
  for (int axis = 0; axis < 3; ++axis) {
    blurAxis(image, axis, 1.2 * spec.voxel_mm[axis] / 2.3548 / h);
  }
  ImageF out(fine);
  for (int k = 0; k < fine.size[2]; ++k) {
    for (int j = 0; j < fine.size[1]; ++j) {
      for (int i = 0; i < fine.size[0]; ++i) {
        out(i, j, k) = image(2 * i, 2 * j, 2 * k);
      }
    }
  }
  addNoise(out, kCsf / spec.snr, spec.seed);
  return out;
}

inline Nerve nerveOf(Side side, const Tube& tube) {
  Nerve nerve;
  nerve.side = side;
  nerve.status = NerveStatus::segmented;
  nerve.tube = tube;
  const auto at = [&tube](double s) { return Landmark{pointAt(tube.points_mm, s), 0.5, false}; };
  nerve.landmarks.root_exit_point = at(0);
  nerve.landmarks.detachment_point = at(6);
  nerve.landmarks.porus = at(18);
  return nerve;
}

inline Nerve missingNerve(Side side) {
  Nerve nerve;
  nerve.side = side;
  nerve.reason = "no nerve in this scene";
  return nerve;
}

inline Vessel arteryOf(const std::string& id, const Tube& tube) {
  Vessel vessel;
  vessel.id = id;
  vessel.kind = VesselKind::artery;
  vessel.name = VesselName::aica;
  vessel.name_confidence = 0.7;
  vessel.tube = tube;
  vessel.evidence.seen_on_t2 = true;
  return vessel;
}

/// Studies and anatomies as the stations above would hand them on, with tubes that are off as
/// automatic ones are: vessel 0.27 mm and 15 % of its radius, nerve 0.1 mm and 7 %.
inline Scene sceneOf(const SceneSpec& spec) {
  Scene scene;
  scene.study.grid = obliqueGrid(0.25, 33);
  scene.study.t2.fine = render(spec, scene.study.grid);
  scene.study.t2.acquired_voxel_mm = spec.voxel_mm;
  scene.study.t2.psf_fwhm_mm = 1.2 * spec.voxel_mm;
  scene.study.t2.noise_sd = kCsf / spec.snr;
  scene.anatomy.levels.t2_csf = kCsf;
  scene.anatomy.levels.t2_brain = kBrain;
  const double f = spec.start_error;
  scene.anatomy.nerves = {
      nerveOf(Side::left, moved(trueNerve(spec), f * Vec3{0.06, 0.06, -0.05}, 1 - 0.07 * f)),
      missingNerve(Side::right)};
  scene.anatomy.vessels = {
      arteryOf("V1", moved(trueVessel(spec), f * Vec3{0.2, -0.1, 0.15}, 1 + 0.15 * f))};
  if (spec.on_pons) {
    scene.anatomy.brain_distance_mm = ImageF(scene.study.grid);
    for (int k = 0; k < scene.study.grid.size[2]; ++k) {
      for (int j = 0; j < scene.study.grid.size[1]; ++j) {
        for (int i = 0; i < scene.study.grid.size[0]; ++i) {
          scene.anatomy.brain_distance_mm(i, j, k) =
              static_cast<float>(ponsDistance(scene.study.grid.toLps(i, j, k)));
        }
      }
    }
  }
  return scene;
}

/// The scene of the default specification, rendered once.
inline const Scene& usualScene() {
  static const Scene kScene = sceneOf({});
  return kScene;
}

}  // namespace neurovasc::contact::testing
