#include "neurovasc/core/geometry.h"

#include <gtest/gtest.h>

#include "support/geometry.h"

namespace neurovasc {
namespace {

using testing::obliqueDirection;

void expectNear(const Vec3& a, const Vec3& b, double tolerance) {
  EXPECT_NEAR(a.x, b.x, tolerance);
  EXPECT_NEAR(a.y, b.y, tolerance);
  EXPECT_NEAR(a.z, b.z, tolerance);
}

TEST(RigidTransform, IsUndoneByItsInverse) {
  const RigidTransform t{obliqueDirection(), {3, -4, 5}};
  const Point3 p = {10, 20, -30};
  expectNear(t.inverse()(t(p)), p, 1e-12);
}

TEST(RigidTransform, ComposesRightToLeft) {
  const RigidTransform a{obliqueDirection(), {1, 2, 3}};
  const RigidTransform b{transposed(obliqueDirection()), {-5, 0, 2}};
  const Point3 p = {7, 8, 9};
  expectNear((a * b)(p), a(b(p)), 1e-12);
}

TEST(RigidTransform, TellsSmallAnglesExactly) {
  const double angle = 1e-5;
  const Matrix3 r{
      {std::cos(angle), -std::sin(angle), 0, std::sin(angle), std::cos(angle), 0, 0, 0, 1}};
  EXPECT_NEAR(rotationAngleDeg({r, {}}), angle * 57.29577951308232, 1e-12);
}

TEST(Eigen, RecoversTheAxesOfAnObliqueEllipsoid) {
  const Matrix3 axes = obliqueDirection();
  const Matrix3 diagonal{{3, 0, 0, 0, -2, 0, 0, 0, 0.5}};
  const SymmetricEigen e = eigenOfSymmetric(axes * diagonal * transposed(axes));
  expectNear(e.values, {-2, 0.5, 3}, 1e-10);
  EXPECT_NEAR(std::abs(dot(e.vectors.column(2), axes.column(0))), 1, 1e-10);
  EXPECT_NEAR(std::abs(dot(e.vectors.column(0), axes.column(1))), 1, 1e-10);
}

TEST(Eigen, OfADiagonalMatrixAreSorted) {
  const SymmetricEigen e = eigenOfSymmetric({{5, 0, 0, 0, 1, 0, 0, 0, 3}});
  expectNear(e.values, {1, 3, 5}, 0);
}

TEST(Perpendicular, IsUnitAndPerpendicular) {
  for (const Vec3 v : {Vec3{1, 0, 0}, Vec3{0, -2, 0}, Vec3{0.3, 0.4, 9}}) {
    const Vec3 p = perpendicularTo(v);
    EXPECT_NEAR(norm(p), 1, 1e-12);
    EXPECT_NEAR(dot(p, v), 0, 1e-12);
  }
}

TEST(BoundingBox, GrowsByTheMarginOnAllSides) {
  const Box box = boundingBox({{1, 5, -2}, {3, -4, 0}}, 2);
  expectNear(box.lower, {-1, -6, -4}, 0);
  expectNear(box.upper, {5, 7, 2}, 0);
  EXPECT_TRUE(box.contains({0, 0, 0}));
  EXPECT_FALSE(box.contains({0, 8, 0}));
}

}  // namespace
}  // namespace neurovasc
