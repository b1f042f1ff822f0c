#include "vessel_pieces.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "vessel_graph.h"

namespace neurovasc::anatomy {
namespace {

/// A dark tube of 8 mm, free in CSF, with its levels on TOF and CE-T1.
FittedLine tubeWith(double tof, double ce_t1) {
  constexpr int kPoints = 17;
  FittedLine line;
  for (int n = 0; n < kPoints; ++n) {
    line.points_mm.push_back(Point3{-12, 31, 7} + 0.5 * n * normalized({0.7, -0.5, 0.4}));
  }
  const auto all = [](double value) { return std::vector<double>(kPoints, value); };
  line.radius_mm = all(0.6);
  line.t2_level = all(0.1);
  line.tof_level = all(tof);
  line.ce_t1_level = all(ce_t1);
  line.explained = all(0.95);
  line.open = all(1);
  line.blocked = all(0);
  line.brain_mm = all(5);
  return line;
}

VesselKind kindWith(double tof, double ce_t1) {
  const std::vector<Piece> pieces = darkPieces(tubeWith(tof, ce_t1), VesselImages{}, {});
  EXPECT_EQ(pieces.size(), 1U);
  return pieces.empty() ? VesselKind::unknown : pieces[0].kind;
}

TEST(DarkPieces, AreAVeinsWhereOnlyCeT1ShowsBlood) {
  EXPECT_EQ(kindWith(0.8, 2.2), VesselKind::vein);
}

TEST(DarkPieces, AreAnArterysWhereTofShowsThatTheBloodFlows) {
  EXPECT_EQ(kindWith(1.8, 2.2), VesselKind::artery);
}

TEST(DarkPieces, AreOfUnknownKindWhereCeT1ShowsNoBlood) {
  EXPECT_EQ(kindWith(0.8, 1.0), VesselKind::unknown);
}

TEST(Tubes, AreLongForTheirWidthOrExplainedByADisc) {
  FittedLine line = tubeWith(1.8, 1.0);  // 8 mm long
  EXPECT_TRUE(isTube(line));
  line.explained.assign(line.size(), 0.65);
  EXPECT_TRUE(isTube(line)) << "of 1.2 mm diameter";
  line.radius_mm[8] = 1.4;
  EXPECT_FALSE(isTube(line)) << "bulging to 2.8 mm";
  line.explained.assign(line.size(), 0.95);
  EXPECT_TRUE(isTube(line));
}

/// A straight piece of an artery of 8 mm from @p from on.
Piece pieceFrom(const Point3& from, const Vec3& along, double radius_mm) {
  Piece piece;
  piece.kind = VesselKind::artery;
  piece.line = tubeWith(2.0, 1.0);
  for (std::size_t n = 0; n < piece.line.size(); ++n) {
    piece.line.points_mm[n] = from + 0.5 * static_cast<double>(n) * along;
  }
  piece.line.radius_mm.assign(piece.line.size(), radius_mm);
  return piece;
}

TEST(Linked, AreTheLimbsOfAWideArteryThatBendsBetweenThem) {
  const Vec3 u = normalized({0.2, 0.9, 0.3});
  const Vec3 v = normalized(cross(u, {1, 0, 0}));
  const auto bent = [&](double degrees, double radius_mm) {
    const double a = degrees * M_PI / 180;
    const Vec3 onward = u * std::cos(a) + v * std::sin(a);
    const Vec3 across = normalized(u + onward);
    const Point3 end = {-12, 31, 7};
    const Piece first = pieceFrom(end - 8.0 * u, u, radius_mm);
    return linked({first, pieceFrom(end + 3.2 * across, onward, radius_mm)}).size();
  };
  EXPECT_EQ(bent(48, 1.3), 1U);
  EXPECT_EQ(bent(48, 0.5), 2U) << "a thin artery would have to turn in its place";
  EXPECT_EQ(bent(80, 1.3), 2U);
}

}  // namespace
}  // namespace neurovasc::anatomy
