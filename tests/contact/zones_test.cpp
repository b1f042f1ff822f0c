#include "neurovasc/contact/zones.h"

#include <gtest/gtest.h>

#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

struct Given {
  FusedStudy study;
  Anatomy anatomy;
  Nerve nerve;
};

/// A nerve of 24 mm in the middle of a wide field, good to judge in every zone.
Given good() {
  Given given;
  given.study.grid.size = {200, 160, 160};
  given.study.grid.spacing_mm = {0.25, 0.25, 0.25};
  given.study.grid.origin_mm = {-5, -30, -10};
  given.study.t2.acquired_voxel_mm = {0.5, 0.5, 0.6};
  given.study.t2.psf_fwhm_mm = {0.6, 0.6, 0.72};
  given.study.t2.noise_sd = 30;
  given.study.tof = given.study.t2;
  given.anatomy.levels.t2_csf = 900;
  given.nerve.side = Side::left;
  given.nerve.status = NerveStatus::segmented;
  for (double s = 0; s <= 24.01; s += 0.5) {
    given.nerve.tube.points_mm.push_back({8 + s, -10, 8});
    given.nerve.tube.radius_mm.push_back(0.7);
    given.nerve.tube.confidence.push_back(0.9);
  }
  given.nerve.landmarks.root_exit_point = Landmark{{8, -10, 8}};
  given.nerve.landmarks.detachment_point = Landmark{{16, -10, 8}};
  given.nerve.landmarks.porus = Landmark{{26, -10, 8}};
  return given;
}

std::vector<ZoneFinding> zonesOf(const Given& given, const std::vector<Contact>& contacts = {}) {
  return zoneFindings(given.study, given.anatomy, given.nerve, contacts, {});
}

Contact contactAt(double s_mm, Zone zone, double probability) {
  Contact contact;
  contact.arclength_mm = s_mm;
  contact.zone = zone;
  contact.contact_probability = probability;
  contact.length_mm = 1;
  return contact;
}

TEST(Zones, ClaimNoSightWhereNothingWasAssessed) {
  Given cut = good();
  cut.study.grid.size[0] = 100;  // ends at x = 20, before the porus
  int unseen = 0;
  for (const auto& zone : zonesOf(cut)) {
    const bool seen = zone.status != ZoneStatus::not_assessable;
    EXPECT_EQ(zone.smallest_vessel_mm.has_value(), seen);
    EXPECT_EQ(zone.kinds_seen.empty(), !seen);
    unseen += seen ? 0 : 1;
  }
  EXPECT_GT(unseen, 0);
  EXPECT_LT(unseen, 6);
}

TEST(Zones, AreAllClearWhereEverythingWouldHaveBeenSeen) {
  const auto zones = zonesOf(good());
  ASSERT_EQ(zones.size(), 6U);
  for (std::size_t i = 0; i < zones.size(); ++i) {
    EXPECT_EQ(zones[i].zone, kZones[i]);
    EXPECT_EQ(zones[i].status, ZoneStatus::clear) << zones[i].reason;
    EXPECT_TRUE(zones[i].reason.empty());
    EXPECT_GT(*zones[i].smallest_vessel_mm, 0.2);
    EXPECT_LT(*zones[i].smallest_vessel_mm, 1.0);
    EXPECT_FALSE(zones[i].kinds_seen.empty());
  }
  EXPECT_DOUBLE_EQ(*zones[1].to_mm, 7);
}

TEST(Zones, WithoutLengthAreNotAssessable) {
  Given given = good();
  given.nerve.landmarks.porus = Landmark{{18, -10, 8}};
  const auto zones = zonesOf(given);
  ASSERT_EQ(zones[4].zone, Zone::cisternal_portion);
  ASSERT_LE(*zones[4].to_mm, *zones[4].from_mm);
  EXPECT_EQ(zones[4].status, ZoneStatus::not_assessable);
  EXPECT_EQ(zones[4].reason, "this nerve has no such zone");
}

TEST(Zones, HoldTheContactsThatReachIntoThem) {
  const auto zones = zonesOf(good(), {contactAt(4, Zone::attached_segment, 0.9)});
  EXPECT_EQ(zones[1].status, ZoneStatus::contact);
  EXPECT_EQ(zones[2].status, ZoneStatus::clear);
}

TEST(Zones, AreNotClearBesideAContactAtTheirLimit) {
  const auto zones = zonesOf(good(), {contactAt(6.8, Zone::attached_segment, 0.9)});
  EXPECT_EQ(zones[1].status, ZoneStatus::contact);
  EXPECT_EQ(zones[2].status, ZoneStatus::contact);
}

TEST(Zones, AreNotAssessableWhereAVesselIsTooNearToTell) {
  for (const double probability : {0.19, 0.21, 0.4}) {
    const Contact contact = contactAt(4, Zone::attached_segment, probability);
    const bool told = stateFor(probability) == ContactState::separate;
    const auto zones = zonesOf(good(), {contact});
    EXPECT_EQ(zones[1].status, told ? ZoneStatus::clear : ZoneStatus::not_assessable);
    EXPECT_EQ(zones[1].reason.empty(), told);
  }
}

TEST(Zones, BesideAPlaceTooNearToTellAreClearIfItHardlyReachesBeyondTheLimit) {
  Given given = good();
  given.nerve.landmarks.root_exit_point->sd_mm = 1.3;
  given.nerve.landmarks.detachment_point->sd_mm = 0.5;
  const auto beside = [&](double s_mm, double probability) {
    const auto zones = zonesOf(given, {contactAt(s_mm, Zone::attached_segment, probability)});
    return zones[2].status;  // from 7 mm on
  };
  EXPECT_EQ(beside(6.8, 0.4), ZoneStatus::not_assessable);
  EXPECT_EQ(beside(6.0, 0.4), ZoneStatus::not_assessable);
  EXPECT_EQ(beside(5.3, 0.4), ZoneStatus::clear) << "8 % are there";
  EXPECT_EQ(beside(6.0, 0.21), ZoneStatus::clear) << "8 % are there";
  EXPECT_EQ(beside(6.8, 0.19), ZoneStatus::clear) << "told apart, as in its own zone";
  EXPECT_EQ(beside(5.3, 0.9), ZoneStatus::contact);
}

TEST(ZoneOptions, RefuseToDoubtAZoneMoreForItsNeighboursPlacesThanForItsOwn) {
  ZoneOptions options;
  options.undecided_beside_probability = options.undecided_probability + 0.01;
  EXPECT_THROW(validate(options), Error);
}

/// The same nerve, of which nothing is seen more than @p seen_mm before its detachment point.
Given withoutRoot(double seen_mm) {
  Given given = good();
  given.nerve.status = NerveStatus::partial;
  given.nerve.landmarks.root_exit_point.reset();
  Tube& tube = given.nerve.tube;
  while (tube.points_mm.front().x < 16 - seen_mm) {
    tube.points_mm.erase(tube.points_mm.begin());
    tube.radius_mm.erase(tube.radius_mm.begin());
    tube.confidence.erase(tube.confidence.begin());
  }
  return given;
}

TEST(Zones, WithoutTheRootExitPointAreThoseFromTheDetachmentPointOn) {
  for (const double seen_mm : {0.0, 1.0}) {
    const auto zones = zonesOf(withoutRoot(seen_mm));
    ASSERT_EQ(zones.size(), 6U);
    for (std::size_t i = 0; i < zones.size(); ++i) {
      const bool seen = i > 2 || (i == 2 && seen_mm > 0.5);
      EXPECT_EQ(zones[i].status == ZoneStatus::clear, seen) << i << ' ' << zones[i].reason;
      EXPECT_EQ(zones[i].reason.empty(), seen);
      EXPECT_FALSE(zones[i].from_mm) << "a length from an unknown root";
    }
  }
}

TEST(Zones, WithoutTheRootExitPointHoldTheirContactsAllTheSame) {
  Contact contact;
  contact.nerve_point_mm = Point3{18, -9.4, 8};
  contact.zone = Zone::transition_zone;
  contact.contact_probability = 0.9;
  const auto zones = zonesOf(withoutRoot(0), {contact});
  EXPECT_EQ(zones[3].status, ZoneStatus::contact);
  EXPECT_EQ(zones[4].status, ZoneStatus::clear);
}

TEST(Zones, OutsideTheFieldAreNotAssessable) {
  Given given = good();
  given.study.grid.size = {110, 160, 160};  // ends at x = 22.25
  const auto zones = zonesOf(given);
  EXPECT_EQ(zones[1].status, ZoneStatus::clear);
  EXPECT_EQ(zones[4].status, ZoneStatus::not_assessable);
  EXPECT_NE(zones[4].reason.find("field of view"), std::string::npos);
}

TEST(Zones, OutsideTheAcquiredSeriesAreNotAssessable) {
  Given given = good();
  given.study.t2.series.geometry = given.study.grid;
  given.study.t2.series.geometry.size[0] = 110;
  EXPECT_EQ(zonesOf(given)[4].status, ZoneStatus::not_assessable);
}

TEST(Zones, BesideSlicesThatWereNotAcquiredAreNotAssessable) {
  Given given = good();
  Series& series = given.study.t2.series;
  series.geometry = {{160, 160, 100}, {0.5, 0.5, 0.6}, {-5, -30, -10}, {}};
  // Slices across the nerve, the first at x = -5.
  series.geometry.direction = Matrix3::fromColumns({0, 1, 0}, {0, 0, 1}, {1, 0, 0});
  series.missing_slices = {48};
  const auto zones = zonesOf(given);
  EXPECT_EQ(zones[1].status, ZoneStatus::clear) << zones[1].reason;
  EXPECT_EQ(zones[4].status, ZoneStatus::not_assessable);
  EXPECT_EQ(zones[4].reason, "slices missing here");
}

TEST(Zones, OfAThickSeriesAreNotAssessable) {
  Given given = good();
  given.study.resolution = Resolution::too_thick;
  for (const ZoneFinding& zone : zonesOf(given)) {
    EXPECT_EQ(zone.status, ZoneStatus::not_assessable);
    EXPECT_NE(zone.reason.find("thick"), std::string::npos);
    EXPECT_FALSE(zone.smallest_vessel_mm);
  }
}

TEST(Zones, WhereTheNerveIsMissingAreNotAssessable) {
  Given given = good();
  given.nerve.tube.points_mm.resize(25);  // seen up to s = 12
  given.nerve.tube.radius_mm.resize(25);
  given.nerve.tube.confidence.resize(25);
  given.nerve.landmarks.porus.reset();
  EXPECT_EQ(zonesOf(given)[1].status, ZoneStatus::clear);
  EXPECT_EQ(zonesOf(given)[5].status, ZoneStatus::not_assessable);
  given.nerve.status = NerveStatus::not_found;
  EXPECT_EQ(zonesOf(given)[1].status, ZoneStatus::not_assessable);
}

TEST(Zones, WhereTheNerveIsAGuessAreNotAssessable) {
  Given given = good();
  for (std::size_t i = 0; i < 16; ++i) {
    given.nerve.tube.confidence[i] = 0.02;
  }
  EXPECT_EQ(zonesOf(given)[1].status, ZoneStatus::not_assessable);
  EXPECT_EQ(zonesOf(given)[4].status, ZoneStatus::clear);
}

TEST(Zones, ForgiveADoubtfulNerveOfAMillimetreButNoMore) {
  Given given = good();
  given.nerve.tube.confidence[8] = 0.1;
  EXPECT_EQ(zonesOf(given)[1].status, ZoneStatus::clear);
  for (std::size_t i = 7; i < 11; ++i) given.nerve.tube.confidence[i] = 0.1;
  EXPECT_EQ(zonesOf(given)[1].status, ZoneStatus::not_assessable);
  EXPECT_NE(zonesOf(given)[1].reason.find("doubtful"), std::string::npos);
}

TEST(Zones, BesideUnexplainedTissueAreNotAssessable) {
  Given given = good();
  given.anatomy.unexplained.push_back({Side::left, {28, -10, 14}, 500});
  EXPECT_EQ(zonesOf(given)[5].status, ZoneStatus::not_assessable);
  EXPECT_EQ(zonesOf(given)[0].status, ZoneStatus::clear);
}

TEST(Zones, UnderNoiseAreNotAssessable) {
  Given given = good();
  given.study.t2.noise_sd = 180;  // five sd are the whole CSF level
  for (const ZoneFinding& zone : zonesOf(given)) {
    EXPECT_EQ(zone.status, ZoneStatus::not_assessable);
  }
}

TEST(Zones, WithoutTheirLandmarksAreNotAssessable) {
  Given given = good();
  given.nerve.landmarks.detachment_point.reset();
  for (const ZoneFinding& zone : zonesOf(given)) {
    EXPECT_EQ(zone.status, ZoneStatus::not_assessable);
    EXPECT_FALSE(zone.from_mm);
  }
}

TEST(SmallestVisibleVessel, GrowsWithVoxelAndNoise) {
  Given given = good();
  const double usual = smallestVisibleVesselMm(given.study.t2, given.anatomy.levels);
  EXPECT_NEAR(usual, 0.5, 0.1);
  given.study.t2.noise_sd = 90;
  const double noisy = smallestVisibleVesselMm(given.study.t2, given.anatomy.levels);
  EXPECT_GT(noisy, usual);
  given.study.t2.psf_fwhm_mm = {0.9, 0.9, 0.9};
  EXPECT_GT(smallestVisibleVesselMm(given.study.t2, given.anatomy.levels), noisy);
}

TEST(SmallestVisibleVessel, IsWiderOnThePonsWithoutTof) {
  Given given = good();
  given.study.tof.reset();
  const double in_csf = smallestVisibleVesselMm(given.study.t2, given.anatomy.levels);
  EXPECT_GT(smallestVisibleOnBrainMm(given.study, given.anatomy.levels), 1.5 * in_csf);
  given.study.tof = given.study.t2;
  EXPECT_NEAR(smallestVisibleOnBrainMm(given.study, given.anatomy.levels), in_csf, 1e-9);
}

TEST(Zones, InTheCanalAreNotAssessableOnT2Alone) {
  Given given = good();
  given.study.tof.reset();
  EXPECT_EQ(zonesOf(given)[5].status, ZoneStatus::not_assessable);
  EXPECT_EQ(zonesOf(given)[4].status, ZoneStatus::clear);
  given.study.tof = given.study.t2;
  EXPECT_EQ(zonesOf(given)[5].status, ZoneStatus::clear);
}

TEST(ZoneOptions, RefuseLimitsThatRunBackwards) {
  ZoneOptions options;
  options.limits.transition_mm = 0.5;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::contact
