#include "neurovasc/pdf/notice.h"

#include <gtest/gtest.h>

namespace neurovasc::pdf {
namespace {

/// Dark pixels between two shares of the page's height.
int inkBetween(const scene::Picture& page, double from, double to) {
  int ink = 0;
  for (int y = static_cast<int>(from * page.height); y < static_cast<int>(to * page.height); ++y) {
    for (int x = 0; x < page.width; ++x) {
      ink += page.rgb[3 * static_cast<std::size_t>(y * page.width + x)] < 128 ? 1 : 0;
    }
  }
  return ink;
}

TEST(NoticePicture, IsAPageOfA4WithItsTextAtTheTopAndTheNoteAtTheFoot) {
  const scene::Picture page = noticePicture("No result", {"The study holds no T2 series."});
  EXPECT_NEAR(static_cast<double>(page.height) / page.width, 297.0 / 210, 0.005);
  ASSERT_EQ(page.rgb.size(), static_cast<std::size_t>(3 * page.width * page.height));
  EXPECT_GT(inkBetween(page, 0, 0.3), 500);
  EXPECT_EQ(inkBetween(page, 0.4, 0.9), 0);
  EXPECT_GT(inkBetween(page, 0.9, 1), 100);
}

TEST(NoticePicture, HasLongTextOnSeveralLines) {
  const std::string text(
      "A reason that takes many words, since it says what was looked for, what was found instead, "
      "and what could be done so that the next examination of this kind gives a result.");
  const scene::Picture page = noticePicture("No result", {text, text, text});
  EXPECT_GT(inkBetween(page, 0.15, 0.4),
            2 * inkBetween(noticePicture("No result", {text}), 0.15, 0.4));
}

TEST(NoticePicture, IsTheSameForTheSameText) {
  EXPECT_EQ(noticePicture("a", {"b"}).rgb, noticePicture("a", {"b"}).rgb);
  EXPECT_NE(noticePicture("a", {"b"}).rgb, noticePicture("a", {"c"}).rgb);
}

}  // namespace
}  // namespace neurovasc::pdf
