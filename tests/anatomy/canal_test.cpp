#include "canal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {
namespace {

constexpr Vec3 kLabyrinth = {34, 1, 0};

/// The petrous bone's face has a step: at the canal it lies 3 mm farther lateral.
bool inCistern(const Vec3& p) { return p.x < (std::abs(p.z) < 5 ? 23 : 20); }

double offAxis(const Vec3& p) {
  return std::hypot(p.y - 2 + 0.12 * (p.x - 25), p.z - 0.05 * (p.x - 25));
}

/// A canal of 2.6 mm radius from the cistern to the labyrinth's wall.
bool inCanal(const Vec3& p) { return p.x > 20 && p.x < 31 && offAxis(p) < 2.6; }

/// A film of CSF along the face of the petrous bone, above the canal and longer than it.
bool inFilm(const Vec3& p) {
  return p.x > 19 && p.x < 31.5 && std::abs(p.z - 7.5) < 1 &&
         std::abs(p.y - 2 - 1.4 * (p.x - 31)) < 1.4;
}

/// One that slants no more than a canal may, from farther medial to nearly as near the labyrinth.
bool inSlantingFilm(const Vec3& p) {
  return p.x > 16 && p.x < 32.5 && std::abs(p.z - 4.6 - 0.26 * (31.5 - p.x)) < 1 &&
         std::abs(p.y - 0.5 * (p.x - 31)) < 1.5;
}

/// One that begins farther medial than the canal and reaches down to its mouth.
bool inJoinedFilm(const Vec3& p) {
  const bool film = p.x > 19 && p.x < 29 && std::abs(p.z - 7.5) < 1;
  const bool bridge = p.x > 24 && p.x < 26 && p.z > 0 && p.z < 8;
  return (film || bridge) && std::abs(p.y - 2) < 1.4;
}

SideView viewWith(const std::function<bool(const Vec3&)>& extra) {
  SideView view;
  view.side = Side::right;
  const double c = std::cos(0.2);
  const double s = std::sin(0.2);
  view.frame.head_from_lps.rotation = Matrix3::fromColumns({c, s, 0}, {-s, c, 0}, {0, 0, 1});
  view.frame.head_from_lps.translation = {3, -7, 11};
  GridGeometry grid;
  grid.size = {110, 110, 70};
  grid.spacing_mm = {0.4, 0.4, 0.45};
  grid.direction = Matrix3::fromColumns({c, -s, 0}, {s, c, 0}, {0, 0, 1});
  grid.origin_mm = view.lpsOf({44, -20, -16});
  view.t2 = ImageF(grid, 0.0F);
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        const Vec3 p = view.sideOf(grid.toLps(i, j, k));
        const bool fluid =
            inCistern(p) || inCanal(p) || distance(p, kLabyrinth) < 2.5 || (extra && extra(p));
        if (fluid) view.t2(i, j, k) = 1;
      }
    }
  }
  return view;
}

void expectTheCanal(const SideView& view) {
  const Canal canal = findCanal(view, view.lpsOf(kLabyrinth), 1, {});
  ASSERT_TRUE(canal.seen);
  EXPECT_LT(distance(view.sideOf(canal.fundus_mm), {30.7, 1.3, 0.3}), 1.0);
  EXPECT_LT(distance(view.sideOf(canal.porus_mm), {23, 2.2, -0.1}), 1.5);
  EXPECT_GT(dot(canal.medial, view.lpsDirection({-1, 0, 0})), 0.97);
}

TEST(Canal, IsTheFingerThatEndsAtTheLabyrinth) { expectTheCanal(viewWith({})); }

TEST(Canal, IsNotTheLongerFilmOfCsfAlongThePetrousBone) { expectTheCanal(viewWith(inFilm)); }

TEST(Canal, IsNotAFilmThatSlantsLittleHoweverLong) { expectTheCanal(viewWith(inSlantingFilm)); }

TEST(Canal, IsFoundThoughAFilmOfCsfReachesItsMouth) { expectTheCanal(viewWith(inJoinedFilm)); }

TEST(Canal, IsNoLongerThanCanalsAre) {
  SideView view = viewWith({});
  const Size3 n = view.t2.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const Vec3 p = view.sideOf(view.t2.geometry().toLps(i, j, k));
        if (p.x > 14 && p.x < 23 && offAxis(p) >= 2.6) view.t2(i, j, k) = 0;
      }
    }
  }
  const Canal canal = findCanal(view, view.lpsOf(kLabyrinth), 1, {});
  ASSERT_TRUE(canal.seen);
  EXPECT_NEAR(view.sideOf(canal.porus_mm).x, kLabyrinth.x - 14.5, 0.5);
}

TEST(Canal, IsPlacedByTheLabyrinthWhereNoFingerIsSeen) {
  SideView view = viewWith({});
  for (float& v : view.t2) v = 0;
  const Canal canal = findCanal(view, view.lpsOf(kLabyrinth), 1, {});
  EXPECT_FALSE(canal.seen);
  EXPECT_GT(canal.porus_sd_mm, 2);
}

}  // namespace
}  // namespace neurovasc::anatomy
