#include "neurovasc/anatomy/ears.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "neurovasc/anatomy/region.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kBone = 20;
constexpr double kBrain = 330;
constexpr double kCsf = 1000;

/// A head's middle: bone everywhere, a round pons in CSF at the centre, a ring of fluid in each
/// petrous bone. Head axes are turned by 12 degrees about z and 5 about y against the scanner.
struct ToyHead {
  Point3 center = {4, -11, 27};
  Vec3 x = normalized({std::cos(0.21), std::sin(0.21), 0.09});
  Point3 left = center + x * 38.0;
  Point3 right = center - x * 38.0;
  double ring_mm = 3.0;
  double duct_mm = 1.1;

  double at(const Point3& p) const {
    for (const Point3& ear : {left, right}) {
      const Vec3 d = p - ear;
      const double ring = std::hypot(std::hypot(d.x, d.z) - ring_mm, d.y);
      if (ring < duct_mm) return kCsf;
    }
    const double r = distance(p, center + Vec3{0, 8, 0});
    return r < 13 ? kBrain : r < 18 ? kCsf : kBone;
  }
};

SeriesImage imageOf(const ToyHead& head, double half_width_mm, double shift_mm) {
  GridGeometry grid;
  grid.spacing_mm = {0.7, 0.7, 0.9};
  grid.size = {static_cast<int>(2 * half_width_mm / 0.7), 70, 50};
  const double c = std::cos(0.1);
  const double s = std::sin(0.1);
  grid.direction = Matrix3::fromColumns({c, s, 0}, {-s, c, 0}, {0, 0, 1});
  const Vec3 half = {0.35 * grid.size[0], 24.5, 22.5};
  grid.origin_mm = head.center + Vec3{shift_mm, 0, 0} - grid.direction * half;
  SeriesImage series;
  series.image = ImageF(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const int ripple = (7 * i + 5 * j + 3 * k) % 17 - 8;
        series.image(i, j, k) = static_cast<float>(head.at(grid.toLps(i, j, k)) + ripple);
      }
    }
  }
  return series;
}

TEST(LocateRegion, FindsBothEarsAndLeftIsLeft) {
  const ToyHead head;
  const StudyRegion region = locateRegion(imageOf(head, 58, 0), {}, {});
  ASSERT_EQ(region.ears.size(), 2U);
  EXPECT_EQ(region.ears[0].side, Side::left);
  EXPECT_LT(distance(region.ears[0].labyrinth_mm, head.left), 1.0);
  EXPECT_LT(distance(region.ears[1].labyrinth_mm, head.right), 1.0);
  EXPECT_GT(region.ears[0].labyrinth_mm.x, region.ears[1].labyrinth_mm.x);
}

TEST(LocateRegion, PutsBothEarsIntoTheBox) {
  const ToyHead head;
  const SeriesImage series = imageOf(head, 58, 0);
  const StudyRegion region = locateRegion(series, {}, {});
  const GridGeometry box = cropped(series.image.geometry(), region.box);
  EXPECT_TRUE(box.contains(head.left, 2));
  EXPECT_TRUE(box.contains(head.right, 2));
}

TEST(LocateRegion, FindsTheOnlyEarInHalfAField) {
  const ToyHead head;
  const StudyRegion region = locateRegion(imageOf(head, 33, -26), {}, {});
  ASSERT_EQ(region.ears.size(), 1U);
  EXPECT_EQ(region.ears[0].side, Side::right);
  EXPECT_LT(distance(region.ears[0].labyrinth_mm, head.right), 1.0);
}

TEST(LocateRegion, TellsTheSideOfALoneEarByThePonsAndNotByTheZeroOfTheFile) {
  const ToyHead head;
  for (const double moved_mm : {-80.0, 0.0, 80.0}) {
    for (const Side side : kSides) {
      SeriesImage series = imageOf(head, 32, 25 * lateralSign(side));
      GridGeometry grid = series.image.geometry();
      grid.origin_mm += Vec3{moved_mm, 0, 0};
      ImageF moved(grid);
      std::copy(series.image.begin(), series.image.end(), moved.begin());
      series.image = moved;
      const StudyRegion region = locateRegion(series, {}, {});
      ASSERT_EQ(region.ears.size(), 1U) << moved_mm;
      EXPECT_EQ(region.ears[0].side, side) << moved_mm;
    }
  }
}

TEST(LocateRegion, FindsTheOnlyEarOfATurnedHead) {
  ToyHead head;
  for (const double turn : {-0.3, 0.3}) {
    head.x = {std::cos(turn), std::sin(turn), 0};
    head.left = head.center + head.x * 38.0;
    head.right = head.center - head.x * 38.0;
    const StudyRegion region = locateRegion(imageOf(head, 33, -26), {}, {});
    ASSERT_EQ(region.ears.size(), 1U) << turn;
    EXPECT_EQ(region.ears[0].side, Side::right) << turn;
  }
}

/// The right ear in its half of the field, found; and not so far above the pons as little fluid is
/// no ear.
void expectTheEarOnlyBesideThePons(double ring_mm, double duct_mm) {
  ToyHead head;
  head.ring_mm = ring_mm;
  head.duct_mm = duct_mm;
  const StudyRegion region = locateRegion(imageOf(head, 33, -26), {}, {});
  ASSERT_EQ(region.ears.size(), 1U);
  EXPECT_EQ(region.ears[0].side, Side::right);
  EXPECT_LT(distance(region.ears[0].labyrinth_mm, head.right), 1.0);
  head.right += Vec3{0, 0, 16};
  EXPECT_TRUE(locateRegion(imageOf(head, 33, -26), {}, {}).ears.empty());
}

TEST(LocateRegion, FindsASmallEarWhereThePonsIsSeenBesideIt) {
  expectTheEarOnlyBesideThePons(1.7, 1.0);
}

TEST(LocateRegion, FindsAnEarThatIsHardlySeenWhereNothingElseCouldBeOne) {
  expectTheEarOnlyBesideThePons(1.3, 0.85);
}

TEST(LocateRegion, FallsBackToTheCentreWithoutEars) {
  ToyHead head;
  head.left += Vec3{300, 0, 0};
  head.right += Vec3{300, 0, 0};
  const SeriesImage series = imageOf(head, 58, 0);
  const StudyRegion region = locateRegion(series, {}, {});
  EXPECT_TRUE(region.ears.empty());
  EXPECT_TRUE(cropped(series.image.geometry(), region.box).contains(head.center, 10));
}

TEST(LocateRegion, RefusesMarginsThatCannotBe) {
  RegionOptions options;
  options.margin_caudal_mm = -3;
  EXPECT_ANY_THROW(validate(options));
}

TEST(HeadFrame, HasItsAxesThroughTheEars) {
  const ToyHead head;
  Ear left;
  left.labyrinth_mm = head.left;
  Ear right;
  right.side = Side::right;
  right.labyrinth_mm = head.right;
  const HeadFrame frame = headFrame({left, right}, {});
  const Vec3 p = frame.head_from_lps(head.left);
  EXPECT_NEAR(p.x, 38, 1e-9);
  EXPECT_NEAR(p.y, 0, 1e-9);
  EXPECT_NEAR(p.z, 0, 1e-9);
  EXPECT_GT(frame.head_from_lps(head.center + Vec3{0, 0, 5}).z, 4);
  EXPECT_GT(frame.head_from_lps(head.center + Vec3{0, 5, 0}).y, 4);
}

}  // namespace
}  // namespace neurovasc::anatomy
