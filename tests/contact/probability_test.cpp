#include "neurovasc/contact/probability.h"

#include <gtest/gtest.h>

#include "neurovasc/core/error.h"

namespace neurovasc::contact {
namespace {

TEST(ContactProbability, FallsWithTheGapAndNeverSaysNeverOrAlways) {
  double last = 1;
  for (double gap = -2; gap <= 4; gap += 0.05) {
    const double p = contactProbability(gap, 0.2);
    EXPECT_LE(p, last);
    EXPECT_GE(p, 0.01);
    EXPECT_LE(p, 0.99);
    last = p;
  }
  EXPECT_LT(last, 0.02);
}

TEST(ContactProbability, IsOneHalfAtTheTouchLimit) {
  EXPECT_NEAR(contactProbability(0.35, 0.2, 0.35), 0.5, 1e-12);
}

TEST(ContactProbability, IsNearerToOneHalfTheLessIsKnown) {
  EXPECT_GT(contactProbability(0.0, 0.1), contactProbability(0.0, 0.4));
  EXPECT_LT(contactProbability(0.6, 0.1), contactProbability(0.6, 0.4));
}

TEST(ContactProbability, RefusesAStandardDeviationOfNothing) {
  EXPECT_THROW(contactProbability(0.1, 0.0), Error);
}

TEST(ContactState, NamesTheMiddleAsBelowResolution) {
  EXPECT_EQ(stateFor(0.9), ContactState::touching);
  EXPECT_EQ(stateFor(0.5), ContactState::below_resolution);
  EXPECT_EQ(stateFor(0.1), ContactState::separate);
}

}  // namespace
}  // namespace neurovasc::contact
