#include "vessel_clefts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace neurovasc::anatomy {
namespace {

constexpr double kTrunkRadius_mm = 1.8;
constexpr double kThin_mm = 0.6;
const Point3 kMiddle{-13, 30, 6};
// Oblique to every axis; kSide and kUp stand across it.
const Vec3 kAlong = normalized({0.2, -0.3, 0.9});
const Vec3 kSide = normalized(cross(kAlong, {0.8, 0.5, 0.1}));
const Vec3 kUp = cross(kAlong, kSide);

Piece arteryAlong(const std::vector<Point3>& points, double radius_mm) {
  Piece piece;
  piece.kind = VesselKind::artery;
  piece.line.points_mm = points;
  piece.line.radius_mm.assign(points.size(), radius_mm);
  piece.line.explained.assign(points.size(), 0.95);
  return piece;
}

std::vector<Point3> straight(const Point3& from, const Point3& to, int points) {
  std::vector<Point3> line;
  for (int n = 0; n < points; ++n) {
    line.push_back(from + (to - from) * (static_cast<double>(n) / (points - 1)));
  }
  return line;
}

Piece trunk() {
  return arteryAlong(straight(kMiddle - 12 * kAlong, kMiddle + 12 * kAlong, 49), kTrunkRadius_mm);
}

/// As wide as a fit makes it that takes in part of the trunk.
Piece wideStretch(const Point3& from, const Point3& to) {
  return arteryAlong(straight(from, to, 11), 1.4);
}

const Point3 kIn = kMiddle + 2.2 * kSide - 1.0 * kAlong;
const Point3 kOut = kMiddle + 2.2 * kUp + 1.0 * kAlong;

std::vector<Piece> passing() {
  return {trunk(), arteryAlong(straight(kIn + 8 * kSide, kIn, 17), kThin_mm),
          wideStretch(kIn, kOut)};
}

TEST(LayInClefts, LaysABranchOnTheWallOfTheTrunkThatPressesOnIt) {
  std::vector<Piece> pieces = passing();
  layInClefts(pieces);
  const FittedLine& line = pieces[2].line;
  for (std::size_t n = 0; n < line.size(); ++n) {
    EXPECT_NEAR(line.radius_mm[n], kThin_mm, 1e-9);
    EXPECT_LE(line.explained[n], 0.5) << "no outline of its own";
    EXPECT_NEAR(project(pieces[0].line.points_mm, line.points_mm[n]).distance_mm,
                kTrunkRadius_mm + kThin_mm, 0.05);
  }
  // Around the side that faces both ends.
  const Vec3 out = line.points_mm[line.size() / 2] - kMiddle;
  EXPECT_GT(dot(out, normalized(kSide + kUp)), kTrunkRadius_mm);
}

TEST(LayInClefts, LeavesTheTrunkAndTheThinBranchAsTheyWere) {
  std::vector<Piece> pieces = passing();
  layInClefts(pieces);
  EXPECT_EQ(pieces[0].line.points_mm.front(), trunk().line.points_mm.front());
  EXPECT_EQ(pieces[0].line.radius_mm.front(), kTrunkRadius_mm);
  EXPECT_EQ(pieces[1].line.points_mm.back(), kIn);
  EXPECT_EQ(pieces[1].line.radius_mm.back(), kThin_mm);
}

/// The stretch as it was made, so that a test can tell whether it was moved.
bool isMoved(std::vector<Piece> pieces) {
  const Point3 before = pieces[2].line.points_mm[5];
  layInClefts(pieces);
  return distance(before, pieces[2].line.points_mm[5]) > 1e-9;
}

TEST(LayInClefts, LeavesWhatEndsOnTheTrunksAxis) {
  std::vector<Piece> pieces = passing();
  EXPECT_TRUE(isMoved(pieces));
  pieces[2] = wideStretch(kIn, kMiddle + 2.0 * kAlong);
  EXPECT_FALSE(isMoved(pieces)) << "a branch at its origin";
}

TEST(LayInClefts, LeavesWhatGoesOnInNoThinnerPiece) {
  std::vector<Piece> pieces = passing();
  pieces[1].line.radius_mm.assign(pieces[1].line.size(), 1.2);
  EXPECT_FALSE(isMoved(pieces)) << "its calibre does not jump";
}

TEST(LayInClefts, LeavesWhatComesOutOppositeToWhereItEntered) {
  std::vector<Piece> pieces = passing();
  pieces[2] = wideStretch(kIn, kMiddle - 2.2 * kSide + 1.0 * kAlong);
  EXPECT_FALSE(isMoved(pieces)) << "around which side cannot be told";
}

TEST(LayInClefts, LeavesWhatRunsBesideTheTrunk) {
  std::vector<Piece> pieces = passing();
  pieces[2] = wideStretch(kIn, kIn + 4 * kAlong);
  EXPECT_FALSE(isMoved(pieces)) << "its axis never comes within the wall";
}

TEST(LayInClefts, LeavesWhatLiesClearOfAnyTrunk) {
  std::vector<Piece> pieces = passing();
  for (Piece* piece : {&pieces[1], &pieces[2]}) {
    for (Point3& p : piece->line.points_mm) p = p + 3.0 * kSide;
  }
  EXPECT_FALSE(isMoved(pieces));
}

}  // namespace
}  // namespace neurovasc::anatomy
