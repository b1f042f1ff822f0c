#include "wide_voids.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kSigmaMm = 0.3;
constexpr double kNerve = 0.3;

/// Share of a round tube along z, its axis at (x, y), under the point spread.
double shareOf(const Vec3& p, double x, double y, double radius_mm) {
  const double inside_mm = radius_mm - std::hypot(p.x - x, p.y - y);
  return 0.5 * std::erfc(-inside_mm / (kSigmaMm * std::sqrt(2.0)));
}

/// A void of @p radius_mm at x = 14 and a nerve of 0.6 mm that it touches, in fluid; bone from
/// x = 22 on.
SideView besideANerve(double radius_mm) {
  SideView view = test::paintedView(
      {8, -4, -5}, {30, 10, 5}, 0.25,
      [&](const Vec3& p) {
        const double artery = shareOf(p, 14, 3, radius_mm);
        const double nerve = shareOf(p, 14 - radius_mm - 0.6, 3, 0.6);
        const double fluid = std::max(0.0, 1 - artery - nerve);
        return (fluid + kNerve * nerve) * test::edge(22 - p.x);
      },
      [](const Vec3&) { return 5.0; });
  view.brain = kNerve;
  view.psf_sigma_mm = kSigmaMm;
  return view;
}

bool marked(const Mask& mask, const SideView& view, const Vec3& p) {
  const Vec3 index = mask.geometry().toIndex(view.lpsOf(p));
  return mask(static_cast<int>(std::lround(index.x)), static_cast<int>(std::lround(index.y)),
              static_cast<int>(std::lround(index.z))) != 0;
}

TEST(WideVoids, AreArteriesWithTheRampInWhichTheyTurnIntoFluid) {
  const SideView view = besideANerve(1.5);
  const Mask voids = wideVoids(view, 1);
  EXPECT_TRUE(marked(voids, view, {14, 3, 0}));
  for (const double y : {4.25, 4.5, 4.75}) {
    EXPECT_TRUE(marked(voids, view, {14, y, 0})) << "the ramp passes through the nerve's level";
  }
  EXPECT_FALSE(marked(voids, view, {14, 5.75, 0})) << "fluid";
}

TEST(WideVoids, LeaveTheNerveThatTheyTouch) {
  const SideView view = besideANerve(1.5);
  const Mask voids = wideVoids(view, 1);
  for (const double off_mm : {0.35, 0.6, 0.85, 1.1}) {
    EXPECT_FALSE(marked(voids, view, {12.5 - off_mm, 3, 0})) << off_mm;
  }
}

TEST(WideVoids, AreNeitherThinArteriesNorBone) {
  const SideView thin = besideANerve(0.6);
  const Mask voids = wideVoids(thin, 1);
  EXPECT_TRUE(std::none_of(voids.begin(), voids.end(), [](std::uint8_t v) { return v != 0; }));
  const SideView wide = besideANerve(1.5);
  const Mask beside_bone = wideVoids(wide, 1);
  for (const double x : {22.5, 24.0, 29.0}) {
    EXPECT_FALSE(marked(beside_bone, wide, {x, 3, 0})) << x;
  }
}

TEST(WideVoids, AreNotLookedForBelowNervesAsDarkAsBone) {
  SideView view = besideANerve(1.5);
  view.nerve_darker = kNerve + 0.02;
  const Mask voids = wideVoids(view, 1);
  EXPECT_TRUE(std::none_of(voids.begin(), voids.end(), [](std::uint8_t v) { return v != 0; }));
}

}  // namespace
}  // namespace neurovasc::anatomy
