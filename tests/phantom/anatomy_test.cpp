#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/tube.h"
#include "studies.h"

namespace neurovasc::phantom {
namespace {

using testing::truthOnly;

const NearVessel* findVessel(const SideTruth& side, const std::string& vessel) {
  const auto found = std::find_if(side.near.begin(), side.near.end(),
                                  [&vessel](const NearVessel& n) { return n.vessel == vessel; });
  return found == side.near.end() ? nullptr : &*found;
}

double radiusAt(const Tube& tube, const Point3& p) {
  return valueAt(tube.points_mm, tube.radius_mm, project(tube.points_mm, p).arclength_mm);
}

TEST(PhantomAnatomy, TrueGapIsTheOneAskedForInEveryZone) {
  for (const Zone zone :
       {Zone::root_exit_point, Zone::attached_segment, Zone::root_detachment_point,
        Zone::transition_zone, Zone::cisternal_portion}) {
    for (const double gap : {-0.3, 0.45}) {
      PhantomOptions options = truthOnly(Scenario::contact, 41);
      options.zone = zone;
      options.gap_mm = gap;
      const Truth truth = makePhantom(options).truth;
      const NearVessel* aica = findVessel(truth.of(truth.side), "AICA");
      ASSERT_NE(aica, nullptr) << name(zone);
      EXPECT_NEAR(aica->min_distance_mm, gap, 0.01) << name(zone);
      EXPECT_EQ(aica->zone, zone);
    }
  }
}

TEST(PhantomAnatomy, GapIsTheDistanceOfTheNearestPointsLessBothRadii) {
  PhantomOptions options = truthOnly(Scenario::contact, 42);
  options.diameter_mm = 1.1;
  options.gap_mm = 0.25;
  const Truth truth = makePhantom(options).truth;
  const SideTruth& side = truth.of(truth.side);
  const NearVessel* aica = findVessel(side, "AICA");
  ASSERT_NE(aica, nullptr);
  const double apart = distance(aica->nerve_point, aica->vessel_point);
  EXPECT_NEAR(aica->diameter_mm, 1.1, 1e-6);
  EXPECT_NEAR(apart - radiusAt(side.nerve, aica->nerve_point) - 0.55, 0.25, 0.01);
}

TEST(PhantomAnatomy, LeftNerveLiesAtLargerXOfAnUprightHead) {
  PhantomOptions options = truthOnly(Scenario::clear, 43);
  options.head_rotation_deg = Vec3{0, 0, 0};
  const Truth truth = makePhantom(options).truth;
  const SideTruth& left = truth.of(Side::left);
  const SideTruth& right = truth.of(Side::right);
  const double between = left.root_exit_point.x - right.root_exit_point.x;
  EXPECT_GT(between, 17);  // twice 8.5 to 14.5 mm from the midline
  EXPECT_LT(between, 29);
  EXPECT_GT(left.porus.x, left.root_exit_point.x);
  EXPECT_LT(right.porus.x, right.root_exit_point.x);
  EXPECT_LT(left.porus.y, left.root_exit_point.y);  // forward
  EXPECT_GT(left.porus.z, left.root_exit_point.z);  // and up
}

TEST(PhantomAnatomy, RootsLieOnTheBrainstemWhereTheFlocculusReachesUpToIt) {
  PhantomOptions options = truthOnly(Scenario::clear, 3029);
  options.variety = Variety::varied;
  const Truth truth = makePhantom(options).truth;
  for (const SideTruth& side : truth.sides) EXPECT_LT(side.detachment_arc_mm, 14.0);
}

TEST(PhantomAnatomy, NerveSegmentsHaveTheLengthsOfTheLiterature) {
  for (std::uint64_t seed = 50; seed < 58; ++seed) {
    const Truth truth = makePhantom(truthOnly(Scenario::clear, seed)).truth;
    for (const SideTruth& side : truth.sides) {
      EXPECT_GT(side.detachment_arc_mm, 6.0) << seed;
      EXPECT_LT(side.detachment_arc_mm, 12.0) << seed;
      EXPECT_GT(side.porus_arc_mm - side.detachment_arc_mm, 7.5) << seed;
      EXPECT_LT(side.porus_arc_mm - side.detachment_arc_mm, 16.0) << seed;
      EXPECT_GT(lengthOf(side.nerve.points_mm) - side.porus_arc_mm, 7.0) << seed;
    }
  }
}

TEST(PhantomAnatomy, ClearStudiesHoldNoVesselNearTheNerve) {
  for (std::uint64_t seed = 60; seed < 66; ++seed) {
    const Truth truth = makePhantom(truthOnly(Scenario::clear, seed)).truth;
    for (const SideTruth& side : truth.sides) {
      for (const NearVessel& near : side.near) {
        EXPECT_GE(near.min_distance_mm, 1.2) << seed << " " << near.vessel;
      }
    }
  }
}

TEST(PhantomAnatomy, OnlyTheVesselsOfTheScenarioTouch) {
  for (std::uint64_t seed = 70; seed < 74; ++seed) {
    const Truth truth = makePhantom(truthOnly(Scenario::two, seed)).truth;
    const SideTruth& side = truth.of(truth.side);
    ASSERT_NE(findVessel(side, "AICA"), nullptr);
    ASSERT_NE(findVessel(side, "PICA"), nullptr);
    for (const NearVessel& near : side.near) {
      const bool meant = near.vessel == "AICA" || near.vessel == "PICA";
      EXPECT_EQ(near.min_distance_mm < 0, meant) << seed << " " << near.vessel;
    }
    for (const NearVessel& near : truth.of(opposite(truth.side)).near) {
      EXPECT_GT(near.min_distance_mm, 0.75) << seed << " " << near.vessel;
    }
  }
}

/// AICA and a second vessel of one side.
std::pair<NearVessel, NearVessel> aicaAnd(const std::string& second, const Truth& truth) {
  const SideTruth& side = truth.of(truth.side);
  const NearVessel* aica = findVessel(side, "AICA");
  const NearVessel* other = findVessel(side, second);
  if (aica == nullptr || other == nullptr) {
    throw std::runtime_error("AICA or " + second + " is not near the nerve");
  }
  return {*aica, *other};
}

TEST(PhantomAnatomy, TandemHasTheVertebralArteryBehindTheOneThatTouches) {
  for (std::uint64_t seed = 70; seed < 74; ++seed) {
    const Truth truth = makePhantom(truthOnly(Scenario::tandem, seed)).truth;
    const auto [inner, outer] = aicaAnd("VA", truth);
    EXPECT_LT(inner.min_distance_mm, 0) << seed;
    EXPECT_EQ(inner.zone, Zone::attached_segment) << seed;
    EXPECT_GT(outer.min_distance_mm, 0.15) << seed;
    EXPECT_LT(outer.min_distance_mm, 1.3) << seed;
  }
}

TEST(PhantomAnatomy, SandwichHasTheNerveBetweenTwoVessels) {
  for (std::uint64_t seed = 70; seed < 74; ++seed) {
    const Truth truth = makePhantom(truthOnly(Scenario::sandwich, seed)).truth;
    const auto [above, below] = aicaAnd("PICA", truth);
    EXPECT_LT(above.min_distance_mm, 0) << seed;
    EXPECT_LT(below.min_distance_mm, 0) << seed;
    const Vec3 up = normalized(above.vessel_point - above.nerve_point);
    const Vec3 down = normalized(below.vessel_point - below.nerve_point);
    EXPECT_LT(dot(up, down), -0.3) << seed;  // more than 107 degrees apart
  }
}

TEST(PhantomAnatomy, VariedHeadsDifferMoreThanUsualOnes) {
  const auto spread = [](Variety variety) {
    std::vector<double> widths;
    for (std::uint64_t seed = 50; seed < 58; ++seed) {
      PhantomOptions options = truthOnly(Scenario::clear, seed);
      options.variety = variety;
      const Truth truth = makePhantom(options).truth;
      widths.push_back(distance(truth.sides[0].porus, truth.sides[1].porus));
    }
    const auto [least, most] = std::minmax_element(widths.begin(), widths.end());
    return *most - *least;
  };
  EXPECT_GT(spread(Variety::varied), 1.2 * spread(Variety::usual));
}

TEST(PhantomAnatomy, DecoysLeaveNerveAndVesselsAtTheirPlaces) {
  PhantomOptions options = truthOnly(Scenario::contact, 44);
  const SideTruth plain = makePhantom(options).truth.sides[0];
  options.decoys = {Decoy::choroid, Decoy::csf_void, Decoy::gibbs, Decoy::banding};
  const SideTruth decoyed = makePhantom(options).truth.sides[0];
  EXPECT_EQ(plain.detachment_point, decoyed.detachment_point);
  ASSERT_EQ(plain.near.size(), decoyed.near.size());
}

TEST(PhantomAnatomy, VertebralArteryAndVeinAreNamedForWhatTheyAre) {
  const Truth wide = makePhantom(truthOnly(Scenario::va, 75)).truth;
  const NearVessel* va = findVessel(wide.of(wide.side), "VA");
  ASSERT_NE(va, nullptr);
  EXPECT_EQ(va->kind, VesselKind::artery);
  EXPECT_EQ(va->zone, Zone::attached_segment);
  const Truth venous = makePhantom(truthOnly(Scenario::vein, 75)).truth;
  const NearVessel* vein = findVessel(venous.of(venous.side), "vein of CP fissure");
  ASSERT_NE(vein, nullptr);
  EXPECT_EQ(vein->kind, VesselKind::vein);
  EXPECT_EQ(vein->zone, Zone::root_detachment_point);
}

TEST(PhantomAnatomy, SurgeryKeepsTheHeadAndMovesTheVesselOff) {
  const Truth before = makePhantom(truthOnly(Scenario::contact, 76)).truth;
  const Truth after = makePhantom(truthOnly(Scenario::post_ok, 76)).truth;
  const Truth failed = makePhantom(truthOnly(Scenario::post_residual, 76)).truth;
  ASSERT_EQ(before.side, after.side);
  const Side other = opposite(before.side);
  EXPECT_NEAR(lengthOf(before.of(other).nerve.points_mm), lengthOf(after.of(other).nerve.points_mm),
              1e-9);
  EXPECT_LT(findVessel(before.of(before.side), "AICA")->min_distance_mm, 0);
  EXPECT_EQ(findVessel(after.of(after.side), "AICA"), nullptr);
  EXPECT_NEAR(findVessel(failed.of(failed.side), "AICA")->min_distance_mm,
              findVessel(before.of(before.side), "AICA")->min_distance_mm, 0.01);
}

TEST(PhantomAnatomy, AnotherSessionIsTheSameHeadElsewhere) {
  PhantomOptions options = truthOnly(Scenario::contact, 76);
  const Phantom first = makePhantom(options);
  options.session = 1;
  const Phantom again = makePhantom(options);
  const Side side = first.truth.side;
  const SideTruth& was = first.truth.of(side);
  const SideTruth& is = again.truth.of(side);
  EXPECT_DOUBLE_EQ(was.near.at(0).min_distance_mm, is.near.at(0).min_distance_mm);
  EXPECT_NEAR(distance(was.root_exit_point, was.porus), distance(is.root_exit_point, is.porus),
              1e-9);
  EXPECT_GT(distance(was.root_exit_point, is.root_exit_point), 1);
  EXPECT_NE(first.series[0].header.study_date, again.series[0].header.study_date);
  EXPECT_NE(first.series[0].header.series_instance_uid, again.series[0].header.series_instance_uid);
}

TEST(PhantomAnatomy, ASecondVesselStaysWhereOnlyTheFirstWasMoved) {
  PhantomOptions options = truthOnly(Scenario::post_second, 76);
  options.pad_count = 2;
  const Truth before = makePhantom(truthOnly(Scenario::two, 76)).truth;
  const Truth after = makePhantom(options).truth;
  const auto touching = [](const Truth& truth) {
    std::vector<std::string> names;
    for (const NearVessel& near : truth.of(truth.side).near) {
      if (near.min_distance_mm < 0.05) names.push_back(near.vessel);
    }
    std::sort(names.begin(), names.end());
    return names;
  };
  EXPECT_EQ(touching(before), (std::vector<std::string>{"AICA", "PICA"}));
  EXPECT_EQ(touching(after), (std::vector<std::string>{"PICA"}));
  ASSERT_EQ(after.pads.size(), 2U);
  EXPECT_GT(distance(after.pads[0].center, after.pads[1].center), 3);
  for (const PadTruth& pad : after.pads) {
    EXPECT_EQ(pad.side, after.side);
    EXPECT_GT(pad.volume_mm3, 10);
  }
}

TEST(PhantomAnatomy, AMirroredExportHoldsTheRowsFromTheOtherEnd) {
  PhantomOptions options = truthOnly(Scenario::contact, 76);
  const ImageF image = makePhantom(options).series[0].image;
  options.mirrored = true;
  const ImageF mirrored = makePhantom(options).series[0].image;
  const int last = image.size()[0] - 1;
  EXPECT_EQ(image(0, 1, 2), mirrored(last, 1, 2));
  EXPECT_EQ(image.geometry(), mirrored.geometry());
}

TEST(PhantomAnatomy, SeedsGiveDifferentHeads) {
  const Truth one = makePhantom(truthOnly(Scenario::clear, 77)).truth;
  const Truth other = makePhantom(truthOnly(Scenario::clear, 78)).truth;
  EXPECT_GT(std::abs(one.sides[0].porus_arc_mm - other.sides[0].porus_arc_mm), 0.01);
}

}  // namespace
}  // namespace neurovasc::phantom
