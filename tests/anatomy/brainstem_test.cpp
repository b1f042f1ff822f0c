#include "brainstem.h"

#include <gtest/gtest.h>

#include <cmath>

#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kSulcusZ = -4.2;
constexpr double kDetachmentZ = 2.0;

/// A brainstem of elliptic sections: a medulla that tapers downward and, from the sulcus on, a pons
/// that widens by @p rise mm per mm up to @p wider mm.
SideView brainstem(double rise, double wider, double olive_mm = 0) {
  return test::paintedView(
      {-1, -14, -20}, {24, 20, 10}, 0.5, [](const Vec3&) { return 1.0; },
      [=](const Vec3& p) {
        const double above = std::max(0.0, p.z - kSulcusZ);
        const bool olive = std::abs(p.z + 11.5) < 1.5;
        const double a =
            10.5 + 0.1 * (p.z - kSulcusZ) + std::min(rise * above, wider) + (olive ? olive_mm : 0);
        const double b = 9 + std::min(rise * above, wider);
        return (std::hypot(p.x / a, (p.y - 8) / b) - 1) * a;
      });
}

TEST(Sulcus, IsTheFootOfThePonsHoweverSteeplyItWidens) {
  for (const double rise : {1.0, 2.0, 4.0}) {
    const SulcusLevel level = findSulcus(brainstem(rise, 4), kDetachmentZ);
    EXPECT_TRUE(level.measured);
    EXPECT_NEAR(level.z_mm, kSulcusZ, 1.3) << rise;
    EXPECT_LT(std::abs(level.z_mm - kSulcusZ), 2 * level.sd_mm) << rise;
  }
}

TEST(Sulcus, IsDoubtfulWhereTheOutlineBulgesFarFromTheUsualHeight) {
  const SulcusLevel level = findSulcus(brainstem(1.2, 4, 2.0), 1.0 - 4.2 + 6.5 - 5.5);
  EXPECT_GT(level.sd_mm, 2);
}

/// What widens the brainstem near its front only, below the pons, is an artery against it.
TEST(Sulcus, KeepsTheMoreUsualLevelWhereTheOutlinesDiffer) {
  SideView view = brainstem(2, 4);
  const GridGeometry& grid = view.t2.geometry();
  for (std::size_t i = 0; i < view.brain_mm.voxelCount(); ++i) {
    const int nx = grid.size[0];
    const int at = static_cast<int>(i);
    const Vec3 p = view.sideOf(grid.toLps(at % nx, at / nx % grid.size[1], at / nx / grid.size[1]));
    const double to_artery = std::hypot(p.x - 9.5, p.y - 3.5) - 2.2;
    if (p.z > -8 && p.z < kSulcusZ) {
      view.brain_mm[i] = std::min(view.brain_mm[i], static_cast<float>(to_artery));
    }
  }
  EXPECT_NEAR(findSulcus(view, kDetachmentZ).z_mm, kSulcusZ, 1.0);
}

TEST(Sulcus, IsPlacedByTheDetachmentPointWithoutABend) {
  const SulcusLevel level = findSulcus(brainstem(0, 0), kDetachmentZ);
  EXPECT_FALSE(level.measured);
  EXPECT_NEAR(level.z_mm, kDetachmentZ - 6.5, 1e-9);
  EXPECT_GE(level.sd_mm, 2);
}

}  // namespace
}  // namespace neurovasc::anatomy
