#include "outlines.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace neurovasc::interop {
namespace {

/// A mask drawn in rows of '#'.
std::vector<std::uint8_t> maskOf(const std::vector<std::string>& rows) {
  std::vector<std::uint8_t> mask;
  for (const auto& row : rows) {
    for (const char c : row) {
      mask.push_back(c == '#' ? 1 : 0);
    }
  }
  return mask;
}

/// Twice the signed area of a closed polygon.
int doubleArea(const std::vector<Corner>& corners) {
  int area = 0;
  for (std::size_t n = 0; n < corners.size(); ++n) {
    const Corner& a = corners[n];
    const Corner& b = corners[(n + 1) % corners.size()];
    area += a[0] * b[1] - a[1] * b[0];
  }
  return area;
}

TEST(Outlines, EncloseAsManyPixelsAsTheMaskHas) {
  const auto mask = maskOf({".###..", ".#.##.", ".###..", "....##"});
  int area = 0;
  for (const auto& outline : outlinesOf(mask, 6, 4)) {
    area += doubleArea(outline);
  }
  EXPECT_EQ(area, 2 * 11);
}

TEST(Outlines, HaveCornersAlone) {
  const auto outlines = outlinesOf(maskOf({"....", ".##.", ".##.", "...."}), 4, 4);
  ASSERT_EQ(outlines.size(), 1U);
  EXPECT_EQ(outlines[0], (std::vector<Corner>{{1, 1}, {3, 1}, {3, 3}, {1, 3}}));
}

TEST(Outlines, TurnTheOtherWayAroundHoles) {
  const auto outlines = outlinesOf(maskOf({"###", "#.#", "###"}), 3, 3);
  ASSERT_EQ(outlines.size(), 2U);
  EXPECT_EQ(doubleArea(outlines[0]), 18);
  EXPECT_EQ(doubleArea(outlines[1]), -2);
}

TEST(Outlines, KeepPixelsApartThatTouchAtACorner) {
  const auto outlines = outlinesOf(maskOf({"#.", ".#"}), 2, 2);
  ASSERT_EQ(outlines.size(), 2U);
  EXPECT_EQ(doubleArea(outlines[0]), 2);
  EXPECT_EQ(doubleArea(outlines[1]), 2);
}

TEST(Outlines, LieOnThePixelsWithANeighbourOutside) {
  EXPECT_EQ(borderPixels(maskOf({"###", "###", "###"}), 3, 3).size(), 8U);
  EXPECT_EQ(borderPixels(maskOf({"#..", "...", "..#"}), 3, 3), (std::vector<std::size_t>{0, 8}));
}

}  // namespace
}  // namespace neurovasc::interop
