#include "neurovasc/imaging/morphology.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

const GridGeometry kGrid = test::obliqueGrid({31, 27, 19}, {0.4, 0.5, 0.9});

template <typename Predicate>
Mask maskWhere(const GridGeometry& grid, const Predicate& inside) {
  Mask mask(grid);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        mask(i, j, k) = inside(grid.toLps(i, j, k)) ? 1 : 0;
      }
    }
  }
  return mask;
}

TEST(Distance, IsInMillimetresAndNotSquared) {
  Mask mask(kGrid);
  mask(4, 5, 6) = 1;
  mask(25, 20, 15) = 1;
  const ImageF distances = distanceTo(mask);
  for (int k = 0; k < kGrid.size[2]; ++k) {
    for (int i = 0; i < kGrid.size[0]; ++i) {
      const Point3 p = kGrid.toLps(i, 11, k);
      const double truth =
          std::min(distance(p, kGrid.toLps(4, 5, 6)), distance(p, kGrid.toLps(25, 20, 15)));
      ASSERT_NEAR(distances(i, 11, k), truth, 1e-5);
    }
  }
}

TEST(Distance, IsInfiniteToAnEmptyMask) {
  EXPECT_EQ(distanceTo(Mask(kGrid))(3, 3, 3), std::numeric_limits<float>::infinity());
}

TEST(SignedDistance, ChangesItsSignAtTheBorder) {
  const Point3 centre = test::centreOf(kGrid);
  const ImageF distances =
      signedDistance(maskWhere(kGrid, [&](const Point3& p) { return distance(p, centre) < 4; }));
  EXPECT_NEAR(distances(15, 13, 9), -4, 0.5);
  EXPECT_NEAR(distances(0, 13, 9), 2, 0.5);
}

TEST(Opening, RemovesAThinStrandAndKeepsABall) {
  const Point3 centre = test::centreOf(kGrid);
  const Mask ball = maskWhere(kGrid, [&](const Point3& p) { return distance(p, centre) < 3.2; });
  Mask both = ball;
  for (int i = 0; i < kGrid.size[0]; ++i) {
    both(i, 13, 9) = 1;
  }
  const Mask out = opened(both, 1.5);
  EXPECT_EQ(out(1, 13, 9), 0);
  EXPECT_EQ(out(15, 13, 9), 1);
  const auto lost = std::count(ball.begin(), ball.end(), 1) - std::count(out.begin(), out.end(), 1);
  EXPECT_LT(std::abs(static_cast<double>(lost)), 0.12 * std::count(ball.begin(), ball.end(), 1));
}

TEST(Closing, FillsAGapNarrowerThanTheBall) {
  const Vec3 across = kGrid.direction.column(0);
  const Point3 centre = test::centreOf(kGrid);
  const Mask walls =
      maskWhere(kGrid, [&](const Point3& p) { return std::abs(dot(p - centre, across)) > 0.9; });
  EXPECT_EQ(closed(walls, 0.5)(15, 13, 9), 0);
  EXPECT_EQ(closed(walls, 1.4)(15, 13, 9), 1);
}

TEST(Dilation, ReachesAsFarAsItsRadiusAlongEveryAxis) {
  Mask mask(kGrid);
  mask(15, 13, 9) = 1;
  const Mask out = dilated(mask, 1.8);
  EXPECT_EQ(out(19, 13, 9), 1);
  EXPECT_EQ(out(20, 13, 9), 0);
  EXPECT_EQ(out(15, 13, 11), 1);
  EXPECT_EQ(out(15, 13, 12), 0);
  EXPECT_THROW(dilated(mask, -1), Error);
}

TEST(Morphology, LeavesNothingNothingAndAllAll) {
  const Mask none(kGrid);
  Mask all(kGrid);
  std::fill(all.begin(), all.end(), 1);
  for (const auto& change : {&dilated, &eroded, &opened, &closed}) {
    const Mask still_none = change(none, 1.2, 1);
    EXPECT_TRUE(std::equal(none.begin(), none.end(), still_none.begin()));
    const Mask still_all = change(all, 1.2, 1);
    EXPECT_TRUE(std::equal(all.begin(), all.end(), still_all.begin()));
  }
}

TEST(ConnectedComponents, HavePhysicalSizesAndPlacesLargestFirst) {
  Mask mask(kGrid);
  for (int i = 2; i < 5; ++i) {
    mask(i, 3, 4) = 1;
  }
  for (int j = 10; j < 20; ++j) {
    mask(20, j, 12) = 1;
  }
  mask(28, 25, 17) = 1;
  const Components parts = connectedComponents(mask, Connectivity::faces, 0.3);
  ASSERT_EQ(parts.list.size(), 2U);
  EXPECT_NEAR(parts.list[0].volume_mm3, 10 * 0.4 * 0.5 * 0.9, 1e-9);
  EXPECT_LT(distance(parts.list[1].centroid_mm, kGrid.toLps(3, 3, 4)), 1e-9);
  EXPECT_EQ(parts.labels(20, 15, 12), 1U);
  EXPECT_EQ(parts.labels(28, 25, 17), 0U);
  EXPECT_EQ(parts.list[0].box.lower, (Size3{20, 10, 12}));
  EXPECT_EQ(parts.list[0].box.upper, (Size3{21, 20, 13}));
}

TEST(ConnectedComponents, JoinAtCornersOnlyWhenAsked) {
  Mask mask(kGrid);
  mask(5, 5, 5) = 1;
  mask(6, 6, 6) = 1;
  EXPECT_EQ(connectedComponents(mask).list.size(), 2U);
  EXPECT_EQ(connectedComponents(mask, Connectivity::corners).list.size(), 1U);
  EXPECT_EQ(largestComponent(Mask(kGrid))(5, 5, 5), 0);
}

}  // namespace
}  // namespace neurovasc::imaging
