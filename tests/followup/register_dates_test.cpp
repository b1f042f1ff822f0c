#include "neurovasc/followup/register_dates.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "followup/heads.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/resample.h"
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

/// A pair of dates that must not be compared, and how that is said.
struct Refusal {
  const char* what;
  std::function<void(Head& later)> head;
  testing::Courses courses;
  std::function<void(FollowupDate& later)> date;
  ErrorCode code;
  const char* says;
};

void nothingElse(FollowupDate&) {}

/// By 0.9 mm, so that neither a shift nor a turn makes up for it.
void shiftLandmarks(FollowupDate& later) {
  double mm = 0.9;
  for (SideAssessment& side : later.assessment.sides) {
    NerveLandmarks& marks = side.nerve.landmarks;
    marks.root_exit_point->lps_mm += Vec3{mm, 0, 0};
    marks.detachment_point->lps_mm += Vec3{0, -mm, mm};
    marks.porus->lps_mm += Vec3{-mm, mm, -mm};
    mm = -mm;
  }
}

void loseLandmarks(FollowupDate& later) {
  later.labels = LabelMap(later.labels.geometry());
  for (SideAssessment& side : later.assessment.sides) {
    side.nerve.landmarks = {};
  }
}

/// Cut so that hardly any bone of the first date is left in the image.
void cutAway(FollowupDate& later) {
  IndexBox slab;
  slab.upper = later.t2.size();
  slab.upper[2] /= 6;
  later.t2 = imaging::crop(later.t2, slab);
}

std::vector<Refusal> refusals() {
  using testing::Courses;
  const auto as_is = [](Head&) {};
  return {
      {"another patient's bones", [](Head& head) { head.labyrinth_x_mm = 32; }, Courses::one_person,
       nothingElse, ErrorCode::not_a_pair, "labyrinths"},
      {"the mirror image", as_is, Courses::mirrored, nothingElse, ErrorCode::not_a_pair,
       "left and right"},
      {"twin-like bones of another patient", as_is, Courses::another_person, shiftLandmarks,
       ErrorCode::not_a_pair, "vessels agree"},
      {"no landmarks", as_is, Courses::one_person, loseLandmarks, ErrorCode::registration_refused,
       "too few"},
      {"no overlap", as_is, Courses::one_person, cutAway, ErrorCode::registration_refused,
       "hardly show the same part"},
  };
}

TEST(RegisterDates, RefusesWhatIsNoPairAndSaysWhyAndWhatToDo) {
  FollowupDate first = dateOf({});
  testing::addCourses(testing::Courses::one_person, {}, first);
  for (const Refusal& refusal : refusals()) {
    Head head = movedHead();
    refusal.head(head);
    FollowupDate later = dateOf(head);
    testing::addCourses(refusal.courses, head, later);
    refusal.date(later);
    try {
      registerDates(first, later, quick());
      ADD_FAILURE() << refusal.what << " was not refused";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), refusal.code) << refusal.what << ": " << error.what();
      EXPECT_NE(std::string(error.what()).find(refusal.says), std::string::npos) << error.what();
      EXPECT_FALSE(error.hint().empty()) << refusal.what;
    }
  }
}

TEST(RegisterDates, TakesNoOffenceAtOneVesselThatSurgeryMoved) {
  const Head head = movedHead();
  FollowupDate first = dateOf({});
  FollowupDate later = dateOf(head);
  testing::addCourses(testing::Courses::one_person, {}, first);
  testing::addCourses(testing::Courses::one_person, head, later);
  for (Point3& p : later.assessment.vessels[1].tube.points_mm) {
    p += Vec3{0, -4, 0};
  }
  EXPECT_NO_THROW(registerDates(first, later, quick()));
}

TEST(RegisterDates, RefusesOptionsOutOfRange) {
  DateRegistrationOptions options;
  options.maximum_inverse_mm = 0;
  EXPECT_EQ(codeOf([&] { validate(options); }), ErrorCode::usage);
  options = {};
  options.mirror_margin = 0;
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
