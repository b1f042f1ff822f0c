#include "neurovasc/contact/masks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <utility>
#include <variant>

#include "contact/scene_fixture.h"
#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

using testing::obliqueDirection;

constexpr double kPi = 3.14159265358979323846;

/// Oblique, anisotropic, origin off zero, 24 mm across.
GridGeometry maskGrid(double h) {
  GridGeometry grid;
  grid.spacing_mm = {h, h, 1.2 * h};
  grid.size = {static_cast<int>(24 / h), static_cast<int>(24 / h), static_cast<int>(20 / h)};
  grid.direction = obliqueDirection();
  grid.origin_mm = Point3{11, -7, 30} - grid.direction * Vec3{12, 12, 12};
  return grid;
}

const Point3 kCenter = {11, -7, 30};

using Distance = std::function<double(const Point3&)>;

ImageF maskOf(const GridGeometry& grid, const Distance& signed_distance) {
  ImageF mask(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        mask(i, j, k) = signed_distance(grid.toLps(i, j, k)) <= 0 ? 1.0F : 0.0F;
      }
    }
  }
  return mask;
}

Distance sphere(const Point3& center, double radius_mm) {
  return [=](const Point3& p) { return distance(p, center) - radius_mm; };
}

/// A tube along x with round ends.
Distance tube(const Point3& center, const Vec3& half, double radius_mm) {
  return [=](const Point3& p) {
    return project({center - half, center + half}, p).distance_mm - radius_mm;
  };
}

TEST(SurfaceOfMask, HasTheVolumeAndAreaOfASphere) {
  const TriangleMesh mesh = surfaceOf(maskOf(maskGrid(0.4), sphere(kCenter, 5)));
  EXPECT_NEAR(volumeMm3(mesh), 4.0 / 3 * kPi * 125, 0.02 * 524);
  EXPECT_NEAR(surfaceAreaMm2(mesh), 4 * kPi * 25, 0.04 * 314);
}

TEST(SurfaceOfMask, TurnsOutwardOnALeftHandedGrid) {
  GridGeometry grid = maskGrid(0.5);
  for (int r = 0; r < 3; ++r) {
    grid.direction(r, 2) = -grid.direction(r, 2);
  }
  grid.origin_mm = kCenter - grid.direction * Vec3{12, 12, 12};
  EXPECT_GT(volumeMm3(surfaceOf(maskOf(grid, sphere(kCenter, 5)))), 500);
}

TEST(SurfaceOfMask, StaysWithinHalfAVoxelOfTheStructure) {
  const TriangleMesh mesh = surfaceOf(maskOf(maskGrid(0.4), sphere(kCenter, 4)));
  double sum = 0;
  for (const Point3& p : mesh.vertices_mm) {
    EXPECT_NEAR(distance(p, kCenter), 4, 0.25);
    sum += distance(p, kCenter) - 4;
  }
  EXPECT_NEAR(sum / static_cast<double>(mesh.vertices_mm.size()), 0, 0.05);
}

TEST(SurfaceOfMask, KeepsAThinVessel) {
  // One to two voxels across: smoothing would make it vanish.
  const TriangleMesh mesh = surfaceOf(maskOf(maskGrid(0.5), tube(kCenter, {8, 0, 0}, 0.4)));
  EXPECT_NEAR(volumeMm3(mesh), kPi * 0.16 * 16, 1.5);
}

TEST(SurfaceOfMask, InterpolatesFractionalOccupancy) {
  const GridGeometry grid = maskGrid(0.5);
  ImageF mask(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const double d = sphere(kCenter, 4)(grid.toLps(i, j, k));
        mask(i, j, k) = static_cast<float>(std::clamp(0.5 - d, 0.0, 1.0));
      }
    }
  }
  for (const Point3& p : surfaceOf(mask).vertices_mm) {
    EXPECT_NEAR(distance(p, kCenter), 4, 0.06);
  }
}

TEST(SurfaceOfMask, RefusesAnEmptyMask) { EXPECT_THROW(surfaceOf(ImageF(maskGrid(1.0))), Error); }

TEST(SurfaceGap, OfTwoSpheresIsKnown) {
  const TriangleMesh a = surfaceOf(maskOf(maskGrid(0.4), sphere(kCenter, 3)));
  for (const double gap : {0.6, 1.5, 3.0}) {
    const Point3 other = kCenter + (3 + 2 + gap) * normalized({0.7, 0.5, -0.3});
    const TriangleMesh b = surfaceOf(maskOf(maskGrid(0.4), sphere(other, 2)));
    EXPECT_NEAR(surfaceGap(a, b).distance_mm, gap, 0.2);
  }
}

TEST(SurfaceGap, IsNegativeWhereTheyOverlap) {
  const TriangleMesh a = surfaceOf(maskOf(maskGrid(0.4), sphere(kCenter, 3)));
  const TriangleMesh b = surfaceOf(maskOf(maskGrid(0.4), sphere(kCenter + Vec3{4, 0, 0}, 2)));
  EXPECT_NEAR(surfaceGap(a, b).distance_mm, -1, 0.2);
}

/// A nerve of radius 0.7 along x and a vessel of radius 0.5 that crosses above it at x = 13.
struct Crossing {
  Shape nerve;
  std::vector<ShapeVessel> vessels;
  NerveLandmarks landmarks;
};

Crossing crossing(double gap_mm, bool meshes = false) {
  const Point3 vessel_center = kCenter + Vec3{2, 0, 0.7 + 0.5 + gap_mm};
  Crossing out;
  ImageF nerve = maskOf(maskGrid(0.35), tube(kCenter, {9, 0, 0}, 0.7));
  ImageF vessel = maskOf(maskGrid(0.35), tube(vessel_center, {0, 7, 0}, 0.5));
  out.nerve = meshes ? Shape(surfaceOf(nerve)) : Shape(nerve);
  out.vessels.push_back({"V1", VesselKind::artery, VesselName::aica,
                         meshes ? Shape(surfaceOf(vessel)) : Shape(vessel)});
  out.landmarks.root_exit_point = Landmark{kCenter + Vec3{-9, 0, 0}};
  out.landmarks.detachment_point = Landmark{kCenter + Vec3{-3, 0, 0}};
  out.landmarks.porus = Landmark{kCenter + Vec3{7, 0, 0}};
  return out;
}

SideAssessment assessed(const Crossing& given, const NerveLandmarks& landmarks) {
  return assessSurfaces(given.nerve, given.vessels, Side::left, landmarks, {}, {});
}

TEST(AssessSurfaces, MeasuresGapPlaceAndZoneOnMasks) {
  const Crossing given = crossing(0.8);
  const SideAssessment side = assessed(given, given.landmarks);
  ASSERT_EQ(side.contacts.size(), 1U);
  const Contact& contact = side.contacts[0];
  EXPECT_EQ(contact.id, "L1");
  EXPECT_NEAR(*contact.distance_mm, 0.8, 2 * *contact.distance_sd_mm);
  EXPECT_NEAR(*contact.distance_mm, 0.8, 0.25);
  EXPECT_NEAR(*contact.arclength_mm, 11, 0.5);
  EXPECT_EQ(contact.zone, Zone::cisternal_portion);
  EXPECT_NEAR(*contact.angle_deg, 90, 8);
  EXPECT_NEAR(*contact.diameter_mm, 1.0, 0.35);
  EXPECT_NEAR(std::fmod(*contact.clock_h, 12), 0, 0.8);
}

TEST(AssessSurfaces, CountsHalfAVoxelForEachMaskEdge) {
  const Crossing given = crossing(0.8);
  const double voxel = 0.35 * std::cbrt(1.2);
  EXPECT_NEAR(*assessed(given, {}).contacts.at(0).distance_sd_mm, voxel * std::sqrt(0.5), 1e-9);
}

TEST(AssessSurfaces, LeavesArcLengthAndZoneEmptyWithoutLandmarks) {
  const Crossing given = crossing(0.0);
  const SideAssessment side = assessed(given, {});
  ASSERT_EQ(side.contacts.size(), 1U);
  EXPECT_FALSE(side.contacts[0].arclength_mm);
  EXPECT_FALSE(side.contacts[0].zone);
  EXPECT_FALSE(side.contacts[0].length_mm);
  EXPECT_TRUE(side.contacts[0].distance_mm);
  for (const ZoneFinding& zone : side.zones) {
    EXPECT_EQ(zone.status, ZoneStatus::not_assessable);
    EXPECT_FALSE(zone.reason.empty());
  }
}

TEST(AssessSurfaces, GivesArcLengthButNoZoneWithTheRootExitPointAlone) {
  const Crossing given = crossing(0.5);
  NerveLandmarks landmarks;
  landmarks.root_exit_point = given.landmarks.root_exit_point;
  const SideAssessment side = assessed(given, landmarks);
  ASSERT_EQ(side.contacts.size(), 1U);
  EXPECT_NEAR(*side.contacts[0].arclength_mm, 11, 0.5);
  EXPECT_FALSE(side.contacts[0].zone);
}

TEST(AssessSurfaces, NeverCallsAZoneClear) {
  const Crossing given = crossing(2.0);
  const SideAssessment side = assessed(given, given.landmarks);
  for (const ZoneFinding& zone : side.zones) {
    EXPECT_EQ(zone.status, ZoneStatus::not_assessable);
  }
  EXPECT_EQ(side.finding, Finding::not_assessable);
}

TEST(AssessSurfaces, FindsAContactOnSurfacesToo) {
  const Crossing given = crossing(-0.1, true);
  const SideAssessment side = assessed(given, given.landmarks);
  ASSERT_EQ(side.contacts.size(), 1U);
  EXPECT_GE(*side.contacts[0].contact_probability, 0.5);
  EXPECT_GT(*side.contacts[0].area_mm2, 0.1);
  EXPECT_EQ(side.finding, Finding::contact);
  EXPECT_EQ(side.zones[4].status, ZoneStatus::contact);
}

/// A closed wedge with a wall of two triangles, 20 mm long, in the plane z = kCenter.z.
TriangleMesh wedge() {
  const Point3 c = kCenter;
  TriangleMesh mesh;
  mesh.vertices_mm = {c + Vec3{-10, -10, 0}, c + Vec3{10, -10, 0}, c + Vec3{10, 10, 0},
                      c + Vec3{-10, 10, 0}, c + Vec3{0, 0, -6}};
  mesh.triangles = {{0, 1, 2}, {0, 2, 3}, {1, 0, 4}, {2, 1, 4}, {3, 2, 4}, {0, 3, 4}};
  return mesh;
}

TriangleMesh insideOut(TriangleMesh mesh) {
  for (auto& t : mesh.triangles) std::swap(t[0], t[1]);
  return mesh;
}

ShapeVessel thinVesselAbove(double gap_mm) {
  const double radius_mm = 0.4;
  const Point3 at = kCenter + Vec3{3, -2, radius_mm + gap_mm};
  Tube line{{at + Vec3{-2, -2, 1}, at, at + Vec3{2, 2, 1}}, {radius_mm, radius_mm, radius_mm}, {}};
  return {"V1", VesselKind::artery, VesselName::aica, Shape(tubeSurface(line, 64))};
}

TEST(AssessSurfaces, MeasuresAtTheMiddleOfALargeTriangle) {
  const SideAssessment side =
      assessSurfaces(Shape(wedge()), {thinVesselAbove(0.5)}, Side::left, {}, {}, {});
  ASSERT_EQ(side.contacts.size(), 1U);
  EXPECT_NEAR(*side.contacts[0].distance_mm, 0.5, 0.05);
}

TEST(AssessSurfaces, KnowsTheInsideOfASurfaceThatIsTurnedInsideOut) {
  for (const bool turned : {false, true}) {
    ShapeVessel vessel = thinVesselAbove(-0.3);
    if (turned) vessel.shape = insideOut(std::get<TriangleMesh>(vessel.shape));
    const SideAssessment side = assessSurfaces(Shape(wedge()), {vessel}, Side::left, {}, {}, {});
    ASSERT_EQ(side.contacts.size(), 1U);
    EXPECT_EQ(*side.contacts[0].distance_mm, 0) << turned;
  }
}

TEST(AssessSurfaces, RefusesASurfaceWithAHole) {
  TriangleMesh open = wedge();
  open.triangles.pop_back();
  EXPECT_THROW(assessSurfaces(Shape(open), {thinVesselAbove(1)}, Side::left, {}, {}, {}), Error);
}

TEST(AssessSurfaces, SeparatesTwoPlacesOfOneVessel) {
  Crossing given = crossing(0.1);
  const Distance a = tube(kCenter + Vec3{2, 0, 1.3}, {0, 7, 0}, 0.5);
  const Distance b = tube(kCenter + Vec3{-6, 0, 1.3}, {0, 7, 0}, 0.5);
  given.vessels[0].shape =
      maskOf(maskGrid(0.35), [&](const Point3& p) { return std::min(a(p), b(p)); });
  EXPECT_EQ(assessed(given, given.landmarks).contacts.size(), 2U);
}

TEST(AssessSurfaces, LeavesOutAVesselBeyondReach) {
  const Crossing given = crossing(3.6);
  EXPECT_TRUE(assessed(given, given.landmarks).contacts.empty());
}

TEST(MaskOptions, RefuseAnEdgeWithoutError) {
  MaskOptions options;
  options.mask_edge_sd_voxels = 0;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::contact
