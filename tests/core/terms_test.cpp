#include "neurovasc/core/terms.h"

#include <gtest/gtest.h>

namespace neurovasc {
namespace {

TEST(Terms, AreReadBackFromTheirNames) {
  for (const Side side : kSides) {
    EXPECT_EQ(parseSide(name(side)), side);
  }
  for (const Zone zone : kZones) {
    EXPECT_EQ(parseZone(name(zone)), zone);
  }
  EXPECT_EQ(parseVesselName("AICA"), VesselName::aica);
  EXPECT_EQ(parseVesselKind("capillary"), std::nullopt);
}

TEST(Zones, FollowTheirLimitsAlongTheNerve) {
  const double d = 8.5;
  const double porus = 22;
  EXPECT_EQ(zoneAt(0, d, porus), Zone::root_exit_point);
  EXPECT_EQ(zoneAt(1.49, d, porus), Zone::root_exit_point);
  EXPECT_EQ(zoneAt(1.5, d, porus), Zone::attached_segment);
  EXPECT_EQ(zoneAt(7.49, d, porus), Zone::attached_segment);
  EXPECT_EQ(zoneAt(7.5, d, porus), Zone::root_detachment_point);
  EXPECT_EQ(zoneAt(9.5, d, porus), Zone::transition_zone);
  EXPECT_EQ(zoneAt(12.5, d, porus), Zone::cisternal_portion);
  EXPECT_EQ(zoneAt(22, d, porus), Zone::internal_canal);
}

TEST(Zones, CoverTheNerveWithoutGapOrOverlap) {
  for (const double d : {0.5, 2.0, 8.5}) {
    for (const double porus : {3.0, 11.0, 22.0}) {
      double at = 0;
      for (const ZoneRange& range : zoneRanges(d, porus, 30)) {
        EXPECT_DOUBLE_EQ(range.from_mm, at);
        EXPECT_GE(range.to_mm, range.from_mm);
        at = range.to_mm;
      }
      EXPECT_DOUBLE_EQ(at, 30);
    }
  }
}

TEST(Zones, TakeTheirLimitsFromTheOptions) {
  ZoneLimits limits;
  limits.transition_mm = 2;
  EXPECT_EQ(zoneAt(11, 8.5, 22, limits), Zone::cisternal_portion);
}

}  // namespace
}  // namespace neurovasc
