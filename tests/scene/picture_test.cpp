#include "neurovasc/scene/picture.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "neurovasc/core/error.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

/// Red at the top left, green at the bottom right, else grey.
Picture marked() {
  Picture picture{40, 30, std::vector<std::uint8_t>(3UL * 40 * 30, 128)};
  for (int y = 0; y < 30; ++y) {
    for (int x = 0; x < 40; ++x) {
      const auto at = static_cast<std::size_t>(3 * (40 * y + x));
      if (x < 10 && y < 10) {
        picture.rgb[at] = 250;
      }
      if (x >= 30 && y >= 20) {
        picture.rgb[at + 1] = 250;
      }
    }
  }
  return picture;
}

TEST(Picture, ComesBackFromPngAsItWas) {
  const neurovasc::testing::TemporaryFolder folder;
  const std::string file = folder.path("marked.png");
  writePng(marked(), file);
  const Picture read = readPng(file);
  EXPECT_EQ(read.width, 40);
  EXPECT_EQ(read.height, 30);
  EXPECT_EQ(read.rgb, marked().rgb);
}

TEST(Picture, IsRefusedWhereTheFileIsNone) {
  const neurovasc::testing::TemporaryFolder folder;
  folder.write("text.png", "no picture");
  EXPECT_THROW(readPng(folder.path("text.png")), Error);
  EXPECT_THROW(readPng(folder.path("absent.png")), Error);
}

TEST(Picture, GivesTheSameJpegEachTimeAndASmallerOneAtLowerQuality) {
  const std::string good = jpegBytes(marked(), 90);
  EXPECT_EQ(good.substr(0, 3), "\xFF\xD8\xFF");
  EXPECT_EQ(good, jpegBytes(marked(), 90));
  EXPECT_LT(jpegBytes(marked(), 20).size(), good.size());
}

}  // namespace
}  // namespace neurovasc::scene
