#include "detachment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>

#include "neurovasc/core/tube.h"
#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kWall = 10;
constexpr double kRadiusMm = 0.6;
constexpr double kDepthMm = 0.1;
constexpr double kLeavesZ = 1;

/// The nerve's axis in side coordinates: just below the wall up to kLeavesZ, then out at a slope of
/// one.
Vec3 axisAt(double z) { return {kWall - kDepthMm + std::max(0.0, z - kLeavesZ), 1, z}; }

double distanceToAxis(const Vec3& p) {
  double least = 1e9;
  for (double z = -6; z < 7; z += 0.1) least = std::min(least, norm(p - axisAt(z)));
  return least;
}

/// An edge under the point spread, its place being 0. Of a cleft between two is seen what both
/// leave.
double blurred(double x_mm) {
  constexpr double kSigmaMm = 0.25;
  return 0.5 * std::erfc(-x_mm / (std::sqrt(2.0) * kSigmaMm));
}

using Painter = std::function<std::optional<double>(const Vec3&)>;

/// Brain below the wall and the nerve on it at 0.3 of fluid, but for what @p other paints.
SideView nerveOnAWall(const Painter& other) {
  return test::paintedView(
      {6, -4, -6}, {18, 6, 7}, 0.25,
      [&](const Vec3& p) {
        const double fluid = blurred(p.x - kWall) + blurred(distanceToAxis(p) - kRadiusMm) - 1;
        return other(p).value_or(0.3 + 0.7 * std::max(0.0, fluid));
      },
      [](const Vec3& p) { return p.x - kWall; });
}

std::optional<double> nothing(const Vec3&) { return std::nullopt; }

std::vector<Point3> axisIn(const SideView& view) {
  std::vector<Point3> line;
  for (double z = -5; z < 6.5; z += 0.25) line.push_back(view.lpsOf(axisAt(z)));
  return line;
}

double detachmentZ(const SideView& view) {
  const std::vector<Point3> line = axisIn(view);
  return view.sideOf(pointAt(line, detachmentArcLength(view, view.brain_mm, line, 100))).z;
}

TEST(Detachment, IsWhereFluidFirstPartsNerveAndBrain) {
  // There the brain is a radius from the axis.
  const double parts_z = kLeavesZ + kRadiusMm + kDepthMm;
  EXPECT_NEAR(detachmentZ(nerveOnAWall(nothing)), parts_z, 0.25);
}

TEST(Detachment, IsNotADentOfTheAttachedNerve) {
  const auto dent = [](const Vec3& p) -> std::optional<double> {
    if (std::abs(p.z - 0.5) > 0.25 || p.x < kWall - 2 || p.x > kWall - 0.5) return std::nullopt;
    return 1.0;
  };
  EXPECT_NEAR(detachmentZ(nerveOnAWall(dent)), detachmentZ(nerveOnAWall(nothing)), 0.01);
}

TEST(Detachment, IsNearWhereTheAxisLeavesTheBrainWhereAVesselFillsTheCleft) {
  const auto vessel = [](const Vec3& p) -> std::optional<double> {
    if (p.x < kWall || p.x > axisAt(p.z).x) return std::nullopt;
    return 0.1;
  };
  EXPECT_NEAR(detachmentZ(nerveOnAWall(vessel)), kLeavesZ + kDepthMm, 0.5);
}

TEST(Detachment, IsWhereTheAxisLeavesTheBrainWhereTheViewHoldsNoDeepBrain) {
  const SideView view = nerveOnAWall(nothing);
  const std::vector<Point3> line = axisIn(view);
  ImageF nowhere = view.brain_mm;
  for (float& d : nowhere) d = std::numeric_limits<float>::infinity();
  const double s_mm = detachmentArcLength(view, nowhere, line, 100);
  EXPECT_NEAR(view.sideOf(pointAt(line, s_mm)).z, kLeavesZ + kDepthMm, 0.5);
}

}  // namespace
}  // namespace neurovasc::anatomy
