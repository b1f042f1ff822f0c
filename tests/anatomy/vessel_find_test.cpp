#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "anatomy/vessel_fixture.h"
#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/tube.h"
#include "vessel_kinds.h"
#include "vessel_pieces.h"

namespace neurovasc::anatomy {
namespace {

using testing::FixtureTube;
using testing::VesselFixture;

/// What is found where @p study's TOF holds 0 outside @p reach, which is said to be its own grid.
Anatomy foundWithTofWithin(const GridGeometry& reach, FusedStudy study, Anatomy anatomy) {
  ImageF& tof = study.tof.value().fine;
  study.tof->coverage.grid = reach;
  const Size3& n = tof.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (!reach.contains(tof.geometry().toLps(i, j, k))) {
          tof(i, j, k) = 0;
        }
      }
    }
  }
  findVessels(study, anatomy, {}, {});
  return anatomy;
}

/// The first share of the slices of @p grid.
GridGeometry firstSlices(GridGeometry grid, double share) {
  grid.size[2] = static_cast<int>(share * grid.size[2]);
  return grid;
}

Anatomy found(const VesselFixture& fixture, Anatomy anatomy, int threads = 0) {
  VesselOptions options;
  options.threads = threads;
  findVessels(fixture.study(), anatomy, options, {});
  return anatomy;
}

Anatomy found(const VesselFixture& fixture) { return found(fixture, fixture.anatomy()); }

/// Across the box, at an angle to its axes.
FixtureTube slanted(const VesselFixture& fixture, double radius_mm) {
  FixtureTube tube;
  tube.from = fixture.at(-0.1, 0.3, 0.35);
  tube.to = fixture.at(1.1, 0.7, 0.65);
  tube.radius_mm = radius_mm;
  return tube;
}

TEST(FindVessels, CallsADarkTubeThatIsBrightOnTofAnArtery) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.6);
  tube.tof = 2.2;
  const Anatomy anatomy = found(fixture.withTof().add(tube));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::artery);
  EXPECT_GT(anatomy.vessels[0].kind_confidence, 0.9);
  ASSERT_TRUE(anatomy.vessels[0].evidence.tof_over_brain);
  EXPECT_NEAR(*anatomy.vessels[0].evidence.tof_over_brain, 2.2, 0.3);
}

TEST(FindVessels, LeavesTheKindOfADarkTubeOpenThatTofDoesNotShow) {
  VesselFixture fixture;
  const Anatomy anatomy = found(fixture.withTof().add(slanted(fixture, 0.6)));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::unknown);
  EXPECT_EQ(anatomy.vessels[0].name, VesselName::unknown);
}

TEST(FindVessels, LeavesTheKindOpenOnT2Alone) {
  VesselFixture fixture;
  const Anatomy anatomy = found(fixture.add(slanted(fixture, 0.6)));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::unknown);
  EXPECT_FALSE(anatomy.vessels[0].evidence.tof_over_brain);
}

/// The fixture's anatomy with the origin of the head's frame at @p origin.
Anatomy framedAt(const VesselFixture& fixture, const Point3& origin) {
  Anatomy anatomy = fixture.anatomy();
  anatomy.frame.head_from_lps.translation = -1.0 * (origin - Point3{});
  return anatomy;
}

VesselKind kindOnT2Alone(const FixtureTube& tube, const Point3& origin) {
  VesselFixture fixture;
  const Anatomy anatomy = found(fixture.add(tube), framedAt(fixture, origin));
  EXPECT_EQ(anatomy.vessels.size(), 1U);
  return anatomy.vessels.empty() ? VesselKind::vein : anatomy.vessels[0].kind;
}

TEST(FindVessels, CallsAVoidBelowTheTrigeminalNerveAnArteryWithoutTof) {
  const VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.6);
  tube.t2 = 0;
  const Point3 level = fixture.at(0.5, 0.5, 0.5);
  EXPECT_EQ(kindOnT2Alone(tube, level), VesselKind::artery);
  tube.t2 = 0.2;
  EXPECT_EQ(kindOnT2Alone(tube, level), VesselKind::unknown) << "blood that leaves some signal";
  tube.t2 = 0;
  EXPECT_EQ(kindOnT2Alone(tube, level - Vec3{0, 0, 15}), VesselKind::unknown)
      << "beside V the petrosal vein is as dark";
}

TEST(FindVessels, CallsAWideVoidAnArteryWithoutTof) {
  const VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 1.6);
  for (const double t2 : {0.0, 0.15}) {
    tube.t2 = t2;
    EXPECT_EQ(kindOnT2Alone(tube, fixture.at(0.5, 0.5, 0.5) - Vec3{0, 0, 15}), VesselKind::artery)
        << t2;
  }
}

TEST(FindVessels, CallsATubeThatCrossesOpenCsfFromTheMidlineAnArteryWithoutTof) {
  const VesselFixture fixture;
  FixtureTube tube;
  tube.from = fixture.at(-0.1, -0.1, -0.1);
  tube.to = fixture.at(1.1, 1.1, 1.1);
  tube.radius_mm = 0.5;
  tube.t2 = 0.2;
  const Point3 medial_end = fixture.at(0, 0.5, 0.5);
  EXPECT_EQ(kindOnT2Alone(tube, medial_end - Vec3{5, 0, 0}), VesselKind::artery);
  EXPECT_EQ(kindOnT2Alone(tube, medial_end - Vec3{15, 0, 0}), VesselKind::unknown);
}

/// A wide artery with a thin tube along its flank, which has @p tof.
Anatomy foundOnTheFlank(double tof, FixtureTube& thin) {
  VesselFixture fixture;
  FixtureTube wide = slanted(fixture, 1.5);
  wide.tof = 4.5;
  thin = slanted(fixture, 0.4);
  thin.tof = tof;
  const Vec3 aside = 1.95 * perpendicularTo(normalized(thin.to - thin.from));
  thin.from += aside;
  thin.to += aside;
  return found(fixture.withTof().add(wide).add(thin));
}

TEST(FindVessels, CallsAThinTubeOnTheFlankOfAWideArteryAnArteryByItsOwnFlow) {
  FixtureTube thin;
  for (const double tof : {0.9, 3.0}) {
    const Anatomy anatomy = foundOnTheFlank(tof, thin);
    ASSERT_EQ(anatomy.vessels.size(), 2U) << tof;
    EXPECT_EQ(anatomy.vessels[1].kind, tof > 2 ? VesselKind::artery : VesselKind::unknown);
  }
}

TEST(FindVessels, FindsAThinDarkTubeAllAlongTheFlankOfAWideArtery) {
  FixtureTube thin;
  const Anatomy anatomy = foundOnTheFlank(0.9, thin);
  ASSERT_EQ(anatomy.vessels.size(), 2U);
  const Tube& tube = anatomy.vessels[1].tube;
  EXPECT_GT(lengthOf(tube.points_mm), 10);
  for (const Point3& p : tube.points_mm) {
    EXPECT_LT(thin.distanceTo(p), 0.3);
  }
}

TEST(FindVessels, KeepsAWideArteryWhoseTofSignalIsLost) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 1.6);
  ASSERT_GT(distance(tube.from, tube.to), 13) << "more than four times as long as wide";
  const Anatomy anatomy = found(fixture.withTof().add(tube));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::artery) << "no vein is as wide and as dark";
  EXPECT_FALSE(anatomy.vessels[0].evidence.seen_on_tof);
}

TEST(FindVessels, TakesAShortWideBodyWithoutTofSignalForNoVessel) {
  VesselFixture fixture;
  const FixtureTube body = slanted(fixture, 2.4);
  ASSERT_LT(distance(body.from, body.to), 4 * 4.8) << "as long as the box alone";
  EXPECT_TRUE(found(fixture.withTof().add(body)).vessels.empty());
}

TEST(FindVessels, LeavesTheKindOpenWhereTofDoesNotReach) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.6);
  tube.tof = 2.2;
  fixture.withTof().add(tube);
  const FusedStudy study = fixture.study();
  const Anatomy anatomy =
      foundWithTofWithin(firstSlices(study.grid, 0.15), study, fixture.anatomy());
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::unknown);
  EXPECT_FALSE(anatomy.vessels[0].evidence.tof_over_brain);
  EXPECT_GT(lengthOf(anatomy.vessels[0].tube.points_mm), 12);
}

TEST(FindVessels, CallsATubeAVeinThatIsBrightOnCeT1Only) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.6);
  tube.ce_t1 = 2.2;
  const Anatomy anatomy = found(fixture.withTof().withCeT1().add(tube));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::vein);
  EXPECT_EQ(anatomy.vessels[0].name, VesselName::vein);
}

TEST(FindVessels, CallsAWideTubeAnArteryThatCeT1ShowsAsBloodThoughT2IsNoVoid) {
  const auto vessels = [](double ce_t1) {
    VesselFixture fixture;
    FixtureTube tube = slanted(fixture, 1.8);
    tube.t2 = 0.26;  // brain has 0.34
    tube.ce_t1 = ce_t1;
    return found(fixture.withCeT1().add(tube)).vessels;
  };
  const auto slow = vessels(2.5);
  ASSERT_EQ(slow.size(), 1U);
  EXPECT_EQ(slow[0].kind, VesselKind::artery);
  EXPECT_TRUE(vessels(0.7).empty()) << "flocculus";
}

TEST(FindVessels, TakesNothingForAVeinThatIsNearerToFluidThanToBrainOnT2) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.6);
  tube.t2 = 0.72;
  tube.ce_t1 = 2.2;
  EXPECT_TRUE(found(fixture.withTof().withCeT1().add(tube)).vessels.empty());
}

TEST(FindVessels, FollowsAVeinThroughTheGreyStrandOnWhichItLies) {
  VesselFixture fixture;
  FixtureTube vein = slanted(fixture, 0.45);
  vein.ce_t1 = 2.2;
  FixtureTube strand = slanted(fixture, 1.0);
  strand.from = fixture.at(-0.1, 0.55, 0.5);
  strand.to = fixture.at(1.1, 0.45, 0.5);
  strand.t2 = 0.3;
  strand.tof = 0.9;
  strand.ce_t1 = 1.0;
  const Anatomy anatomy = found(fixture.withTof().withCeT1().add(strand).add(vein));
  double longest_mm = 0;
  for (const Vessel& vessel : anatomy.vessels) {
    if (vessel.kind == VesselKind::vein) {
      longest_mm = std::max(longest_mm, lengthOf(vessel.tube.points_mm));
    }
  }
  EXPECT_GT(longest_mm, 10);
}

TEST(FindVessels, CallsAThinNerveNoVeinWhereFluidIsBrightOnCeT1) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.3);
  tube.ce_t1 = 1.1;
  const Anatomy anatomy = found(fixture.withTof().withCeT1(0.75).add(tube));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::unknown);
}

TEST(FindVessels, RecoversAxisAndRadiusOfAThinTubeUnderBlur) {
  for (const double radius_mm : {0.4, 0.7, 1.4}) {
    VesselFixture fixture;
    FixtureTube tube = slanted(fixture, radius_mm);
    tube.tof = 2.2;
    const Anatomy anatomy = found(fixture.withTof().add(tube));
    ASSERT_EQ(anatomy.vessels.size(), 1U) << radius_mm;
    const Tube& fitted = anatomy.vessels[0].tube;
    for (std::size_t n = 3; n + 3 < fitted.size(); ++n) {
      EXPECT_LT(tube.distanceTo(fitted.points_mm[n]), 0.12) << radius_mm;
      EXPECT_NEAR(fitted.radius_mm[n], radius_mm, 0.12 * radius_mm + 0.02);
    }
  }
}

TEST(FindVessels, FindsTwoVesselsThatCross) {
  VesselFixture fixture;
  FixtureTube one = slanted(fixture, 0.5);
  one.tof = 2;
  FixtureTube other;
  other.from = fixture.at(0.5, -0.1, 0.72);
  other.to = fixture.at(0.5, 1.1, 0.72);
  other.radius_mm = 0.5;
  other.tof = 2;
  const Anatomy anatomy = found(fixture.withTof().add(one).add(other));
  ASSERT_EQ(anatomy.vessels.size(), 2U);
  const auto follows = [&](const FixtureTube& tube) {
    return std::count_if(anatomy.vessels.begin(), anatomy.vessels.end(), [&](const Vessel& v) {
      return tube.distanceTo(v.tube.points_mm[v.tube.size() / 3]) < 0.2;
    });
  };
  EXPECT_EQ(follows(one), 1);
  EXPECT_EQ(follows(other), 1);
}

TEST(FindVessels, DoesNotTakeTheFacialNerveForAVessel) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.6);
  tube.t2 = 0.32;
  Anatomy anatomy = fixture.withTof().add(tube).anatomy();
  Nerve nerve;
  nerve.name = NerveName::facial;
  for (int n = 0; n <= 40; ++n) {
    nerve.tube.points_mm.push_back(tube.from + (n / 40.0) * (tube.to - tube.from));
    nerve.tube.radius_mm.push_back(0.6);
  }
  anatomy.nerves.push_back(nerve);
  EXPECT_TRUE(found(fixture, anatomy).vessels.empty());
  EXPECT_EQ(found(fixture).vessels.size(), 1U) << "without the nerve the tube must be seen";
}

/// A tube that lies on the brain's surface, as arteries do.
FixtureTube onBrain(const VesselFixture& fixture, double height) {
  FixtureTube tube;
  tube.from = fixture.at(-0.1, 0.4, height);
  tube.to = fixture.at(1.1, 0.6, height);
  tube.radius_mm = 0.7;
  return tube;
}

TEST(FindVessels, SeesAFlowVoidOnTheBrainWithoutTof) {
  VesselFixture fixture;
  const FixtureTube tube = onBrain(fixture, 0.5);
  const Anatomy anatomy = found(fixture.withBrainBelow(0.46).add(tube));
  ASSERT_EQ(anatomy.vessels.size(), 1U);
  EXPECT_EQ(anatomy.vessels[0].kind, VesselKind::unknown);
  EXPECT_LT(tube.distanceTo(anatomy.vessels[0].tube.points_mm[10]), 0.3);
}

TEST(FindVessels, TakesNoGreyRidgeOfTheBrainForAVessel) {
  for (const double t2 : {0.1, 0.34}) {
    VesselFixture fixture;
    FixtureTube ridge = onBrain(fixture, 0.47);
    ridge.t2 = t2;
    const Anatomy anatomy = found(fixture.withBrainBelow(0.46).add(ridge));
    EXPECT_EQ(anatomy.vessels.size(), t2 < 0.2 ? 1U : 0U) << t2;
  }
}

/// A line as fitted, hemmed in by bone on more than a quarter of its circumference.
FittedLine hemmedLine(double radius_mm, double t2, std::size_t size) {
  FittedLine line;
  for (std::size_t n = 0; n < size; ++n) {
    line.points_mm.push_back({10 + 0.5 * static_cast<double>(n), -4, 7});
  }
  line.radius_mm.assign(size, radius_mm);
  line.t2_level.assign(size, t2);
  line.explained.assign(size, 0.7);
  line.open.assign(size, 0.72);
  line.blocked.assign(size, 0.28);
  line.brain_mm.assign(size, 3.0);
  return line;
}

TEST(DarkPieces, KeepAVoidThatRunsAlongBoneButNothingAsGreyAsANerve) {
  VesselImages images;
  images.t2_brain = 0.34;
  EXPECT_EQ(darkPieces(hemmedLine(0.6, 0.05, 12), images, {}).size(), 1U);
  EXPECT_EQ(darkPieces(hemmedLine(0.6, 0.3, 12), images, {}).size(), 0U);
}

TEST(DarkPieces, NeedNotExplainTheDarknessOfBoneBesideAVoid) {
  VesselImages images;
  images.t2_brain = 0.34;
  FittedLine line = hemmedLine(0.6, 0.05, 12);
  line.explained.assign(12, 0.45);
  EXPECT_EQ(darkPieces(line, images, {}).size(), 1U);
  line.blocked.assign(12, 0);
  line.open.assign(12, 1);
  EXPECT_EQ(darkPieces(line, images, {}).size(), 0U) << "in open CSF";
}

TEST(TrunkPieces, KeepALongWideVoidThatTouchesTheSkullButNoShortOneAndNoWall) {
  VesselImages images;
  images.t2_brain = 0.34;
  FittedLine line = hemmedLine(2.0, 0.02, 30);
  line.open.assign(30, 0.3);
  line.blocked.assign(30, 0.7);
  line.explained.assign(30, 0.9);
  EXPECT_EQ(darkPieces(line, images, {}).size(), 0U);
  HeadFrame frame;
  frame.head_from_lps.translation = {-17, 4, -7};
  EXPECT_EQ(trunkPieces(line, images, frame, {}).size(), 1U);
  EXPECT_EQ(trunkPieces(sliced(line, 0, 15), images, frame, {}).size(), 0U);
  EXPECT_EQ(trunkPieces(line, images, HeadFrame{}, {}).size(), 0U) << "off the midline";
  line.explained.assign(30, 0.6);
  EXPECT_EQ(trunkPieces(line, images, frame, {}).size(), 0U);
}

/// The kind of a dark tube without signal on TOF that runs 18 mm laterally from @p off_mm beside
/// the wall of the basilar artery, @p brain_mm above the brain, where a course is @p course_mm.
VesselKind kindOfBranch(double off_mm, double brain_mm,
                        double course_mm = VesselOptions().course_mm) {
  VesselImages images;
  images.t2_brain = 0.34;
  GridGeometry grid;
  grid.size = {90, 40, 60};
  grid.origin_mm = {-20, -30, -25};
  images.tof = ImageF(grid);
  images.tof_coverage.grid = grid;
  Piece trunk;
  trunk.kind = VesselKind::artery;
  trunk.line = hemmedLine(1.8, 0.02, 40);
  for (std::size_t n = 0; n < 40; ++n) {
    trunk.line.points_mm[n] = {1, -9, -15 + 0.5 * static_cast<double>(n)};
  }
  Piece branch;
  branch.line = hemmedLine(0.5, 0.15, 40);
  for (std::size_t n = 0; n < 40; ++n) {
    branch.line.points_mm[n] = {2.8 + off_mm + 0.45 * static_cast<double>(n), -9, -4};
  }
  branch.line.brain_mm.assign(40, brain_mm);
  std::vector<Piece> pieces = {trunk, branch};
  judgeKindsBeyondTof(images, {}, course_mm, pieces);
  return pieces.back().kind;
}

TEST(JudgeKinds, TakesASlowTubeThatComesFromATrunkThroughOpenCsfForItsBranch) {
  EXPECT_EQ(kindOfBranch(0.2, 3), VesselKind::artery);
  EXPECT_EQ(kindOfBranch(2.0, 3), VesselKind::unknown) << "does not meet the trunk";
  EXPECT_EQ(kindOfBranch(0.2, 0.8), VesselKind::unknown) << "a vein of the pons";
  EXPECT_EQ(kindOfBranch(0.2, 3, 18), VesselKind::unknown) << "17.6 mm are too short";
}

/// The kind of a void of @p ce_t1 on CE-T1 and @p tof on TOF, beside a basilar artery of
/// @p trunk_ce_t1.
VesselKind kindOfVoid(double ce_t1, double trunk_ce_t1, double tof = 0) {
  VesselImages images;
  images.t2_brain = 0.34;
  Piece trunk;
  trunk.line = hemmedLine(1.8, 0.02, 40);
  trunk.line.ce_t1_level.assign(40, trunk_ce_t1);
  Piece shape;
  shape.line = hemmedLine(1.1, 0.05, 13);
  for (Point3& p : shape.line.points_mm) p.z = -4;  // below V
  shape.line.ce_t1_level.assign(13, ce_t1);
  if (tof > 0) shape.line.tof_level.assign(13, tof);
  std::vector<Piece> pieces = {trunk, shape};
  judgeKindsBeyondTof(images, {}, VesselOptions().course_mm, pieces);
  return pieces.back().kind;
}

TEST(JudgeKinds, TakesAVoidThatContrastAgentLeavesDarkForNoArtery) {
  EXPECT_EQ(kindOfVoid(2.2, 2.4), VesselKind::artery);
  EXPECT_EQ(kindOfVoid(0.1, 2.4), VesselKind::unknown) << "a pad";
  EXPECT_EQ(kindOfVoid(0.9, 2.4), VesselKind::unknown) << "a dark band in brain";
  EXPECT_EQ(kindOfVoid(0.1, 0.1), VesselKind::artery) << "black blood shows no artery";
  EXPECT_EQ(kindOfVoid(0.1, 2.4, 2.0), VesselKind::artery) << "TOF shows its flow";
}

TEST(JudgeKinds, TakesADarkBodyThatIsNoLongerThanWideForNoVesselWithoutTof) {
  VesselImages images;
  images.t2_brain = 0.34;
  const auto kept = [&](double radius_mm) {
    Piece body;
    body.line = hemmedLine(radius_mm, 0.08, 10);
    std::vector<Piece> pieces = {body};
    judgeKindsBeyondTof(images, {}, VesselOptions().course_mm, pieces);
    return pieces.size();
  };
  ASSERT_NEAR(lengthOf(hemmedLine(1, 0.08, 10).points_mm), 4.5, 0.5);
  EXPECT_EQ(kept(1.8), 1U) << "a vertebral artery that is cut off by the field";
  EXPECT_EQ(kept(3.4), 0U) << "the grain of a dark band";
}

/// An ear whose canal holds the whole of @p tube.
Ear earAround(const FixtureTube& tube) {
  const Vec3 along = normalized(tube.to - tube.from);
  Ear ear;
  ear.canal_axis_mm = {tube.from - 4.0 * along, tube.to};
  ear.labyrinth_mm = tube.to + 40.0 * along;
  return ear;
}

TEST(FindVessels, WantsBloodOfATubeInTheCanal) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.5);
  Anatomy anatomy = fixture.withTof().add(tube).anatomy();
  EXPECT_EQ(found(fixture, anatomy).vessels.size(), 1U) << "in the cistern it is listed";
  anatomy.ears = {earAround(tube)};
  EXPECT_TRUE(found(fixture, anatomy).vessels.empty());
}

TEST(FindVessels, FindsAnArteryInTheCanal) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.5);
  tube.tof = 2.2;
  Anatomy anatomy = fixture.withTof().add(tube).anatomy();
  anatomy.ears = {earAround(tube)};
  const Anatomy with = found(fixture, anatomy);
  ASSERT_EQ(with.vessels.size(), 1U);
  EXPECT_EQ(with.vessels[0].kind, VesselKind::artery);
}

TEST(FindVessels, TakesNoBrightBrainForAWideArtery) {
  VesselFixture fixture;
  FixtureTube tube = onBrain(fixture, 0.33);
  tube.radius_mm = 1.6;
  tube.tof = 1.9;
  fixture.withTof().withBrainBelow(0.46);
  EXPECT_EQ(found(VesselFixture(fixture).add(tube)).vessels.size(), 1U);
  tube.t2 = 0.34;
  EXPECT_TRUE(found(fixture.add(tube)).vessels.empty());
}

TEST(FindVessels, FindsNothingInPlainFluid) {
  EXPECT_TRUE(found(VesselFixture().withTof()).vessels.empty());
}

TEST(FindVessels, GivesTheSameBytesForAnyNumberOfThreads) {
  VesselFixture fixture;
  FixtureTube tube = slanted(fixture, 0.5);
  tube.tof = 2;
  fixture.withTof().add(tube);
  const Anatomy one = found(fixture, fixture.anatomy(), 1);
  const Anatomy four = found(fixture, fixture.anatomy(), 4);
  ASSERT_EQ(one.vessels.size(), four.vessels.size());
  for (std::size_t n = 0; n < one.vessels.size(); ++n) {
    EXPECT_TRUE(one.vessels[n].tube.points_mm == four.vessels[n].tube.points_mm);
    EXPECT_EQ(one.vessels[n].tube.radius_mm, four.vessels[n].tube.radius_mm);
  }
}

TEST(VesselOptions, BeginFainterAndShorterTubesInThickSlices) {
  const VesselOptions usual;
  const VesselOptions thick = forThickSlices(usual);
  EXPECT_NEAR(thick.seed_contrast, 0.18, 1e-9);
  EXPECT_NEAR(thick.course_mm, 12, 1e-9);
  EXPECT_EQ(thick.follow_contrast, usual.follow_contrast);
  VesselOptions faint;
  faint.seed_contrast = faint.follow_contrast;
  EXPECT_NO_THROW(validate(forThickSlices(faint)));
}

TEST(VesselOptions, RefusesAFollowingThresholdAboveTheSeeds) {
  VesselOptions options;
  options.follow_contrast = 2 * options.seed_contrast;
  try {
    validate(options);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_NE(error.message().find("follow_contrast"), std::string::npos);
  }
}

}  // namespace
}  // namespace neurovasc::anatomy
