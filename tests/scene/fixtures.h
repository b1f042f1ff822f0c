#pragma once

#include <cmath>
#include <string>

#include "neurovasc/scene/scene_content.h"

namespace neurovasc::scene::testing {

/// An oblique, anisotropic grid with its origin off zero; left-handed on request.
inline GridGeometry obliqueGrid(const Size3& size, const Vec3& spacing_mm, const Point3& center_mm,
                                bool left_handed = false) {
  const double a = 0.3;
  const double b = -0.2;
  const Vec3 i = normalized({std::cos(a), std::sin(a), 0.1});
  const Vec3 j = normalized(cross(normalized({std::sin(b), 0.15, std::cos(b)}), i));
  const Vec3 k = cross(i, j);
  GridGeometry grid;
  grid.size = size;
  grid.spacing_mm = spacing_mm;
  grid.direction = Matrix3::fromColumns(i, j, left_handed ? -k : k);
  const Vec3 half = {(size[0] - 1) / 2.0, (size[1] - 1) / 2.0, (size[2] - 1) / 2.0};
  grid.origin_mm = center_mm - (grid.toLps(half) - grid.origin_mm);
  return grid;
}

/// @p f of each voxel's position.
template <typename Function>
ImageF sampled(const GridGeometry& grid, const Function& f) {
  ImageF image(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        image(i, j, k) = static_cast<float>(f(grid.toLps(i, j, k)));
      }
    }
  }
  return image;
}

inline Tube straightTube(const Point3& from, const Point3& to, double radius_mm, int points = 20) {
  Tube tube;
  for (int n = 0; n < points; ++n) {
    tube.points_mm.push_back(from + (n / (points - 1.0)) * (to - from));
    tube.radius_mm.push_back(radius_mm);
  }
  return tube;
}

/// A facial nerve on each side, running outwards from x = 12 to 32 mm, about (3, -20, 41).
inline constexpr Point3 kMiddle = {3, -20, 41};

inline SceneNerve facialNerve(Side side) {
  const double sign = lateralSign(side);
  SceneNerve nerve;
  nerve.side = side;
  nerve.tube = straightTube(kMiddle + Vec3{12 * sign, 0, 0}, kMiddle + Vec3{32 * sign, -4, 2}, 0.8);
  nerve.landmarks.root_exit_point = Landmark{nerve.tube.points_mm.front()};
  nerve.landmarks.detachment_point = Landmark{pointAt(nerve.tube.points_mm, 6)};
  nerve.landmarks.porus = Landmark{pointAt(nerve.tube.points_mm, 14)};
  return nerve;
}

inline Contact contactAt(const std::string& id, const Point3& nerve_point,
                         const Point3& vessel_point) {
  Contact contact;
  contact.id = id;
  contact.kind = VesselKind::artery;
  contact.vessel_id = "V1";
  contact.distance_mm = distance(nerve_point, vessel_point);
  contact.nerve_point_mm = nerve_point;
  contact.vessel_point_mm = vessel_point;
  return contact;
}

/// Both nerves, and an artery that crosses the left nerve 1 mm below it: contact L1.
inline SceneContent leftContact() {
  SceneContent content;
  content.nerves = {facialNerve(Side::left), facialNerve(Side::right)};
  const Point3 axis = pointAt(content.nerves[0].tube.points_mm, 8);
  Vessel artery;
  artery.id = "V1";
  artery.kind = VesselKind::artery;
  artery.tube = straightTube(axis + Vec3{0, -8, -2.4}, axis + Vec3{0, 8, -2.4}, 0.6);
  content.vessels = {artery};
  content.sides = {{Side::left,
                    Finding::no_contact,
                    {contactAt("L1", axis + Vec3{0, 0, -0.8}, axis + Vec3{0, 0, -1.8})}},
                   {Side::right, Finding::no_contact, {}}};
  content.t2.image = sampled(obliqueGrid({130, 60, 50}, {0.6, 0.7, 0.9}, kMiddle),
                             [](const Point3&) { return 100.0; });
  content.t2.window = {0, 200};
  return content;
}

}  // namespace neurovasc::scene::testing
