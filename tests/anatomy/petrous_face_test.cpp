#include "petrous_face.h"

#include <gtest/gtest.h>

#include <cmath>

#include "canal.h"
#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

constexpr Vec3 kPorus = {24, 2, 1};

/// How far a point lies before the face, which runs lateral and backward at 45 degrees.
double beforeFace(const Vec3& p) {
  const Vec3 normal = normalized({-1, 1, 0.2});
  return dot(p - kPorus, normal);
}

double canalRadius(const Vec3& p) { return std::hypot(p.y - kPorus.y, p.z - kPorus.z); }

SideView petrousBone(bool with_vessel) {
  return test::paintedView(
      {6, -14, -11}, {38, 18, 13}, 0.45,
      [&](const Vec3& p) {
        const bool vessel =
            with_vessel && p.x < 26 && std::hypot(p.y - 6, p.z - 5) < 1.2;  // ends on the bone
        if (vessel) return 0.0;
        return std::max(test::edge(beforeFace(p)), p.x < 34 ? test::edge(2.5 - canalRadius(p)) : 0);
      },
      [](const Vec3&) { return 10.0; });
}

std::optional<PetrousFace> faceIn(const SideView& view) {
  // The axis is known; where on it the porus is, only roughly.
  return findPetrousFace(view, view.t2, 0.15, view.lpsOf(kPorus + Vec3{1.5, 0, 0}),
                         view.lpsDirection({-1, 0, 0}));
}

TEST(PetrousFace, IsThePlaneAroundTheMouthOfTheCanal) {
  for (const bool with_vessel : {false, true}) {
    const SideView view = petrousBone(with_vessel);
    const auto face = faceIn(view);
    ASSERT_TRUE(face);
    EXPECT_LT(distance(view.sideOf(face->point_mm), kPorus), 0.25);
    EXPECT_GT(dot(face->normal, view.lpsDirection(normalized({-1, 1, 0.2}))), 0.995);
  }
}

TEST(PetrousFace, IsNotMadeUpWhereThereIsNoBone) {
  const SideView view = test::paintedView(
      {6, -14, -11}, {38, 18, 13}, 0.45, [](const Vec3&) { return 1.0; },
      [](const Vec3&) { return 10.0; });
  EXPECT_FALSE(faceIn(view));
}

TEST(PorusOn, IsWhereTheNerveAndNotTheAxisGoesThroughTheObliqueFace) {
  Canal canal;
  canal.porus_mm = {0, 0, 0};
  canal.medial = {1, 0, 0};
  canal.face_normal = normalized({1, 1, 0});
  std::vector<Point3> nerve;
  for (int i = 0; i < 40; ++i) nerve.push_back({10 - 0.5 * i, -0.8, 1});
  EXPECT_LT(distance(porusOn(nerve, canal), {0.8, -0.8, 1}), 1e-6);
}

TEST(PorusOn, IsWhereTheNerveIsNearestToTheAxisIfItGoesThroughTheFaceMillimetresAway) {
  Canal canal;
  canal.porus_mm = {0, 0, 0};
  canal.medial = {1, 0, 0};
  canal.face_normal = normalized({0.3, 1, 0});  // the crossing is 6.7 mm down the nerve
  std::vector<Point3> nerve;
  for (int i = 0; i < 40; ++i) nerve.push_back({10 - 0.5 * i, -2, 1});
  EXPECT_LT(distance(porusOn(nerve, canal), {0, -2, 1}), 1e-6);
}

}  // namespace
}  // namespace neurovasc::anatomy
