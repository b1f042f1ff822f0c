#include "neurovasc/scene/thumbnail.h"

#include <gtest/gtest.h>

#include <cmath>

namespace neurovasc::scene {
namespace {

/// Black and white columns in turn, with the upper left quarter red.
Picture stripes(int width, int height) {
  Picture picture{width, height, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool is_red = x < width / 2 && y < height / 2;
      const std::uint8_t grey = x % 2 == 0 ? 0 : 255;
      picture.rgb.push_back(is_red ? 255 : grey);
      picture.rgb.push_back(is_red ? 0 : grey);
      picture.rgb.push_back(is_red ? 0 : grey);
    }
  }
  return picture;
}

TEST(SceneThumbnail, KeepsShapeAndSidesAndMixesWhatIsTooFine) {
  const Picture small = shrunk(stripes(400, 200), 90);
  EXPECT_EQ(small.width, 90);
  EXPECT_EQ(small.height, 45);
  const auto at = [&small](int x, int y, int channel) {
    return static_cast<int>(
        small.rgb[static_cast<std::size_t>(3 * (y * small.width + x) + channel)]);
  };
  EXPECT_GT(at(20, 10, 0), 240);
  EXPECT_LT(at(20, 10, 1), 15);
  // Leaving out columns would give black and white ones, or broad false stripes.
  for (int x = 50; x < 85; ++x) {
    EXPECT_NEAR(at(x, 30, 1), 127, 20) << x;
  }
}

TEST(SceneThumbnail, LeavesSmallPicturesAsTheyAre) {
  const Picture picture = stripes(40, 20);
  EXPECT_EQ(shrunk(picture, 40).rgb, picture.rgb);
}

}  // namespace
}  // namespace neurovasc::scene
