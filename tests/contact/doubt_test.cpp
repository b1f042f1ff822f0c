#include "doubt.h"

#include <gtest/gtest.h>

namespace neurovasc::contact {
namespace {

/// The probability of a place that its measured gap gives @p by_gap.
double doubted(const Gap& gap, double by_gap) {
  Vessel artery;
  artery.kind = VesselKind::artery;
  artery.evidence.seen_on_tof = true;
  Nerve nerve;
  nerve.status = NerveStatus::segmented;
  nerve.tube.points_mm = {{0, 0, 0}, {5, 0, 0}};
  nerve.tube.radius_mm = {0.5, 0.5};
  nerve.tube.confidence = {0.9, 0.9};
  Contact contact;
  contact.contact_probability = by_gap;
  doubtContact(gap, artery, nerve, 2.5, {}, {}, contact);
  EXPECT_EQ(contact.state == ContactState::below_resolution,
            *contact.contact_probability > 0.2 && *contact.contact_probability < 0.8);
  return *contact.contact_probability;
}

TEST(DoubtContact, LeavesWhatIsClearlyApartSo) { EXPECT_LT(doubted({}, 0.01), 0.02); }

TEST(DoubtContact, TakesAContactForLikelierWhereTubesOverlapThatTheFitParts) {
  Gap gap;
  gap.contradicted = true;
  EXPECT_NEAR(doubted(gap, 0.01), 0.6, 1e-9);
  EXPECT_GT(doubted(gap, 0.97), 0.9) << "what the fit believes as well stays so";
}

TEST(DoubtContact, ClaimsNeitherWhereSomethingDarkFillsTheCleft) {
  Gap gap;
  gap.darker_between = 2 * GapOptions{}.max_darker_between;
  EXPECT_NEAR(doubted(gap, 0.01), 0.4, 1e-9);
}

TEST(DoubtContact, ClaimsNeitherWhereNoFluidShowsInTheCleft) {
  Gap gap;
  gap.without_fluid = true;
  EXPECT_NEAR(doubted(gap, 0.01), 0.4, 1e-9);
  EXPECT_GT(doubted(gap, 0.9), 0.85) << "never lessened";
}

TEST(DoubtContact, ClaimsNeitherWhereTheVesselIsLostNearby) {
  Gap gap;
  gap.lost = true;
  gap.raw_mm = GapOptions{}.most_lost_mm - 0.1;
  EXPECT_NEAR(doubted(gap, 0.01), 0.4, 1e-9);
  gap.raw_mm = GapOptions{}.most_lost_mm + 0.1;
  EXPECT_LT(doubted(gap, 0.01), 0.02);
}

TEST(DoubtCrossing, IsLikelierAContactThanNoneAndNotSure) {
  Contact contact;
  contact.contact_probability = 0.85;
  doubtCrossing(contact);
  EXPECT_NEAR(*contact.contact_probability, 0.6, 1e-9);
  EXPECT_EQ(contact.state, ContactState::below_resolution);
  contact.contact_probability = 0.3;
  doubtCrossing(contact);
  EXPECT_NEAR(*contact.contact_probability, 0.3, 1e-9) << "never raised";
}

/// An artery across the way on which the nerve would go on, @p beyond_mm from its root, whose place
/// on the nerve is @p on_nerve_mm from there.
double doubtedBeyondRoot(double beyond_mm, double on_nerve_mm) {
  Vessel artery;
  artery.kind = VesselKind::artery;
  artery.evidence.seen_on_tof = true;
  artery.tube.points_mm = {{-beyond_mm, -4, 0.3}, {-beyond_mm, 4, 0.3}};
  artery.tube.radius_mm = {0.5, 0.5};
  Nerve nerve;
  nerve.status = NerveStatus::segmented;
  nerve.tube.points_mm = {{0, 0, 0}, {5, 0, 0}};
  nerve.tube.radius_mm = {0.5, 0.5};
  nerve.landmarks.root_exit_point = Landmark{{0, 0, 0}, 1.5, false};
  Contact contact;
  contact.contact_probability = 0.01;
  doubtContact({}, artery, nerve, on_nerve_mm, {}, {}, contact);
  return *contact.contact_probability;
}

TEST(DoubtContact, ClaimsNeitherWhereTheNerveMayReachTheVesselBeyondItsRoot) {
  EXPECT_NEAR(doubtedBeyondRoot(2.0, 0), 0.4, 1e-9);
  EXPECT_LT(doubtedBeyondRoot(4.0, 0), 0.02) << "farther off than the root may be";
  EXPECT_LT(doubtedBeyondRoot(2.0, 3.0), 0.02) << "another place of the same vessel";
}

}  // namespace
}  // namespace neurovasc::contact
