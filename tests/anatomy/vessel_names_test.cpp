#include "vessel_names.h"

#include <gtest/gtest.h>

#include <vector>

#include "neurovasc/core/tube.h"
#include "vessel_graph.h"

namespace neurovasc::anatomy {
namespace {

/// An artery through points of the head's frame, which in these tests is LPS; the roots of VII lie
/// at (11, 5, 0) and (-11, 5, 0).
Vessel artery(const std::vector<Point3>& through, double radius_mm) {
  Vessel vessel;
  vessel.kind = VesselKind::artery;
  vessel.kind_confidence = 1;
  Tube coarse{through, std::vector<double>(through.size(), radius_mm), {}};
  vessel.tube = resampled(coarse, 0.5);
  return vessel;
}

VesselName nameOf(const std::vector<Vessel>& vessels) {
  Anatomy anatomy;
  for (const Side side : kSides) {
    Nerve nerve;
    nerve.side = side;
    const double x = lateralSign(side);
    nerve.tube = {{{11 * x, 5, 0}, {18 * x, 0, 4}}, {0.6, 0.6}, {}};
    anatomy.nerves.push_back(nerve);
  }
  anatomy.vessels = vessels;
  anatomy.junctions = junctionsOf(vessels);
  nameVessels(anatomy);
  EXPECT_GT(anatomy.vessels[0].name_confidence, 0.3);
  return anatomy.vessels[0].name;
}

TEST(VesselNames, CallPicaWhatComesUpBehindTheOlive) {
  EXPECT_EQ(nameOf({artery({{-13, 20, -7}, {-13, 10, -2}, {-16, 6, 3}}, 0.6)}), VesselName::pica);
}

TEST(VesselNames, CallAicaWhatComesFromTheMidline) {
  EXPECT_EQ(nameOf({artery({{-2, -4, -6}, {-10, 0, 2}, {-21, 10, -1}}, 0.6)}), VesselName::aica);
}

TEST(VesselNames, CallAicaWhatHangsDownInTheAngleLateralToTheRoot) {
  EXPECT_EQ(nameOf({artery({{-22, 12, -7}, {-13, 5, 1}, {-18, -1, -6}}, 0.5)}), VesselName::aica);
}

TEST(VesselNames, CallAicaALoopFromTheBasilarThatHangsDownInTheAngle) {
  const Vessel loop = artery({{-11, -4, 1}, {-19, 2, -4}, {-18, 8, -6}}, 0.5);
  const Vessel stem = artery({{-1, -6, 6}, {-10.5, -4.5, 1.5}}, 0.6);
  const Vessel basilar = artery({{0, -4, -2}, {0, -6, 18}}, 1.8);
  EXPECT_EQ(nameOf({loop, stem, basilar}), VesselName::aica);
}

TEST(VesselNames, CallAWindingVertebralArteryNoBasilarOne) {
  EXPECT_EQ(nameOf({artery({{-4, 0, -8}, {-14, 6, 1}, {-4, 0, 6}}, 1.5)}), VesselName::vertebral);
}

TEST(VesselNames, CallVertebralALoopFarFromTheMidlineAboveWhereTheTrunksMeet) {
  const Vessel loop = artery({{-15, 8, -1}, {-4, 0, -2}}, 1.5);
  const Vessel left = artery({{6, 0, -15}, {0.5, -3, -3.5}}, 1.1);
  const Vessel basilar = artery({{0, -4, -3}, {0, -5, 13}}, 1.6);
  EXPECT_EQ(nameOf({loop, left, basilar}), VesselName::vertebral);
}

TEST(VesselNames, CallPicaWhatLeavesATrunkFarDownThoughItIsTracedOnIntoTheBasilar) {
  const Vessel pica = artery({{-9, 0, -14}, {-13, 8, -3}, {-6, 18, -12}}, 0.5);
  const Vessel trunk = artery({{-10, -1, -17}, {-6, -2, -8}, {0, -5, 1}, {0, -6, 18}}, 1.4);
  EXPECT_EQ(nameOf({pica, trunk}), VesselName::pica);
}

TEST(VesselNames, CallNoThinArteryVertebralThatLoopsOutIntoTheAngle) {
  const Vessel loop = artery({{-1, -4, -2}, {-12, 0, -3}, {-21, 8, -7}}, 0.8);
  const Vessel left = artery({{6, 0, -15}, {0.5, -3, -1.5}}, 1.1);
  const Vessel basilar = artery({{0, -4, -1}, {0, -5, 14}}, 1.6);
  EXPECT_EQ(nameOf({loop, left, basilar}), VesselName::aica);
}

TEST(VesselNames, CallNothingATrunkThatIsKnownByItsCourseAlone) {
  // As in slices of 2.5 mm, where AICA seems as wide as a thin vertebral artery.
  Vessel lateral = artery({{3, -6, -2}, {9, -3, 1}, {15, 0, 4}}, 1.05);
  lateral.evidence.t2_over_csf = 0.45;
  EXPECT_EQ(nameOf({lateral}), VesselName::aica);
  lateral.evidence.t2_over_csf = 0.05;
  EXPECT_EQ(nameOf({lateral}), VesselName::vertebral) << "a void";
  lateral.evidence.t2_over_csf = 0.45;
  lateral.evidence.tof_over_brain = 2.0;
  EXPECT_EQ(nameOf({lateral}), VesselName::vertebral) << "flows";
}

TEST(VesselNames, CallBasilarWhatRunsUpThePons) {
  EXPECT_EQ(nameOf({artery({{0, -4, -5}, {1, -5, 18}}, 1.6)}), VesselName::basilar);
}

TEST(VesselNames, KnowAShortStretchOfTrunkByItsWidth) {
  EXPECT_EQ(nameOf({artery({{-4, 0, -9}, {-2, 0, -4.5}}, 1.4)}), VesselName::vertebral);
}

TEST(VesselNames, CallNoArteryVertebralThatStaysAboveTheSulcus) {
  const Vessel aica = artery({{-2, -4, 4}, {-10, 0, -3}, {-21, 10, -1}}, 0.8);
  const Vessel left = artery({{4, 0, -9}, {0, -4, 4}}, 1.6);
  const Vessel basilar = artery({{0, -4, 5}, {0, -5, 18}}, 1.6);
  EXPECT_EQ(nameOf({aica, left, basilar}), VesselName::aica);
}

}  // namespace
}  // namespace neurovasc::anatomy
