#include "nerve_seed.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neurovasc/imaging/tubularness.h"
#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

constexpr Vec3 kPorus = {22, 1, 0};

/// VIII runs through canal and cistern; VII is seen, in front of it and above, from @p seen_from_x
/// on medially.
SideView nervesInFluid(double seen_from_x) {
  const auto nerve = [](const Vec3& p, const Vec3& at, double radius_mm) {
    return 0.3 + 0.7 * test::edge(std::hypot(p.y - at.y, p.z - at.z) - radius_mm);
  };
  return test::paintedView(
      {12, -10, -9}, {32, 10, 9}, 0.4,
      [=](const Vec3& p) {
        const double eighth = nerve(p, {0, 1.8, -0.8}, 1.05);
        return p.x < seen_from_x ? std::min(eighth, nerve(p, {0, 0.4, 1.2}, 0.55)) : eighth;
      },
      [](const Vec3&) { return 20.0; });
}

NerveSeeds seedsOf(const SideView& view) {
  Canal canal;
  canal.porus_mm = view.lpsOf(kPorus);
  canal.fundus_mm = view.lpsOf(kPorus + Vec3{9.5, 0, 0});
  canal.medial = view.lpsDirection({-1, 0, 0});
  imaging::TubularnessOptions thin;
  thin.radii_mm = {0.35, 0.5, 0.75};
  imaging::TubularnessOptions thick;
  thick.radii_mm = {1.1};
  return findSeeds(view, imaging::tubularness(view.t2, thin, {}).response,
                   imaging::tubularness(view.t2, thick, {}).response, canal, 1, {});
}

TEST(FindSeeds, TellsTheNervesApartAtThePorus) {
  const SideView view = nervesInFluid(40);
  const NerveSeeds seeds = seedsOf(view);
  ASSERT_TRUE(seeds.facial && seeds.vestibulocochlear);
  const Vec3 facial = view.sideOf(seeds.facial->lps_mm);
  EXPECT_LT(std::hypot(facial.y - 0.4, facial.z - 1.2), 0.4);
  const Vec3 eighth = view.sideOf(seeds.vestibulocochlear->lps_mm);
  EXPECT_LT(std::hypot(eighth.y - 1.8, eighth.z + 0.8), 0.5);
  EXPECT_GT(facial.x, kPorus.x - 2);
}

TEST(FindSeeds, LooksInTheCisternWhereTheFacialNerveIsHiddenAtThePorus) {
  const SideView view = nervesInFluid(kPorus.x - 2);
  const NerveSeeds seeds = seedsOf(view);
  ASSERT_TRUE(seeds.facial && seeds.vestibulocochlear);
  const Vec3 facial = view.sideOf(seeds.facial->lps_mm);
  EXPECT_LT(std::hypot(facial.y - 0.4, facial.z - 1.2), 0.4);
  EXPECT_LT(facial.x, kPorus.x - 2);
}

/// As at 0.8 mm: VII, touching VIII, is a bulge of it under the blur.
SideView nervesUnderOneBlur() {
  SideView view = test::paintedView(
      {12, -10, -9}, {32, 10, 9}, 0.4,
      [](const Vec3& p) {
        const auto share = [&p](double y, double z, double r) {
          return 1 - test::edge(std::hypot(p.y - y, p.z - z) - r, 0.9);
        };
        const double both = std::min(1.0, share(0.5, -0.5, 1.05) + share(-0.4, 0.8, 0.5));
        const double bone = p.x > kPorus.x ? test::edge(std::hypot(p.y, p.z) - 3.2, 0.9) : 0;
        return std::max(0.0, 1 - 0.7 * both - bone);
      },
      [](const Vec3&) { return 20.0; });
  view.psf_sigma_mm = 0.42;
  return view;
}

TEST(FindSeeds, TellsTheFacialNerveByWhatVIIIDoesNotExplain) {
  const SideView view = nervesUnderOneBlur();
  const NerveSeeds seeds = seedsOf(view);
  ASSERT_TRUE(seeds.facial && seeds.vestibulocochlear);
  const Vec3 facial = view.sideOf(seeds.facial->lps_mm);
  EXPECT_LT(std::hypot(facial.y + 0.4, facial.z - 0.8), 0.4);
  const Vec3 eighth = view.sideOf(seeds.vestibulocochlear->lps_mm);
  EXPECT_LT(std::hypot(eighth.y - 0.5, eighth.z + 0.5), 0.4);
}

}  // namespace
}  // namespace neurovasc::anatomy
