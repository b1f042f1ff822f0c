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

TEST(DoubtContact, ClaimsNeitherWhereTubesOverlapThatTheFitParts) {
  Gap gap;
  gap.contradicted = true;
  EXPECT_NEAR(doubted(gap, 0.01), 0.4, 1e-9);
  EXPECT_GT(doubted(gap, 0.97), 0.9) << "what the fit believes as well stays so";
}

TEST(DoubtContact, ClaimsNeitherWhereSomethingDarkFillsTheCleft) {
  Gap gap;
  gap.darker_between = 2 * GapOptions{}.max_darker_between;
  EXPECT_NEAR(doubted(gap, 0.01), 0.4, 1e-9);
}

}  // namespace
}  // namespace neurovasc::contact
