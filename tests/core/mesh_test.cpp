#include "neurovasc/core/mesh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace neurovasc {
namespace {

constexpr double kPi = 3.141592653589793;

TEST(TubeSurface, EnclosesTheVolumeOfACylinderWithNormalsOutward) {
  const Tube tube{{{1, 2, 3}, {1, 2, 8}}, {1.5, 1.5}, {}};
  const TriangleMesh mesh = tubeSurface(tube, 256);
  EXPECT_NEAR(volumeMm3(mesh), kPi * 1.5 * 1.5 * 5, 0.01);
  EXPECT_NEAR(surfaceAreaMm2(mesh), 2 * kPi * 1.5 * 5 + 2 * kPi * 1.5 * 1.5, 0.01);
}

TEST(TubeSurface, DoesNotTwistAroundAHelix) {
  Tube tube;
  for (int i = 0; i <= 200; ++i) {
    const double a = 0.05 * i;
    tube.points_mm.push_back({10 * std::cos(a), 10 * std::sin(a), a});
    tube.radius_mm.push_back(0.5);
  }
  const TriangleMesh mesh = tubeSurface(tube, 64);
  const double length = lengthOf(tube.points_mm);
  EXPECT_NEAR(volumeMm3(mesh), kPi * 0.25 * length, 0.01 * kPi * 0.25 * length);
}

/// A box with two triangles to a face.
TriangleMesh box(const Point3& from, const Point3& to) {
  TriangleMesh mesh;
  for (int corner = 0; corner < 8; ++corner) {
    mesh.vertices_mm.push_back(
        {corner & 1 ? to.x : from.x, corner & 2 ? to.y : from.y, corner & 4 ? to.z : from.z});
  }
  mesh.triangles = {{0, 2, 1}, {1, 2, 3}, {4, 5, 6}, {5, 7, 6}, {0, 1, 4}, {1, 5, 4},
                    {2, 6, 3}, {3, 6, 7}, {0, 4, 2}, {2, 4, 6}, {1, 3, 5}, {3, 7, 5}};
  return mesh;
}

double longestEdge(const TriangleMesh& mesh) {
  double longest = 0;
  for (const auto& t : mesh.triangles) {
    for (std::size_t i = 0; i < 3; ++i) {
      longest =
          std::max(longest, distance(mesh.vertices_mm[t[i]], mesh.vertices_mm[t[(i + 1) % 3]]));
    }
  }
  return longest;
}

TEST(ClosedMesh, HasTwoTrianglesAtEveryEdge) {
  TriangleMesh mesh = box({1, 2, 3}, {4, 3, 5});
  EXPECT_TRUE(isClosed(mesh));
  EXPECT_TRUE(isClosed(tubeSurface({{{1, 2, 3}, {1, 2, 8}}, {1.5, 1.5}, {}}, 12)));
  mesh.triangles.pop_back();
  EXPECT_FALSE(isClosed(mesh));
  EXPECT_FALSE(isClosed({}));
}

TEST(ClosedMesh, MayHaveItsCornersTwice) {
  const TriangleMesh shared = box({1, 2, 3}, {4, 3, 5});
  TriangleMesh mesh;
  for (const auto& t : shared.triangles) {
    const auto first = static_cast<std::uint32_t>(mesh.vertices_mm.size());
    for (const std::uint32_t corner : t) mesh.vertices_mm.push_back(shared.vertices_mm[corner]);
    mesh.triangles.push_back({first, first + 1, first + 2});
  }
  EXPECT_TRUE(isClosed(mesh));
}

TEST(RefinedMesh, IsTheSameSurfaceWithShortEdges) {
  const TriangleMesh coarse = box({1, 2, 3}, {4, 3, 5});
  const TriangleMesh mesh = refined(coarse, 0.3);
  EXPECT_LE(longestEdge(mesh), 0.3);
  EXPECT_TRUE(isClosed(mesh));
  EXPECT_NEAR(volumeMm3(mesh), 3 * 1 * 2, 1e-9);
  EXPECT_NEAR(surfaceAreaMm2(mesh), 2 * (3 * 1 + 3 * 2 + 1 * 2), 1e-9);
  EXPECT_EQ(mesh.vertices_mm[5], coarse.vertices_mm[5]);
}

TEST(RefinedMesh, IsLeftAloneWhereItIsFine) {
  const TriangleMesh coarse = box({1, 2, 3}, {4, 3, 5});
  EXPECT_EQ(refined(coarse, 10).triangles, coarse.triangles);
}

TEST(TubeSurface, OfASinglePointIsEmpty) {
  EXPECT_TRUE(tubeSurface({{{0, 0, 0}}, {1}, {}}, 8).empty());
}

}  // namespace
}  // namespace neurovasc
