#include "neurovasc/contact/patch.h"

#include <gtest/gtest.h>

#include <cmath>

namespace neurovasc::contact {
namespace {

Tube line(const Point3& from, const Point3& to, double radius_mm) {
  return {{from, 0.5 * (from + to), to}, {radius_mm, radius_mm, radius_mm}, {}};
}

TEST(Patch, OfASheathAllAroundIsTheWholeSurface) {
  const Tube nerve = line({-20, 3, 1}, {20, 3, 1}, 0.5);
  const Tube sheath = line({-20, 3, 1}, {20, 3, 1}, 0.6);
  const Patch patch = patchOf(nerve, sheath, 0.25, 20, 2);
  EXPECT_NEAR(patch.length_mm, 4, 1e-6);
  EXPECT_NEAR(patch.area_mm2, 2 * 3.14159265 * 0.5 * 4, 0.01);
}

TEST(Patch, OfAVesselAlongTheNerveIsAsWideAsTheRule) {
  // Two parallel tubes that touch: points of the nerve at angle a off the line between the axes are
  // near if |(rn cos a, rn sin a) - (rn + rv, 0)| <= rv + w.
  const double rn = 0.6;
  const double rv = 0.5;
  const double w = 0.25;
  const Tube nerve = line({-20, 3, 1}, {20, 3, 1}, rn);
  const Tube vessel = line({-20, 3, 1 + rn + rv}, {20, 3, 1 + rn + rv}, rv);
  const double d = rn + rv;
  const double cosine = (rn * rn + d * d - (rv + w) * (rv + w)) / (2 * rn * d);
  const double expected = 2 * std::acos(cosine) * rn;
  const Patch patch = patchOf(nerve, vessel, w, 20, 2);
  EXPECT_NEAR(patch.area_mm2 / patch.length_mm, expected, 0.08);
}

TEST(Patch, OfAVesselFarOffIsNothing) {
  const Tube nerve = line({-20, 3, 1}, {20, 3, 1}, 0.5);
  const Tube vessel = line({-20, 3, 3}, {20, 3, 3}, 0.5);
  const Patch patch = patchOf(nerve, vessel, 0.25, 20, 2);
  EXPECT_EQ(patch.area_mm2, 0);
  EXPECT_EQ(patch.length_mm, 0);
}

TEST(ClockHour, IsTwelveCranialAndThreeToTheViewersRightLookingOutward) {
  // A left nerve runs to the patient's left (+x); looking along it, anterior (-y) is to the right
  // of a viewer whose head is up: left hand is posterior.
  const Vec3 outward = {1, 0, 0};
  const Vec3 up = {0, 0, 1};
  const Vec3 front = {0, -1, 0};
  EXPECT_NEAR(clockHour({0, 0, 1}, outward, up, front), 12, 1e-9);
  EXPECT_NEAR(clockHour({0, -1, 0}, outward, up, front), 3, 1e-9);
  EXPECT_NEAR(clockHour({0, 0, -1}, outward, up, front), 6, 1e-9);
  EXPECT_NEAR(clockHour({0, 1, 0}, outward, up, front), 9, 1e-9);
}

TEST(ClockHour, MirrorsOnTheRightNerve) {
  EXPECT_NEAR(clockHour({0, -1, 0}, {-1, 0, 0}, {0, 0, 1}, {0, -1, 0}), 9, 1e-9);
}

TEST(ClockHour, TakesAnteriorForTwelveWhereTheNerveRunsUpwards) {
  EXPECT_NEAR(clockHour({0, -1, 0}, {0, 0, 1}, {0, 0, 1}, {0, -1, 0}), 12, 1e-9);
}

TEST(CrossingAngle, DoesNotDependOnWhichWayTheAxesPoint) {
  EXPECT_NEAR(crossingAngleDeg({1, 0, 0}, {1, 1, 0}), 45, 1e-9);
  EXPECT_NEAR(crossingAngleDeg({1, 0, 0}, {-1, -1, 0}), 45, 1e-9);
  EXPECT_NEAR(crossingAngleDeg({1, 0, 0}, {0, 0, 3}), 90, 1e-9);
}

}  // namespace
}  // namespace neurovasc::contact
