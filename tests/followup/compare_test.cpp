#include "neurovasc/followup/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "followup/courses.h"
#include "followup/heads.h"
#include "neurovasc/core/error.h"
#include "neurovasc/followup/reasons.h"

namespace neurovasc::followup {
namespace {

using testing::addNeighbour;
using ::testing::Contains;
using testing::dateOf;
using testing::Head;
using testing::Neighbour;

CompareOptions quick() {
  CompareOptions options;
  options.registration.images.samples = {3000, 5000, 10000};
  return options;
}

/// The date of a head with neighbours of the nerve, at one of two positions in the scanner.
FollowupDate dateWith(const std::vector<Neighbour>& neighbours, bool moved = false,
                      const std::vector<testing::Body>& bodies = {}) {
  Head head;
  head.bodies = bodies;
  head.seed = moved ? 2 : 1;
  if (moved) head.scanner_from_head = testing::anotherPosition();
  FollowupDate date = dateOf(head);
  for (const Neighbour& near : neighbours) addNeighbour(near, head, date);
  return date;
}

testing::Body padAt(double s_mm) {
  const Point3 a = testing::onNerve(Side::left, s_mm) - Vec3{0.7, 4.5, 0.7};
  return testing::pad(a, a + Vec3{1.5, 0, 1.5});
}

/// An operation long before the first of two dates, so that pads are old and it is no sign of
/// surgery between them.
CompareOptions operatedLongAgo() {
  CompareOptions options = quick();
  options.surgeries = {{Side::left, -400, {}}};
  return options;
}

std::vector<FollowupDate> dated(std::vector<FollowupDate> dates) {
  for (std::size_t n = 0; n < dates.size(); ++n) {
    dates[n].day = 100 * static_cast<int>(n);
  }
  return dates;
}

SideComparison leftOf(const FollowupDate& first, const FollowupDate& later) {
  return compare(dated({first, later}), operatedLongAgo()).sides.at(0);
}

TEST(Compare, CallsAGapThatOpenedResolvedAndTheSideDecompressed) {
  const SideComparison left = leftOf(dateWith({{4, 0}}), dateWith({{4, 1.2}}, true, {padAt(11)}));
  ASSERT_EQ(left.contacts.size(), 1U);
  EXPECT_EQ(left.contacts[0].state, ContactChange::resolved);
  EXPECT_NEAR(left.contacts[0].gap_change_mm.value(), 1.2, 1e-9);
  EXPECT_NEAR(left.contacts[0].gap_change_sd_mm.value(), 0.15 * std::sqrt(2.0), 1e-9);
  EXPECT_EQ(left.outcome, Outcome::decompressed);
  EXPECT_TRUE(left.sign_of_surgery);
  // The vessel went forward, which LPS counts as negative, in the first date's frame.
  EXPECT_NEAR(left.contacts[0].vessel_shift_mm.value().y, -1.2, 0.3);
  EXPECT_NEAR(left.contacts[0].vessel_shift_mm.value().x, 0, 0.3);
}

TEST(Compare, CallsContactThatStaysResidualWithAPadAndUnchangedWithoutSurgery) {
  const FollowupDate first = dateWith({{4, 0}});
  const SideComparison operated = leftOf(first, dateWith({{4.5, 0}}, true, {padAt(11)}));
  EXPECT_EQ(operated.contacts.at(0).state, ContactChange::residual);
  EXPECT_EQ(operated.outcome, Outcome::residual_contact);
  EXPECT_EQ(operated.contacts[0].pad_order, PadOrder::brainstem_contact_pad);
  EXPECT_THAT(operated.findings, Contains(FollowupFinding::residual_proximal_to_pad));
  EXPECT_EQ(leftOf(first, dateWith({{4.5, 0}}, true)).outcome, Outcome::unchanged);
}

TEST(Compare, TakesASurgeryDateBetweenTheDatesForASignOfSurgery) {
  FollowupDate first = dateWith({{4, 0}});
  FollowupDate later = dateWith({{4, 0}}, true);
  first.day = 100;
  later.day = 300;
  CompareOptions options = quick();
  options.surgeries = {{Side::left, 200, {Zone::cisternal_portion}}};
  const Comparison comparison = compare({first, later}, options);
  EXPECT_EQ(comparison.sides[0].outcome, Outcome::residual_contact);
  EXPECT_EQ(comparison.dates[1].days_since_first, 200);
  EXPECT_EQ(comparison.dates[1].weeks_since_surgery, 14);
  EXPECT_FALSE(comparison.dates[0].weeks_since_surgery);
  EXPECT_EQ(comparison.sides[0].zones[1].explored, false);
  EXPECT_EQ(comparison.sides[0].zones[4].explored, true);
  options.surgeries[0].day = 50;
  EXPECT_EQ(compare({first, later}, options).sides[0].outcome, Outcome::unchanged);
}

TEST(Compare, CallsAnotherVesselAtAnotherPlaceNew) {
  const SideComparison left =
      leftOf(dateWith({{3, 0}}), dateWith({{9, 0, VesselName::pica, 0.5}}, true, {padAt(13)}));
  ASSERT_EQ(left.contacts.size(), 2U);
  EXPECT_EQ(left.contacts[0].state, ContactChange::resolved);
  EXPECT_EQ(left.contacts[1].state, ContactChange::new_contact);
  EXPECT_EQ(left.outcome, Outcome::new_contact);
}

TEST(Compare, FollowsAVesselThatTouchesElsewhere) {
  const SideComparison left = leftOf(dateWith({{3, 0}}), dateWith({{9, 0}}, true, {padAt(13)}));
  ASSERT_EQ(left.contacts.size(), 1U);
  EXPECT_EQ(left.contacts[0].state, ContactChange::moved);
  EXPECT_EQ(left.outcome, Outcome::residual_contact);
}

TEST(Compare, TellsSureNamesApartAtOnePlace) {
  const SideComparison left =
      leftOf(dateWith({{4, 0}}), dateWith({{4, 0, VesselName::pica, 0.9}}, true, {padAt(11)}));
  ASSERT_EQ(left.contacts.size(), 2U);
  EXPECT_EQ(left.outcome, Outcome::new_contact);
}

TEST(Compare, MakesNothingOfAChangeWithinItsError) {
  FollowupDate later = dateWith({{4, 0.3}}, true, {padAt(11)});
  const SideComparison left = leftOf(dateWith({{4, 0}}), later);
  EXPECT_EQ(left.contacts.at(0).state, ContactChange::within_error);
  EXPECT_NEAR(left.contacts[0].smallest_change_mm.value(), 0.424, 1e-3);
}

TEST(Compare, DoubtsAGapOnTheBrainstemThatOpenedThoughTheVesselStayed) {
  const FollowupDate first = dateWith({{4, 0}});
  FollowupDate later = dateWith({{4, 0}}, true, {padAt(11)});
  Contact& contact = later.assessment.sides[0].contacts[0];
  contact.distance_mm = 1.6;
  contact.contact_probability = 0.02;
  later.assessment.sides[0].zones[1].status = ZoneStatus::clear;
  EXPECT_EQ(leftOf(first, later).contacts.at(0).state, ContactChange::within_error);
}

TEST(Compare, CallsNothingResolvedWhereBloodIsStillSeenAndNoVesselWasTraced) {
  // As addNeighbour() puts the vessel, in the images of both dates.
  const Point3 at = testing::onNerve(Side::left, 10) - Vec3{0, 1.2, 0};
  const testing::Body vessel = testing::artery(at - Vec3{0, 0, 5}, at + Vec3{0, 0, 5});
  const FollowupDate first = dateWith({{10, 0}}, false, {vessel});
  const SideComparison lost = leftOf(first, dateWith({}, true, {vessel, padAt(14)}));
  EXPECT_EQ(lost.contacts.at(0).state, ContactChange::not_assessable);
  EXPECT_EQ(lost.outcome, Outcome::not_assessable);
  EXPECT_EQ(lost.reason, words(Reason::still_there));
  const SideComparison gone = leftOf(first, dateWith({}, true, {padAt(14)}));
  EXPECT_EQ(gone.contacts.at(0).state, ContactChange::resolved);
  EXPECT_EQ(gone.outcome, Outcome::decompressed);
}

/// What touches at a later date, traced with a poor fit, with a pad at @p pad_mm.
SideComparison touchedByABlob(const FollowupDate& first, double pad_mm) {
  Neighbour blob{11, 0};
  blob.tubular = 0.65;
  return leftOf(first, dateWith({blob}, true, {padAt(pad_mm)}));
}

TEST(Compare, CountsWhatIsNoTubeBesideAPadNeitherAsContactNorAsNone) {
  const SideComparison left = touchedByABlob(dateWith({{4, 0}}), 11);
  const auto blob =
      std::find_if(left.contacts.begin(), left.contacts.end(),
                   [](const TrackedContact& c) { return !c.dates.back().contact_id.empty(); });
  ASSERT_NE(blob, left.contacts.end());
  EXPECT_TRUE(blob->dates.back().may_be_clot);
  EXPECT_EQ(blob->state, ContactChange::not_assessable);
  EXPECT_EQ(left.outcome, Outcome::not_assessable);
  EXPECT_EQ(left.reason, words(Reason::clot));
}

TEST(Compare, TakesAVesselThatSwellsWhereItTouchesForClotThatItRunsInto) {
  const FollowupDate first = dateWith({});
  Neighbour swollen{11, 0};
  swollen.widest_mm = 1.5;
  const SideComparison left = leftOf(first, dateWith({swollen}, true, {padAt(11)}));
  EXPECT_EQ(left.outcome, Outcome::not_assessable);
  EXPECT_EQ(left.reason, words(Reason::clot));
  swollen.widest_mm = 0.9;
  EXPECT_EQ(leftOf(first, dateWith({swollen}, true, {padAt(11)})).outcome, Outcome::new_contact);
}

TEST(Compare, KnowsThatClotMayHideThePadOfAnOperationItWasToldOf) {
  Neighbour blob{11, 0};
  blob.tubular = 0.65;
  const auto dates = dated({dateWith({}), dateWith({blob}, true)});
  CompareOptions options = quick();
  options.surgeries = {{Side::left, 20, {}}};
  EXPECT_EQ(compare(dates, options).sides.at(0).reason, words(Reason::clot));
  options.surgeries = {{Side::right, 20, {}}};
  EXPECT_EQ(compare(dates, options).sides.at(0).outcome, Outcome::new_contact);
}

TEST(Compare, TakesDatesThatWerePlacedBefore) {
  const std::vector<FollowupDate> dates =
      dated({dateWith({{4, 0}}), dateWith({{4, 1.2}}, true, {padAt(11)})});
  const Comparison once = compare(dates, operatedLongAgo());
  std::vector<ComparedDate> placed = once.dates;
  placed[1].registration->quality = 0.123;  // what no registration gives
  const Comparison again = comparePlaced(dates, placed, operatedLongAgo());
  EXPECT_EQ(again.sides.at(0).outcome, once.sides.at(0).outcome);
  EXPECT_EQ(again.dates[1].registration->quality, 0.123);
  placed.pop_back();
  EXPECT_THROW(comparePlaced(dates, placed, operatedLongAgo()), Error);
}

TEST(Compare, SaysNothingOfWhatIsNoTubeAndDoesNotTouch) {
  Neighbour blob{11, 1.5};
  blob.tubular = 0.65;
  const SideComparison left = leftOf(dateWith({}), dateWith({blob}, true, {padAt(11)}));
  ASSERT_EQ(left.contacts.size(), 1U);
  EXPECT_TRUE(left.contacts[0].dates.back().may_be_clot);
  EXPECT_FALSE(left.contacts[0].state);
  EXPECT_EQ(left.outcome, Outcome::no_contact);
}

TEST(Compare, TakesForAVesselWhatIsNoTubeWhereAVesselRanOrNoPadLies) {
  EXPECT_EQ(touchedByABlob(dateWith({{11, 0}}), 11).outcome, Outcome::residual_contact);
  EXPECT_EQ(touchedByABlob(dateWith({}), 20).outcome, Outcome::new_contact);
}

TEST(Compare, CallsNoSideDecompressedWhoseContactLayWhereNothingIsSeenNow) {
  FollowupDate later = dateWith({}, true);
  const FollowupDate first = dateWith({{13, 0}});
  ASSERT_EQ(first.assessment.sides[0].contacts[0].zone, Zone::cisternal_portion);
  later.assessment.sides[0].zones[4].status = ZoneStatus::not_assessable;
  const SideComparison left = leftOf(first, later);
  EXPECT_EQ(left.outcome, Outcome::not_assessable);
  EXPECT_EQ(left.reason, words(Reason::place_unseen_now));
}

TEST(Compare, CallsAContactThatIsLeftWhereAnotherWentASecondVessel) {
  const Neighbour left_alone = {4, 0.3, VesselName::pica};
  FollowupDate first = dateWith({left_alone, {11, 0}});
  const FollowupDate later = dateWith({{4, 0, VesselName::pica}}, true, {padAt(14)});
  SideComparison left = leftOf(first, later);
  EXPECT_EQ(left.contacts.at(0).state, ContactChange::within_error);
  EXPECT_EQ(left.outcome, Outcome::residual_contact);
  EXPECT_THAT(left.findings, Contains(FollowupFinding::second_vessel_missed));
}

TEST(Compare, NeverCallsASideDecompressedWhereTheRootIsUnseen) {
  FollowupDate later = dateWith({}, true, {padAt(11)});
  later.assessment.sides[0].zones[1].status = ZoneStatus::not_assessable;
  const SideComparison left = leftOf(dateWith({{4, 0}}), later);
  EXPECT_EQ(left.contacts.at(0).state, ContactChange::not_assessable);
  EXPECT_EQ(left.outcome, Outcome::not_assessable);
  EXPECT_FALSE(left.reason.empty());
}

TEST(Compare, LetsContactInTheCanalDecideNothing) {
  const SideComparison left =
      leftOf(dateWith({{4, 0}}), dateWith({{18, 0, VesselName::unknown, 0}}, true, {padAt(11)}));
  EXPECT_EQ(left.outcome, Outcome::decompressed);
}

TEST(Compare, LeavesTheOtherSideAlone) {
  const Comparison comparison =
      compare({dateWith({{4, 0}}), dateWith({{4, 0}}, true, {padAt(11)})}, quick());
  ASSERT_EQ(comparison.sides.size(), 2U);
  EXPECT_EQ(comparison.sides[1].side, Side::right);
  EXPECT_EQ(comparison.sides[1].outcome, Outcome::no_contact);
  EXPECT_FALSE(comparison.sides[1].sign_of_surgery);
}

TEST(Compare, TellsNothingNearADarkBodyInTheFirstWeeks) {
  FollowupDate first = dateWith({{9, 0}});
  FollowupDate later = dateWith({{9, 1.2}}, true, {padAt(10)});
  first.day = 0;
  later.day = 30;
  CompareOptions options = quick();
  options.surgeries = {{Side::left, 10, {}}};
  const SideComparison left = compare({first, later}, options).sides[0];
  EXPECT_EQ(left.outcome, Outcome::not_assessable);
  EXPECT_THAT(left.findings, Contains(FollowupFinding::indeterminate));
}

TEST(Compare, TellsNothingNearADarkBodyWhereTheTimeSinceSurgeryIsNotKnown) {
  const FollowupDate first = dateWith({{9, 0}});
  const FollowupDate later = dateWith({{9, 1.2}}, true, {padAt(10)});
  const SideComparison left = compare({first, later}, quick()).sides[0];
  EXPECT_EQ(left.outcome, Outcome::not_assessable);
  EXPECT_THAT(left.reason, ::testing::HasSubstr("blood, air and glue"));
  EXPECT_EQ(left.contacts.at(0).state, ContactChange::not_assessable);
  for (const ComparedZone& zone : left.zones) {
    EXPECT_TRUE(!zone.pad || zone.now == ZoneStatus::not_assessable) << name(zone.zone);
  }
}

TEST(Compare, LetsContactNearAFreshPadStand) {
  const SideComparison left =
      compare({dateWith({{9, 0}}), dateWith({{9, 0}}, true, {padAt(10)})}, quick()).sides[0];
  EXPECT_EQ(left.outcome, Outcome::residual_contact);
}

TEST(Compare, KnowsAPadToBeOldThatWasThereLongBefore) {
  FollowupDate first = dateWith({{9, 1.2}}, false, {padAt(10)});
  FollowupDate later = dateWith({{9, 1.2}}, true, {padAt(10)});
  const auto outcomeAfter = [&](int days) {
    first.day = 0;
    later.day = days;
    return compare({first, later}, quick()).sides[0].zones.at(3).now;
  };
  EXPECT_EQ(outcomeAfter(42), ZoneStatus::clear);
  EXPECT_EQ(outcomeAfter(41), ZoneStatus::not_assessable);
}

TEST(Compare, SaysOfOneDateWhetherThereIsContact) {
  const Comparison touching = compare({dateWith({{9.5, 0}}, true, {padAt(11)})}, quick());
  EXPECT_EQ(touching.sides[0].outcome, Outcome::contact);
  EXPECT_EQ(touching.sides[1].outcome, Outcome::no_contact);
  EXPECT_FALSE(touching.sides[0].contacts.at(0).state);
  ASSERT_EQ(touching.pads.size(), 1U);
  EXPECT_EQ(touching.sides[0].contacts[0].pad_order, PadOrder::beside_pad);
}

/// The first date's position again, with noise of its own and a pad.
FollowupDate thirdDate() {
  Head head;
  head.seed = 3;
  head.bodies = {padAt(11)};
  head.scanner_from_head = {test::rotationAbout({1, 0, 0}, 4), {2, 1, -3}};
  FollowupDate date = dateOf(head);
  addNeighbour({4, 0}, head, date);
  return date;
}

TEST(Compare, SeesAVesselComeBackAcrossThreeDates) {
  const Comparison comparison =
      compare(dated({dateWith({{4, 0}}), dateWith({{4, 1.2}}, true, {padAt(11)}), thirdDate()}),
              operatedLongAgo());
  const SideComparison& left = comparison.sides[0];
  ASSERT_EQ(left.contacts.size(), 1U);
  EXPECT_EQ(left.contacts[0].dates[1].since_previous, ContactChange::resolved);
  EXPECT_EQ(left.contacts[0].dates[2].since_previous, ContactChange::new_contact);
  EXPECT_THAT(left.findings, Contains(FollowupFinding::vessel_recoiled));
  EXPECT_EQ(left.outcome, Outcome::residual_contact);
}

TEST(Compare, RefusesOptionsOutOfRangeAndNoDates) {
  CompareOptions options;
  options.beyond_sd = 0;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.same_place_mm = -1;
  EXPECT_THROW(validate(options), Error);
  EXPECT_THROW(compare({}, {}), Error);
}

/// A comparison in which the left side's outcome is @p outcome, with the course of an operation.
Comparison withCourse(Outcome outcome) {
  Comparison comparison;
  comparison.sides.resize(1);
  comparison.sides[0].outcome = outcome;
  comparison.clinical = testing::operatedLeft();
  comparison.clinical.symptoms.push_back(testing::look(250, 3));
  comparison.clinical_day = 260;
  return comparison;
}

TEST(JoinCourse, SetsCourseAndJointFindingBesideTheOutcome) {
  Comparison comparison = withCourse(Outcome::residual_contact);
  joinCourse(comparison);
  EXPECT_EQ(comparison.sides[0].course.days_since_surgery, 260);
  EXPECT_EQ(comparison.sides[0].course.spasm, "never_free");
  EXPECT_EQ(comparison.sides[0].course.joint, "incomplete_decompression_suspected");
}

TEST(JoinCourse, JoinsNothingWhereThePadIsOnTheOtherSide) {
  Comparison comparison = withCourse(Outcome::residual_contact);
  comparison.pads.resize(1);
  comparison.pads[0].kind = PadKind::pad;
  comparison.pads[0].pad.side = Side::right;
  joinCourse(comparison);
  EXPECT_TRUE(comparison.sides[0].course.sides_disagree);
  EXPECT_EQ(comparison.sides[0].course.joint, "");
}

TEST(JoinCourse, LeavesTheCourseOpenWhereNoneWasGiven) {
  Comparison comparison = withCourse(Outcome::decompressed);
  comparison.clinical = {};
  joinCourse(comparison);
  EXPECT_EQ(comparison.sides[0].course.spasm, "");
}

}  // namespace
}  // namespace neurovasc::followup
