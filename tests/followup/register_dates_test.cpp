#include "neurovasc/followup/register_dates.h"

#include <gtest/gtest.h>

#include "followup/heads.h"
#include "neurovasc/core/error.h"
#include "rigid_fit.h"

namespace neurovasc::followup {
namespace {

using testing::dateOf;
using testing::Head;
using testing::onNerve;

DateRegistrationOptions quick() {
  DateRegistrationOptions options;
  options.images.samples = {3000, 6000, 15000};
  return options;
}

/// Largest error at the nerves of both sides.
double worstMm(const RigidTransform& found, const Head& first, const Head& later) {
  double worst = 0;
  for (const Side side : kSides) {
    for (const double s : {0.0, 4.0, 8.0, 16.0}) {
      const Point3 q = onNerve(side, s);
      worst =
          std::max(worst, distance(found(first.scanner_from_head(q)), later.scanner_from_head(q)));
    }
  }
  return worst;
}

ErrorCode codeOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

Head movedHead() {
  Head head;
  head.scanner_from_head = testing::anotherPosition();
  head.seed = 2;
  return head;
}

TEST(RegisterDates, FindsTheHeadWhereverItLies) {
  const Head first;
  const Head later = movedHead();
  const DateRegistration found = registerDates(dateOf(first), dateOf(later), quick());
  EXPECT_LT(worstMm(found.date_from_first, first, later), 0.2);
  EXPECT_LT(found.inverse_mm.value(), 0.3);
  EXPECT_GT(found.error_mm.value(), 0);
  EXPECT_LT(found.error_mm.value(), 0.5);
}

TEST(RegisterDates, IsNotLedAwayByWhatSurgeryMoves) {
  const Head first;
  Head later = movedHead();
  later.cerebellum_y_mm = 22;
  later.bodies = {testing::pad({13, -6, 0}, {16, -5, 4}),
                  testing::artery({6, -6, -20}, {9, -9, 20})};
  const DateRegistration found = registerDates(dateOf(first), dateOf(later), quick());
  EXPECT_LT(worstMm(found.date_from_first, first, later), 0.2);
}

TEST(RegisterDates, IsTheSameThereAndBack) {
  const FollowupDate first = dateOf({});
  const FollowupDate later = dateOf(movedHead());
  const RigidTransform there = registerDates(first, later, quick()).date_from_first;
  const RigidTransform back = registerDates(later, first, quick()).date_from_first;
  const Point3 p = onNerve(Side::right, 5);
  EXPECT_LT(distance(back(there(p)), p), 0.02);
}

TEST(RegisterDates, RefusesTheBonesOfAnotherPatient) {
  Head other = movedHead();
  other.labyrinth_x_mm = 32;
  EXPECT_EQ(codeOf([&] { registerDates(dateOf({}), dateOf(other), quick()); }),
            ErrorCode::not_a_pair);
}

TEST(RegisterDates, RefusesDatesWithoutLandmarksInCommon) {
  FollowupDate later = dateOf(movedHead());
  later.labels = LabelMap(later.labels.geometry());
  for (SideAssessment& side : later.assessment.sides) {
    side.nerve.landmarks = {};
  }
  EXPECT_EQ(codeOf([&] { registerDates(dateOf({}), later, quick()); }),
            ErrorCode::registration_refused);
}

TEST(RegisterDates, RefusesOptionsOutOfRange) {
  DateRegistrationOptions options;
  options.maximum_inverse_mm = 0;
  EXPECT_EQ(codeOf([&] { validate(options); }), ErrorCode::usage);
  options = {};
  options.minimum_overlap = 1.5;
  EXPECT_EQ(codeOf([&] { validate(options); }), ErrorCode::usage);
  EXPECT_NO_THROW(validate(DateRegistrationOptions{}));
}

TEST(RigidFit, FindsALargeTurnAndOverlooksOneBadLandmark) {
  const RigidTransform truth = {test::rotationAbout({1, 2, -1}, 35), {40, -12, 7}};
  std::vector<LandmarkPair> pairs;
  for (const Point3& p : {Point3{30, 0, 0}, Point3{-30, 1, 2}, Point3{10, 5, -8},
                          Point3{-11, 4, -7}, Point3{20, -1, 1}, Point3{-20, 0, 2}}) {
    pairs.push_back({p, truth(p)});
  }
  pairs[3].later_mm += Vec3{0, 6, 0};
  const RigidTransform found = rigidFit(pairs);
  EXPECT_LT(distance(found({0, 0, 0}), truth({0, 0, 0})), 0.25);
  EXPECT_LT(medianMisfitMm(pairs, found), 0.25);
}

TEST(RigidFit, HalvesASmallMotion) {
  const RigidTransform small = {test::rotationAbout({0, 1, 1}, 1.0), {0.3, 0, -0.2}};
  const RigidTransform twice = halfOf(small) * halfOf(small);
  EXPECT_NEAR(rotationAngleDeg(twice), 1.0, 1e-3);
  EXPECT_LT(distance(twice({0, 0, 0}), small({0, 0, 0})), 0.01);
}

}  // namespace
}  // namespace neurovasc::followup
