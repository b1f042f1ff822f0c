#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "neurovasc/scene/surface.h"
#include "scene/fixtures.h"

namespace neurovasc::scene::testing {

/// A line that bows: from @p from to @p to, its middle moved by @p bow.
inline Tube bowedTube(const Point3& from, const Point3& to, const Vec3& bow, double radius_mm) {
  Tube tube;
  for (int n = 0; n <= 40; ++n) {
    const double f = n / 40.0;
    tube.points_mm.push_back(from + f * (to - from) + 4 * f * (1 - f) * bow);
    tube.radius_mm.push_back(radius_mm);
  }
  return tube;
}

/// Negative inside: a brainstem, upright, with a cerebellum behind it.
inline double brainDistance(const Point3& p) {
  const Vec3 stem = p - kMiddle;
  const double round = std::hypot(stem.x / 11, (stem.y + 2) / 10) - 1;
  const Vec3 behind = p - (kMiddle + Vec3{0, 24, 2});
  const double bulge = norm({behind.x / 30, behind.y / 16, behind.z / 14}) - 1;
  return 10 * std::min(round, bulge);
}

inline SceneNerve bowedNerve(NerveName name, Side side, const Vec3& beside) {
  const double sign = lateralSign(side);
  SceneNerve nerve;
  nerve.name = name;
  nerve.side = side;
  const Point3 root = kMiddle + Vec3{10.5 * sign, -4, -6} + beside;
  nerve.tube = bowedTube(root, root + Vec3{21 * sign, -1, 9}, {0, -1.5, 2}, 0.8);
  nerve.landmarks.root_exit_point = Landmark{nerve.tube.points_mm.front()};
  nerve.landmarks.detachment_point = Landmark{pointAt(nerve.tube.points_mm, 7)};
  nerve.landmarks.porus = Landmark{pointAt(nerve.tube.points_mm, 17)};
  return nerve;
}

/// A tube with the box it lies in, so that most voxels are told at once.
struct BoxedTube {
  explicit BoxedTube(Tube given)
      : tube(std::move(given)), box(boundingBox(tube.points_mm, tube.radius_mm.front())) {}

  bool contains(const Point3& p) const {
    return box.contains(p) && project(tube.points_mm, p).distance_mm < tube.radius_mm.front();
  }

  Tube tube;
  Box box;
};

inline Vessel bowedVessel(const char* id, VesselKind kind, VesselName vessel_name, Tube tube) {
  Vessel vessel;
  vessel.id = id;
  vessel.kind = kind;
  vessel.name = vessel_name;
  vessel.tube = std::move(tube);
  return vessel;
}

/// Both nerves VII and VIII, a brainstem, an AICA that touches the left nerve from below (L1), a
/// vein 1.5 mm from the right one (R1), a pad, canals, and T2 and TOF of all that on an oblique,
/// anisotropic grid.
inline SceneContent makeAnalyticScene() {
  SceneContent content;
  for (const Side side : kSides) {
    content.nerves.push_back(bowedNerve(NerveName::facial, side, {}));
    content.nerves.push_back(bowedNerve(NerveName::vestibulocochlear, side, {0, 3.2, -0.8}));
    const Tube& nerve = bowedNerve(NerveName::facial, side, {0, 1.5, 0}).tube;
    const Tube canal = straightTube(pointAt(nerve.points_mm, 17), nerve.points_mm.back(), 3.2);
    content.canals.push_back({side, tubeSurface(canal, 24)});
  }
  const Point3 left = pointAt(content.nerves[0].tube.points_mm, 8);
  const Point3 right = pointAt(content.nerves[2].tube.points_mm, 9);
  content.vessels = {
      bowedVessel("V1", VesselKind::artery, VesselName::aica,
                  bowedTube(left + Vec3{-9, -6, -7}, left + Vec3{7, 8, -6}, {1, -1, 5.2}, 0.6)),
      bowedVessel("V2", VesselKind::vein, VesselName::vein,
                  bowedTube(right + Vec3{-3, -8, -2.8}, right + Vec3{3, 8, -2.8}, {0, 0, 0}, 0.5)),
      bowedVessel("V3", VesselKind::artery, VesselName::basilar,
                  straightTube(kMiddle + Vec3{0, -14, -12}, kMiddle + Vec3{1, -14, 14}, 1.8))};
  content.pads = {Pad{}};
  content.pads[0].id = "P1";
  content.pads[0].side = Side::right;
  content.pads[0].center_mm = right + Vec3{4, 1, 3};
  content.pads[0].surface =
      tubeSurface(straightTube(right + Vec3{3, 0, 3}, right + Vec3{5, 2, 3}, 1.4), 16);
  Contact l1 = contactAt("L1", left + Vec3{0, 0, -0.8}, left + Vec3{0, 0, -0.8});
  l1.contact_probability = 0.97;
  Contact r1 = contactAt("R1", right + Vec3{0, 0, -0.8}, right + Vec3{0, 0, -2.3});
  r1.vessel_id = "V2";
  r1.kind = VesselKind::vein;
  content.sides = {{Side::left, Finding::contact, {l1}}, {Side::right, Finding::no_contact, {r1}}};
  content.brain = extractSurface(
      sampled(obliqueGrid({110, 90, 60}, {0.8, 0.9, 0.8}, kMiddle + Vec3{0, 12, 2}), brainDistance),
      0, [] {
        SurfaceOptions options;
        options.inside_is_below = true;
        options.close_at_border = true;
        return options;
      }());
  const GridGeometry grid = obliqueGrid({105, 65, 38}, {0.8, 0.9, 1.05}, kMiddle + Vec3{0, 6, 1});
  std::vector<BoxedTube> nerves;
  std::vector<BoxedTube> vessels;
  for (const SceneNerve& nerve : content.nerves) {
    nerves.emplace_back(nerve.tube);
  }
  for (const Vessel& vessel : content.vessels) {
    vessels.emplace_back(vessel.tube);
  }
  const auto isIn = [](const std::vector<BoxedTube>& tubes, const Point3& p) {
    return std::any_of(tubes.begin(), tubes.end(),
                       [&p](const BoxedTube& tube) { return tube.contains(p); });
  };
  const auto tissue = [&](const Point3& p, double fluid, double brain, double flow, double nerve) {
    return isIn(vessels, p) ? flow : isIn(nerves, p) ? nerve : brainDistance(p) < 0 ? brain : fluid;
  };
  content.t2 = {sampled(grid, [&](const Point3& p) { return tissue(p, 200, 60, 15, 70); }),
                {0, 210}};
  content.tof = SceneImage{
      sampled(grid, [&](const Point3& p) { return tissue(p, 20, 80, 300, 75); }), {0, 300}};
  content.label = "analytic";
  return content;
}

inline const SceneContent& analyticScene() {
  static const SceneContent content = makeAnalyticScene();
  return content;
}

}  // namespace neurovasc::scene::testing
