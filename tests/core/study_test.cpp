#include "neurovasc/core/study.h"

#include <gtest/gtest.h>

namespace neurovasc {
namespace {

/// Slices 0.6 mm apart along a tilted axis, off the origin; k 5 was not acquired.
Series withAHole() {
  Series series;
  series.geometry.size = {64, 64, 20};
  series.geometry.spacing_mm = {0.5, 0.5, 0.6};
  series.geometry.origin_mm = {-12, 30, 41};
  series.geometry.direction =
      Matrix3::fromColumns({1, 0, 0}, Vec3{0, 0.8, 0.6}, Vec3{0, -0.6, 0.8});
  series.missing_slices = {5};
  return series;
}

TEST(ResolutionLimits, FollowTheCoarsestSide) {
  EXPECT_EQ(resolutionOf({0.5, 0.5, 0.7}), Resolution::quantitative);
  EXPECT_EQ(resolutionOf({0.6, 0.6, kQuantitativeVoxelMm}), Resolution::quantitative);
  EXPECT_EQ(resolutionOf({0.5, 0.5, 0.9}), Resolution::visual_only);
  EXPECT_EQ(resolutionOf({1.0, 1.0, 1.0}), Resolution::visual_only);
  EXPECT_EQ(resolutionOf({0.4, 1.03, 0.4}), Resolution::visual_only);
  EXPECT_EQ(resolutionOf({0.4, 0.4, 2.5}), Resolution::too_thick);
}

TEST(ResolutionLimits, LetRoundingToSinglePrecisionThrough) {
  EXPECT_EQ(resolutionOf({0.5, 0.5, static_cast<double>(0.8F) + 1e-7}), Resolution::quantitative);
}

TEST(MissingSlices, SpoilWhatIsInterpolatedFromThem) {
  const Series series = withAHole();
  EXPECT_TRUE(isBesideMissingSlice(series, series.geometry.toLps(10, 10, 5), 0));
  EXPECT_TRUE(isBesideMissingSlice(series, series.geometry.toLps(Vec3{3, 50, 4.1}), 0));
  EXPECT_FALSE(isBesideMissingSlice(series, series.geometry.toLps(Vec3{10, 10, 3.9}), 0));
  EXPECT_FALSE(isBesideMissingSlice(series, series.geometry.toLps(Vec3{3, 50, 6.1}), 0));
}

TEST(MissingSlices, SpoilWhatLiesWithinReachOfThem) {
  const Series series = withAHole();
  EXPECT_TRUE(isBesideMissingSlice(series, series.geometry.toLps(10, 10, 7), 1.5));
  EXPECT_FALSE(isBesideMissingSlice(series, series.geometry.toLps(10, 10, 8), 1.5));
}

TEST(MissingSlices, AreNowhereInACompleteSeries) {
  Series series = withAHole();
  series.missing_slices.clear();
  EXPECT_FALSE(isBesideMissingSlice(series, series.geometry.toLps(10, 10, 5), 100));
}

}  // namespace
}  // namespace neurovasc
