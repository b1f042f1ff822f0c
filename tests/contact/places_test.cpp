#include "neurovasc/contact/places.h"

#include <gtest/gtest.h>

#include <cmath>

#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

Tube line(const Point3& from, const Point3& to, double radius_mm) {
  Tube tube;
  for (int i = 0; i <= 40; ++i) {
    tube.points_mm.push_back(from + (i / 40.0) * (to - from));
    tube.radius_mm.push_back(radius_mm);
  }
  return tube;
}

const Tube kNerve = line({3, 4, 5}, {23, 4, 5}, 0.6);

/// A vessel that waves along the nerve: it touches at every trough, @p crest_mm apart between.
Tube wave(double crest_mm, double period_mm) {
  Tube tube;
  for (double x = 0; x <= 16; x += 0.1) {
    const double gap = crest_mm / 2 * (1 - std::cos(2 * 3.14159265 * x / period_mm));
    tube.points_mm.push_back({5 + x, 4, 5 + 0.6 + 0.5 + gap});
    tube.radius_mm.push_back(0.5);
  }
  return tube;
}

TEST(Places, GiveTheGapBetweenTheSurfacesOfCrossingTubes) {
  const Tube vessel = line({11, -6, 6.6}, {11, 14, 6.6}, 0.4);
  const Place place = nearestPlace(kNerve, vessel);
  EXPECT_NEAR(place.gap_mm, 1.6 - 0.6 - 0.4, 1e-9);
  EXPECT_NEAR(place.nerve_arclength_mm, 8, 0.05);
  EXPECT_NEAR(place.vessel_arclength_mm, 10, 0.05);
  EXPECT_FALSE(place.at_vessel_end);
}

TEST(Places, LeaveOutVesselsBeyondReach) {
  const Tube vessel = line({11, -6, 9.1}, {11, 14, 9.1}, 0.4);
  EXPECT_TRUE(placesOf(kNerve, vessel, {}).empty());
}

TEST(Places, OfOneVesselAreTwoIfItLeavesTheNerveBetween) {
  const auto places = placesOf(kNerve, wave(2.0, 10), {});
  ASSERT_EQ(places.size(), 2U);
  EXPECT_NEAR(places[0].gap_mm, 0, 0.01);
  EXPECT_NEAR(places[1].gap_mm, 0, 0.01);
  EXPECT_NEAR(places[1].nerve_arclength_mm - places[0].nerve_arclength_mm, 10, 0.2);
}

TEST(Places, OfOneVesselAreOneIfItStaysNearBetween) {
  EXPECT_EQ(placesOf(kNerve, wave(0.45, 10), {}).size(), 1U);
}

TEST(Places, OfOneVesselAreOneIfItLeavesTooShortly) {
  // Above half a millimetre for less than 2 mm between troughs 2.5 mm apart.
  const auto places = placesOf(kNerve, wave(0.8, 2.5), {});
  EXPECT_EQ(places.size(), 1U);
}

TEST(Places, FarFromTheNerveAreOneHoweverTheVesselWinds) {
  Tube vessel = wave(1.0, 8);
  for (Point3& p : vessel.points_mm) {
    p.z += 1.2;
  }
  EXPECT_EQ(placesOf(kNerve, vessel, {}).size(), 1U);
}

TEST(Places, KnowWhenTheVesselsTubeEndsThere) {
  const Tube vessel = line({11, 4, 6.8}, {11, 4, 16}, 0.4);
  EXPECT_TRUE(nearestPlace(kNerve, vessel).at_vessel_end);
}

TEST(PlaceOptions, RefuseAReachOfNothing) {
  PlaceOptions options;
  options.within_mm = 0;
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::contact
