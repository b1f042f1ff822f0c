#include "other_nerves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/tube.h"
#include "support/geometry.h"

namespace neurovasc::anatomy {
namespace {

constexpr double kReachMm = 8;

/// A head that lies turned and off the scanner's middle.
HeadFrame turnedHead() {
  HeadFrame frame;
  RigidTransform lps_from_head;
  lps_from_head.rotation = testing::obliqueDirection();
  lps_from_head.translation = {7, -12, 31};
  frame.head_from_lps = lps_from_head.inverse();
  return frame;
}

Point3 lps(const Point3& head) { return turnedHead().head_from_lps.inverse()(head); }

/// A head whose left facial nerve leaves the brainstem at {11, 0, -4}, in head coordinates.
Anatomy headWithFacialNerve() {
  Anatomy anatomy;
  anatomy.frame = turnedHead();
  Nerve facial;
  facial.name = NerveName::facial;
  facial.side = Side::left;
  for (double u = 0; u <= 20; u += 1) {
    facial.tube.points_mm.push_back(lps({11 + u, -0.3 * u, -4 + 0.4 * u}));
    facial.tube.radius_mm.push_back(0.6);
  }
  facial.landmarks.root_exit_point = Landmark{facial.tube.points_mm.front(), 1, false};
  anatomy.nerves.push_back(facial);
  return anatomy;
}

/// A straight dark strand from the brain at @p from to @p to, in head coordinates.
Piece strand(const Point3& from, const Point3& to, double radius_mm) {
  constexpr int kPoints = 21;
  Piece piece;
  for (int n = 0; n < kPoints; ++n) {
    const double along = n / (kPoints - 1.0);
    piece.line.points_mm.push_back(lps(from + along * (to - from)));
    piece.line.radius_mm.push_back(radius_mm);
    piece.line.brain_mm.push_back(0.5 + 6 * along);
  }
  return piece;
}

/// What becomes of one strand: the nerve it is named after, "vessel", or "" where it is left out.
std::string namedAs(const Piece& piece) {
  Anatomy anatomy = headWithFacialNerve();
  std::vector<Piece> pieces = {piece};
  takeOtherNerves(kReachMm, pieces, anatomy);
  if (anatomy.nerves.size() > 1) {
    EXPECT_EQ(anatomy.nerves.back().side, Side::left);
    return std::string(name(anatomy.nerves.back().name));
  }
  return pieces.empty() ? "" : "vessel";
}

TEST(OtherNerves, AreTheLowerOnesBelowTheFacialNerveInItsRow) {
  EXPECT_EQ(namedAs(strand({10, 3, -14}, {24, -3, -14}, 0.5)), name(NerveName::lower));
  EXPECT_EQ(namedAs(strand({10, 12, -14}, {24, 18, -14}, 0.5)), "") << "a fold of the cerebellum";
}

TEST(OtherNerves, AreTheTrigeminalAboveAndForward) {
  EXPECT_EQ(namedAs(strand({17, -3, 6}, {20, -16, 10}, 1.5)), name(NerveName::trigeminal));
  EXPECT_EQ(namedAs(strand({12, 12, 2}, {5, 10, 3}, 1.5)), "") << "towards the middle, behind";
}

TEST(OtherNerves, LeaveAnotherTubeNearTheFacialNerveAVessel) {
  EXPECT_EQ(namedAs(strand({14, 10, -4}, {20, 4, 3}, 0.5)), "vessel");
}

/// A left VIII that was followed no nearer to the brain than {14, 1, -3}.
void addEighth(Anatomy& anatomy) {
  Nerve eighth;
  eighth.name = NerveName::vestibulocochlear;
  eighth.side = Side::left;
  for (double u = 3; u <= 20; u += 1) {
    eighth.tube.points_mm.push_back(lps({11 + u, 2 - 0.3 * u, -4 + 0.4 * u}));
    eighth.tube.radius_mm.push_back(0.9);
  }
  anatomy.nerves.push_back(eighth);
}

std::size_t keptBeyondEighth(const Piece& piece) {
  Anatomy anatomy = headWithFacialNerve();
  addEighth(anatomy);
  std::vector<Piece> pieces = {piece};
  takeOtherNerves(kReachMm, pieces, anatomy);
  return pieces.size();
}

TEST(OtherNerves, TakeTheRestOfTheEighthButNoTubeThatPassesItsEnd) {
  const Point3 end = {14, 1.1, -2.8};
  EXPECT_EQ(keptBeyondEighth(strand(end, {11.5, 7, -3.5}, 0.8)), 0U);
  EXPECT_EQ(keptBeyondEighth(strand(end + Vec3{0, -3.3, 3.3}, end + Vec3{0, 3.3, -3.3}, 0.6)), 1U)
      << "passes by";
  EXPECT_EQ(keptBeyondEighth(strand(end, end + Vec3{2, 13, 2}, 0.6)), 1U) << "too long";
}

TEST(OtherNerves, AreNoTubeThatEnhances) {
  Piece rootlet = strand({10, 3, -14}, {24, -3, -14}, 0.5);
  rootlet.enhances = true;
  EXPECT_EQ(namedAs(rootlet), "vessel");
}

/// A tube from @p outer to the facial nerve's root and, bent there, on to @p far_end.
Piece overTheRoot(const Point3& outer, const Point3& far_end) {
  const Point3 beside_root = {11.3, 1.2, -4.2};
  Piece piece = strand(beside_root, outer, 0.4);
  std::reverse(piece.line.points_mm.begin(), piece.line.points_mm.end());
  std::reverse(piece.line.brain_mm.begin(), piece.line.brain_mm.end());
  const Piece rest = strand(beside_root, far_end, 0.4);
  const auto append = [](auto& values, const auto& more) {
    values.insert(values.end(), more.begin() + 1, more.end());
  };
  append(piece.line.points_mm, rest.line.points_mm);
  append(piece.line.radius_mm, rest.line.radius_mm);
  append(piece.line.brain_mm, rest.line.brain_mm);
  return piece;
}

/// Lengths in mm of the nerve and the vessel that @p piece comes apart into; 0 for none.
std::pair<double, double> apart(const Piece& piece) {
  Anatomy anatomy = headWithFacialNerve();
  std::vector<Piece> pieces = {piece};
  takeOtherNerves(kReachMm, pieces, anatomy);
  const bool nerve = anatomy.nerves.size() > 1;
  EXPECT_TRUE(!nerve || anatomy.nerves.back().name == NerveName::lower);
  return {nerve ? lengthOf(anatomy.nerves.back().tube.points_mm) : 0,
          pieces.empty() ? 0 : lengthOf(pieces.front().line.points_mm)};
}

TEST(OtherNerves, AreRootletsThatReachUpToTheFacialRootAndNotWhatWasJoinedToThem) {
  const Point3 foramen = {22, -5, -8};
  const Point3 behind = {22, 6, -8};
  const Point3 up = {13, 9, 1};
  const double rootlet_mm = distance(foramen, {11.3, 1.2, -4.2});
  const double rest_mm = distance(up, {11.3, 1.2, -4.2});
  EXPECT_NEAR(apart(overTheRoot(foramen, up)).first, rootlet_mm, 0.6);
  EXPECT_NEAR(apart(overTheRoot(foramen, up)).second, rest_mm, 0.6);
  EXPECT_EQ(apart(overTheRoot(behind, up)).first, 0) << "no nerve ends there";
  EXPECT_NEAR(apart(overTheRoot(behind, up)).second, distance(behind, {11.3, 1.2, -4.2}) + rest_mm,
              0.1);
  Piece vein = overTheRoot(foramen, up);
  vein.enhances = true;
  EXPECT_EQ(apart(vein).first, 0);
}

TEST(OtherNerves, AreNotToldAtTheLevelOfTheFacialRootWhereThatIsNotKnown) {
  Anatomy anatomy = headWithFacialNerve();
  anatomy.nerves.front().landmarks.root_exit_point.reset();
  std::vector<Piece> pieces = {strand({11.3, 1.2, -4.2}, {22, -5, -8}, 0.4)};
  takeOtherNerves(kReachMm, pieces, anatomy);
  EXPECT_EQ(pieces.size(), 1U);
}

TEST(OtherNerves, AreRootletsWhoseInnerEndLiesAtTheLevelOfTheFacialRoot) {
  EXPECT_EQ(namedAs(strand({11.3, 1.2, -4.2}, {22, -5, -8}, 0.4)), name(NerveName::lower));
  EXPECT_EQ(namedAs(strand({11.3, 1.2, -4.2}, {22, 6, -8}, 0.4)), "vessel");
}

}  // namespace
}  // namespace neurovasc::anatomy
