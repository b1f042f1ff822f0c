#include "neurovasc/contact/assess.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "contact/scene_fixture.h"
#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

using testing::arteryOf;
using testing::moved;
using testing::Scene;
using testing::sceneOf;
using testing::SceneSpec;
using testing::towardsVessel;
using testing::trueVessel;
using testing::usualScene;

const SideAssessment& sideOf(const std::vector<SideAssessment>& sides, Side side) {
  return sides.at(side == Side::left ? 0 : 1);
}

std::vector<SideAssessment> assessed(const Scene& scene, const ContactOptions& options = {}) {
  return assess(scene.study, scene.anatomy, options, {});
}

TEST(Assess, FindsTheContactOnItsSideAndNothingOnTheOther) {
  SceneSpec spec;
  spec.gap_mm = 0;
  const auto sides = assessed(sceneOf(spec));
  ASSERT_EQ(sides.size(), 2U);
  const SideAssessment& left = sideOf(sides, Side::left);
  ASSERT_EQ(left.contacts.size(), 1U);
  const Contact& contact = left.contacts[0];
  EXPECT_EQ(contact.id, "L1");
  EXPECT_EQ(contact.vessel_id, "V1");
  EXPECT_EQ(contact.kind, VesselKind::artery);
  EXPECT_GE(*contact.contact_probability, 0.5);
  EXPECT_NEAR(*contact.arclength_mm, 12, 0.5);
  EXPECT_EQ(contact.zone, Zone::cisternal_portion);
  EXPECT_NEAR(*contact.angle_deg, 90, 5);
  EXPECT_NEAR(*contact.diameter_mm, 1.0, 0.15);
  EXPECT_GT(*contact.area_mm2, 0);
  EXPECT_TRUE(sideOf(sides, Side::right).contacts.empty());
  EXPECT_EQ(sideOf(sides, Side::right).finding, Finding::not_assessable);
}

TEST(Assess, ListsAVesselThatPassesByWithoutCallingItAContact) {
  SceneSpec spec;
  spec.gap_mm = 1.2;
  const auto sides = assessed(sceneOf(spec));
  ASSERT_EQ(sides[0].contacts.size(), 1U);
  EXPECT_LT(*sides[0].contacts[0].contact_probability, 0.5);
  EXPECT_EQ(sides[0].contacts[0].state, ContactState::separate);
  EXPECT_EQ(sides[0].contacts[0].campos_benitez, CamposBenitezGrade::none);
  EXPECT_NE(sides[0].finding, Finding::contact);
}

TEST(Assess, AssertsNoContactWithALineThatMayBeNoNerve) {
  SceneSpec spec;
  spec.gap_mm = 0;
  Scene scene = sceneOf(spec);
  Tube& tube = facialNerve(scene.anatomy, Side::left).tube;
  tube.confidence.assign(tube.size(), 0.2);
  const SideAssessment left = assessed(scene)[0];
  ASSERT_EQ(left.contacts.size(), 1U);
  EXPECT_LT(*left.contacts[0].contact_probability, 0.5);
  EXPECT_EQ(left.finding, Finding::not_assessable);
}

double probabilityOf(const Scene& scene) {
  const auto contacts = assessed(scene)[0].contacts;
  return contacts.size() == 1 ? *contacts[0].contact_probability : -1;
}

TEST(Assess, IsLessSureOfADarkTubeAndOfADoubtfulLineThanOfBlood) {
  SceneSpec spec;
  spec.gap_mm = -0.3;
  Scene scene = sceneOf(spec);
  Vessel& vessel = scene.anatomy.vessels[0];
  vessel.evidence.seen_on_tof = true;
  const double blood = probabilityOf(scene);
  EXPECT_GT(blood, 0.95);
  EXPECT_LT(blood, 0.99);
  vessel.evidence.seen_on_tof = false;
  const double flow_void = probabilityOf(scene);
  vessel.kind = VesselKind::unknown;
  const double dark = probabilityOf(scene);
  EXPECT_GT(blood, flow_void);
  EXPECT_GT(flow_void, dark);
  EXPECT_GT(dark, 0.8);
  facialNerve(scene.anatomy, Side::left).status = NerveStatus::partial;
  const double partial = probabilityOf(scene);
  EXPECT_LT(partial, dark);
  EXPECT_GT(partial, 0.5);
  Tube& line = facialNerve(scene.anatomy, Side::left).tube;
  line.confidence.assign(line.size(), 0.5);
  EXPECT_LT(probabilityOf(scene), partial);
}

TEST(Assess, NumbersContactsByArcLengthWhateverTheVesselsOrder) {
  Scene scene = usualScene();
  const Tube vessel = trueVessel({});
  scene.anatomy.vessels = {arteryOf("V1", moved(vessel, 2.5 * testing::nerveAxis(), 1)),
                           arteryOf("V2", moved(vessel, -2.5 * testing::nerveAxis(), 1))};
  const auto sides = assessed(scene);
  ASSERT_EQ(sides[0].contacts.size(), 2U);
  EXPECT_EQ(sides[0].contacts[0].id, "L1");
  EXPECT_EQ(sides[0].contacts[0].vessel_id, "V2");
  EXPECT_LT(*sides[0].contacts[0].arclength_mm, *sides[0].contacts[1].arclength_mm);
}

TEST(Assess, CountsAVesselCutIntoTwoPiecesOnce) {
  Scene scene = usualScene();
  const Tube whole = scene.anatomy.vessels[0].tube;
  const std::size_t cut = whole.size() / 2 + 3;
  Tube first = whole;
  first.points_mm.resize(cut);
  first.radius_mm.resize(cut);
  Tube second;
  second.points_mm.assign(whole.points_mm.begin() + static_cast<long>(cut), whole.points_mm.end());
  second.radius_mm.assign(whole.radius_mm.begin() + static_cast<long>(cut), whole.radius_mm.end());
  scene.anatomy.vessels = {arteryOf("V1", first), arteryOf("V2", second)};
  EXPECT_EQ(assessed(scene)[0].contacts.size(), 1U);
}

TEST(Assess, CountsAVesselFoundTwiceOnce) {
  Scene scene = usualScene();
  Tube again = moved(scene.anatomy.vessels[0].tube, {0.1, 0.1, 0}, 0.8);
  again.points_mm.resize(again.size() - 8);
  again.radius_mm.resize(again.size());
  scene.anatomy.vessels.push_back(arteryOf("V2", again));
  const auto contacts = assessed(scene)[0].contacts;
  ASSERT_EQ(contacts.size(), 1U);
  EXPECT_EQ(contacts[0].vessel_id, "V1");
}

TEST(Assess, KeepsAThinArteryBesideAWideOneWhoseFitTakesItIn) {
  SceneSpec spec;
  spec.gap_mm = 0;
  spec.vessel_radius_mm = 1.9;  // both arteries, one dark body
  spec.vessel_bend_per_mm = 0.02;
  Scene scene = sceneOf(spec);
  Tube wide = trueVessel(spec);
  Tube thin = wide;
  wide.radius_mm.assign(wide.size(), 1.5);
  wide = moved(wide, 0.4 * towardsVessel(), 1);
  thin.radius_mm.assign(thin.size(), 0.4);
  thin = moved(thin, -1.5 * towardsVessel(), 1);
  thin.points_mm.resize(thin.size() - 8);
  thin.radius_mm.resize(thin.size());
  scene.anatomy.vessels = {arteryOf("V1", wide), arteryOf("V2", thin)};
  const auto contacts = assessed(scene)[0].contacts;
  EXPECT_TRUE(std::any_of(contacts.begin(), contacts.end(),
                          [](const Contact& c) { return c.vessel_id == "V2"; }));
}

/// The contact of V1, a trunk on the attached nerve whose near wall is hidden or not by a thin
/// artery on @p side of it.
Contact contactOfTrunk(bool with_thin, double side, const ContactOptions& options = {}) {
  SceneSpec spec;
  spec.gap_mm = 0;
  spec.vessel_radius_mm = 1.9;  // both arteries, one dark body
  Scene scene = sceneOf(spec);
  Tube wide = trueVessel(spec);
  Tube thin = wide;
  wide.radius_mm.assign(wide.size(), 1.5);
  wide = moved(wide, 0.4 * towardsVessel(), 1);
  thin.radius_mm.assign(thin.size(), 0.4);
  const double to_other_side = side < 0 ? 2 * (spec.nerve_radius_mm + 1.9 - 1.5) : 0;
  thin = moved(thin, -(1.5 + to_other_side) * towardsVessel(), 1);
  Nerve& nerve = scene.anatomy.nerves[0];
  nerve.landmarks.detachment_point->lps_mm = pointAt(nerve.tube.points_mm, 16);
  scene.anatomy.vessels = {arteryOf("V1", wide)};
  if (with_thin) scene.anatomy.vessels.push_back(arteryOf("V2", thin));
  const auto sides = assessed(scene, options);
  for (const Contact& c : sides[0].contacts) {
    if (c.vessel_id == "V1") return c;
  }
  ADD_FAILURE() << "V1 is not listed";
  return {};
}

TEST(Assess, IsLessSureHowFarATrunkIsBehindAThinArteryThatItPressesOnTheNerve) {
  const auto sd = [](bool with_thin, double side) {
    return contactOfTrunk(with_thin, side).distance_sd_mm.value_or(0);
  };
  const double alone = sd(false, 1);
  EXPECT_GT(sd(true, 1), std::hypot(alone, 0.25));
  EXPECT_NEAR(sd(true, -1), alone, 0.1);
}

TEST(Assess, DoubtsATrunkWithoutFluidUnderItUnlessAThinArteryIsThere) {
  ContactOptions by_tubes;
  by_tubes.gap.fit = false;
  const auto probability = [&](bool with_thin) {
    return contactOfTrunk(with_thin, 1, by_tubes).contact_probability.value_or(1);
  };
  EXPECT_NEAR(probability(false), 0.4, 1e-6);
  EXPECT_LT(probability(true), ZoneOptions().undecided_probability);
}

TEST(Assess, LeavesOutDarkTubesThatShowNoBlood) {
  Scene scene = usualScene();
  Vessel& vessel = scene.anatomy.vessels[0];
  vessel.kind = VesselKind::unknown;
  EXPECT_EQ(assessed(scene)[0].contacts.size(), 1U);  // T2 alone does not tell
  vessel.evidence.tof_over_brain = 0.9;
  EXPECT_EQ(assessed(scene)[0].contacts.size(), 1U);  // may be a vein
  vessel.evidence.ce_t1_over_brain = 0.9;
  EXPECT_TRUE(assessed(scene)[0].contacts.empty());  // veins enhance
  vessel.evidence.ce_t1_over_brain = 2.0;
  EXPECT_EQ(assessed(scene)[0].contacts.size(), 1U);
}

TEST(Assess, LeavesOutATubeThatRunsInsideTheNerve) {
  Scene scene = usualScene();
  scene.anatomy.vessels = {arteryOf("V1", facialNerve(scene.anatomy, Side::left).tube)};
  EXPECT_TRUE(assessed(scene)[0].contacts.empty());
}

TEST(Assess, KeepsAVesselWithBloodOnToWhichTheNervesLineStrayed) {
  Scene scene = usualScene();
  Vessel& vessel = scene.anatomy.vessels[0];
  const Vec3 onto = towardsVessel() * (-0.65 - 0.5 - 0.3);
  vessel.tube = moved(vessel.tube, onto, 1);
  vessel.evidence.seen_on_t2 = false;
  EXPECT_TRUE(assessed(scene)[0].contacts.empty()) << "without blood it is the nerve once more";
  vessel.evidence.seen_on_t2 = true;
  EXPECT_EQ(assessed(scene)[0].contacts.size(), 1U) << "an artery by its void on T2 alone";
  vessel.evidence.seen_on_t2 = false;  // measured by the tubes as they are
  vessel.evidence.seen_on_tof = true;
  const SideAssessment side = assessed(scene)[0];
  ASSERT_EQ(side.contacts.size(), 1U);
  // Phi((0.25 + r) / r), r the vessel's, times the credit of blood: surfaces that meet have 0.69.
  EXPECT_NEAR(*side.contacts[0].contact_probability, 0.99 * 0.933, 0.01);
  EXPECT_EQ(*side.contacts[0].distance_mm, 0);
  EXPECT_EQ(side.contacts[0].deformity.indentation_mm.value_or(0), 0) << "its depth is not known";
  for (const ZoneFinding& zone : side.zones) {
    EXPECT_TRUE(zone.zone != side.contacts[0].zone || zone.status != ZoneStatus::clear);
  }
}

/// The usual scene with its vessel, dark and of unknown kind, across the nerve's own axis.
Scene sceneWithADarkTubeAcross() {
  Scene scene = usualScene();
  Vessel& vessel = scene.anatomy.vessels[0];
  vessel.tube = moved(vessel.tube, towardsVessel() * (-0.65 - 0.5 - 0.3), 1);
  // As short as a pad's edge may be.
  std::vector<Point3>& points = vessel.tube.points_mm;
  while (lengthOf(points) > 10) {
    points.erase(points.begin());
    points.pop_back();
  }
  vessel.tube.radius_mm.resize(vessel.tube.points_mm.size());
  vessel.kind = VesselKind::unknown;
  vessel.evidence.seen_on_t2 = false;  // measured by the tubes as they are
  return scene;
}

TEST(Assess, TakesADarkTubeAcrossTheNerveForALikelyContactThatIsNotSure) {
  const SideAssessment side = assessed(sceneWithADarkTubeAcross())[0];
  ASSERT_EQ(side.contacts.size(), 1U);
  EXPECT_NEAR(*side.contacts[0].contact_probability, 0.6, 1e-9);
  EXPECT_EQ(side.contacts[0].state, ContactState::below_resolution);
  for (const ZoneFinding& zone : side.zones) {
    EXPECT_TRUE(zone.zone != side.contacts[0].zone || zone.status == ZoneStatus::contact);
  }
}

TEST(Assess, TakesADarkTubeAcrossTheNerveForBloodIfAnArteryGoesOnInIt) {
  Scene scene = sceneWithADarkTubeAcross();
  const Tube whole = scene.anatomy.vessels[0].tube;
  constexpr long kCut = 12;
  Tube& dark = scene.anatomy.vessels[0].tube;
  dark.points_mm.erase(dark.points_mm.begin(), dark.points_mm.begin() + kCut);
  dark.radius_mm.erase(dark.radius_mm.begin(), dark.radius_mm.begin() + kCut);
  Tube flowing = whole;
  flowing.points_mm.resize(kCut);
  flowing.radius_mm.resize(kCut);
  scene.anatomy.vessels.push_back(arteryOf("V2", flowing));
  const auto contacts = assessed(scene)[0].contacts;
  ASSERT_EQ(contacts.size(), 1U);
  EXPECT_EQ(contacts[0].vessel_id, "V1");
  EXPECT_GT(*contacts[0].contact_probability, 0.65);
}

TEST(Assess, TakesADarkTubeAcrossTheNerveForAVesselIfItIsLongerThanAnyPad) {
  Scene scene = sceneWithADarkTubeAcross();
  Tube& tube = scene.anatomy.vessels[0].tube;
  const Vec3 along = normalized(tube.points_mm.back() - tube.points_mm.front());
  for (int n = 0; n < 16; ++n) {
    tube.points_mm.push_back(tube.points_mm.back() + along * 0.5);
    tube.radius_mm.push_back(tube.radius_mm.back());
  }
  ASSERT_GT(lengthOf(tube.points_mm), 12);
  EXPECT_GE(*assessed(scene)[0].contacts.at(0).contact_probability, 0.65);
}

TEST(Assess, TakesADarkTubeAcrossTheNerveForBloodIfItEnhances) {
  Scene scene = sceneWithADarkTubeAcross();
  scene.anatomy.vessels[0].evidence.ce_t1_over_brain = 1.3;  // as much as blur from a vessel beside
  EXPECT_LT(*assessed(scene)[0].contacts.at(0).contact_probability, 0.65);
  scene.anatomy.vessels[0].evidence.ce_t1_over_brain = 2.2;
  EXPECT_GE(*assessed(scene)[0].contacts.at(0).contact_probability, 0.65);
}

TEST(Assess, CountsAVesselOnceWhosePiecesMeetBesideTheNerve) {
  Scene scene = usualScene();
  const Tube whole = scene.anatomy.vessels[0].tube;
  const auto piece = [&whole](std::size_t begin, std::size_t end) {
    const auto points = whole.points_mm.begin();
    const auto radii = whole.radius_mm.begin();
    return Tube{{points + static_cast<long>(begin), points + static_cast<long>(end)},
                {radii + static_cast<long>(begin), radii + static_cast<long>(end)},
                {}};
  };
  const std::size_t middle = whole.size() / 2;
  // Both pieces end a little off the nearest place, and turn to the nerve again beyond.
  Tube first = piece(0, middle - 2);
  Tube second = piece(middle + 2, whole.size());
  first.points_mm[first.size() - 4] -= 0.3 * towardsVessel();
  second.points_mm[3] -= 0.3 * towardsVessel();
  scene.anatomy.vessels = {arteryOf("V1", first), arteryOf("V2", second)};
  EXPECT_EQ(assessed(scene)[0].contacts.size(), 1U);
}

TEST(Assess, CountsALoopOnceWhoseNearLimbEndsOnTheFarOne) {
  Scene scene = usualScene();
  const Tube whole = scene.anatomy.vessels[0].tube;
  const std::size_t middle = whole.size() / 2;
  // The other limb comes back 0.9 mm farther off and ends on this one's flank, past its place
  // nearest to the nerve.
  Tube limb;
  for (std::size_t n = middle - 3; n < whole.size(); ++n) {
    limb.points_mm.push_back(whole.points_mm[n] + 0.9 * towardsVessel());
    limb.radius_mm.push_back(whole.radius_mm[n]);
  }
  scene.anatomy.vessels = {arteryOf("V1", whole), arteryOf("V2", limb)};
  const auto contacts = assessed(scene)[0].contacts;
  ASSERT_EQ(contacts.size(), 1U);
  EXPECT_EQ(contacts[0].vessel_id, "V1");
}

TEST(Assess, MeasuresNothingOnAThickSeries) {
  Scene scene = usualScene();
  scene.study.resolution = Resolution::too_thick;
  const auto sides = assessed(scene);
  EXPECT_TRUE(sides[0].contacts.empty());
  EXPECT_EQ(sides[0].finding, Finding::not_assessable);
  EXPECT_EQ(sides[0].nerve.status, NerveStatus::segmented);
}

TEST(Assess, GivesAZoneButNoArcLengthWithoutARootExitPoint) {
  Scene scene = usualScene();
  const std::optional<Zone> zone = assessed(scene)[0].contacts.at(0).zone;
  facialNerve(scene.anatomy, Side::left).landmarks.root_exit_point.reset();
  const auto sides = assessed(scene);
  ASSERT_EQ(sides[0].contacts.size(), 1U);
  EXPECT_FALSE(sides[0].contacts[0].arclength_mm);
  EXPECT_EQ(sides[0].contacts[0].zone, zone);
  EXPECT_TRUE(sides[0].contacts[0].distance_mm);
}

TEST(Assess, GivesNoZoneWithoutADetachmentPoint) {
  Scene scene = usualScene();
  facialNerve(scene.anatomy, Side::left).landmarks.root_exit_point.reset();
  facialNerve(scene.anatomy, Side::left).landmarks.detachment_point.reset();
  const auto sides = assessed(scene);
  ASSERT_EQ(sides[0].contacts.size(), 1U);
  EXPECT_FALSE(sides[0].contacts[0].zone);
  EXPECT_TRUE(sides[0].contacts[0].distance_mm);
}

TEST(Assess, AssessesOnlyTheSidesAsked) {
  ContactOptions options;
  options.sides = {Side::right};
  const auto sides = assessed(usualScene(), options);
  ASSERT_EQ(sides.size(), 1U);
  EXPECT_EQ(sides[0].side, Side::right);
}

TEST(Assess, GivesTheSameBitsAtOneAndFourThreads) {
  const Scene scene = usualScene();
  ContactOptions one;
  one.threads = 1;
  ContactOptions four;
  four.threads = 4;
  const Contact a = assessed(scene, one)[0].contacts.at(0);
  const Contact b = assessed(scene, four)[0].contacts.at(0);
  EXPECT_EQ(*a.distance_mm, *b.distance_mm);
  EXPECT_EQ(*a.distance_sd_mm, *b.distance_sd_mm);
  EXPECT_EQ(*a.area_mm2, *b.area_mm2);
  EXPECT_EQ(a.nerve_point_mm->x, b.nerve_point_mm->x);
}

TEST(Assess, StopsWhenAsked) {
  const Scene scene = usualScene();
  StopToken stop;
  stop.requestStop();
  try {
    assess(scene.study, scene.anatomy, {}, Progress({}, {}, stop));
    FAIL() << "went on after the stop";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

ZoneFinding zone(Zone which, ZoneStatus status) {
  ZoneFinding out;
  out.zone = which;
  out.status = status;
  return out;
}

std::vector<ZoneFinding> allClear() {
  std::vector<ZoneFinding> zones;
  for (const Zone which : kZones) {
    zones.push_back(zone(which, ZoneStatus::clear));
  }
  return zones;
}

Contact contactIn(Zone where, double probability) {
  Contact contact;
  contact.zone = where;
  contact.contact_probability = probability;
  return contact;
}

TEST(Finding, IsNoContactOnlyIfTheWholeRootEntryIsClear) {
  auto zones = allClear();
  EXPECT_EQ(findingOf({}, zones, {}), Finding::no_contact);
  zones[4].status = ZoneStatus::not_assessable;  // the cisternal portion may be unseen
  EXPECT_EQ(findingOf({}, zones, {}), Finding::no_contact);
  zones[1].status = ZoneStatus::not_assessable;
  EXPECT_EQ(findingOf({}, zones, {}), Finding::not_assessable);
}

TEST(Finding, DoesNotCountContactsInsideTheCanal) {
  EXPECT_EQ(findingOf({contactIn(Zone::internal_canal, 0.9)}, allClear(), {}), Finding::no_contact);
}

TEST(Finding, IsCompressionWhereAnyContactDeformsTheNerve) {
  Contact pressing = contactIn(Zone::attached_segment, 0.9);
  pressing.deformity.indentation_mm = 0.7;
  pressing.deformity.indentation_sd_mm = 0.2;
  const std::vector<Contact> contacts = {contactIn(Zone::cisternal_portion, 0.8), pressing};
  EXPECT_EQ(findingOf(contacts, allClear(), {}), Finding::compression);
  EXPECT_EQ(findingOf({contacts[0]}, allClear(), {}), Finding::contact);
}

TEST(ContactOptions, RefuseNoSideAtAll) {
  ContactOptions options;
  options.sides.clear();
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::contact
