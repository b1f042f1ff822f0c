#include "vessel_clefts.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
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

/// Two thin arteries that are lost on the trunk's wall, the second one where @p to points from its
/// axis.
std::vector<Piece> lost(const Vec3& to) {
  constexpr double kApart_mm = kTrunkRadius_mm + kThin_mm;
  const Point3 a = kMiddle + kApart_mm * kSide - 1.0 * kAlong;
  const Point3 b = kMiddle + kApart_mm * to + 1.0 * kAlong;
  const Vec3 onward = normalized(kUp - 0.4 * kSide);
  const Vec3 across = kSide + kUp - dot(kSide + kUp, to) * to;
  const Vec3 back = normalized(across - 0.4 * to);
  return {trunk(), arteryAlong(straight(a - 8 * onward, a, 17), kThin_mm),
          arteryAlong(straight(b - 8 * back, b, 17), kThin_mm)};
}

/// The piece that is added to @p pieces where T2 is dark in the trunk and, in the directions from
/// its axis that @p with_blood picks, up to the far wall of a thin artery beside it.
template <typename WithBlood>
std::optional<Piece> bridged(std::vector<Piece> pieces, const WithBlood& with_blood) {
  GridGeometry grid;
  grid.size = {60, 60, 60};
  grid.spacing_mm = {0.4, 0.4, 0.4};
  grid.origin_mm = kMiddle - Vec3{12, 12, 12};
  ImageF t2(grid, 800.0F);
  for (std::size_t i = 0; i < t2.voxelCount(); ++i) {
    const auto n = static_cast<int>(i);
    const Vec3 p = grid.toLps(n % 60, n / 60 % 60, n / 3600) - kMiddle;
    const Vec3 out = p - dot(p, kAlong) * kAlong;
    const bool beside = norm(out) < kTrunkRadius_mm + 2 * kThin_mm && with_blood(out);
    if (norm(out) < kTrunkRadius_mm || beside) t2[i] = 40;
  }
  const std::size_t before = pieces.size();
  bridgeClefts({t2, 800, {}, {}}, pieces);
  return pieces.size() > before ? std::optional<Piece>(pieces.back()) : std::nullopt;
}

bool everywhere(const Vec3& /*out*/) { return true; }
bool nowhere(const Vec3& /*out*/) { return false; }

TEST(BridgeClefts, JoinsOneArteryThatWasLostOnTheTrunksWall) {
  const auto piece = bridged(lost(kUp), everywhere);
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->kind, VesselKind::artery);
  const std::vector<Piece> pieces = lost(kUp);
  EXPECT_LT(distance(piece->line.points_mm.front(), pieces[1].line.points_mm.back()), 0.1);
  EXPECT_LT(distance(piece->line.points_mm.back(), pieces[2].line.points_mm.back()), 0.1);
  for (const Point3& p : piece->line.points_mm) {
    EXPECT_NEAR(project(pieces[0].line.points_mm, p).distance_mm, kTrunkRadius_mm + kThin_mm, 0.05);
  }
  EXPECT_NEAR(piece->line.radius_mm.front(), kThin_mm, 0.01);
  EXPECT_LE(piece->line.explained.front(), 0.5) << "no outline of its own";
}

TEST(BridgeClefts, JoinsNothingThroughFluid) { EXPECT_FALSE(bridged(lost(kUp), nowhere)); }

TEST(BridgeClefts, GoesRoundTheSideThatShowsBlood) {
  const auto above = [](const Vec3& out) { return dot(out, kUp) > -0.6; };
  const auto piece = bridged(lost(-1.0 * kSide), above);
  ASSERT_TRUE(piece);
  const Vec3 out = piece->line.points_mm[piece->line.size() / 2] - kMiddle;
  EXPECT_GT(dot(out, kUp), kTrunkRadius_mm);
  EXPECT_FALSE(bridged(lost(-1.0 * kSide), everywhere)) << "which side cannot be told";
}

TEST(BridgeClefts, AddsNothingWhereAnArteryIsTraced) {
  std::vector<Piece> pieces = lost(kUp);
  const Point3 between = kMiddle + (kTrunkRadius_mm + kThin_mm) * normalized(kSide + kUp);
  pieces.push_back(arteryAlong(straight(between - kAlong, between + kAlong, 5), kThin_mm));
  EXPECT_FALSE(bridged(pieces, everywhere));
}

TEST(BridgeClefts, JoinsNoVeinsAndNothingOfAnotherCalibre) {
  std::vector<Piece> pieces = lost(kUp);
  pieces[2].kind = VesselKind::vein;
  EXPECT_FALSE(bridged(pieces, everywhere));
  pieces = lost(kUp);
  pieces[2].line.radius_mm.assign(17, 0.25);
  EXPECT_FALSE(bridged(pieces, everywhere));
}

}  // namespace
}  // namespace neurovasc::anatomy
