#include "vessel_pieces.h"

#include <gtest/gtest.h>

#include <vector>

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

}  // namespace
}  // namespace neurovasc::anatomy
