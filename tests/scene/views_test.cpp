#include "neurovasc/scene/views.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "layout.h"
#include "neurovasc/core/error.h"
#include "scene/fixtures.h"

namespace neurovasc::scene {
namespace {

using testing::facialNerve;
using testing::leftContact;
using testing::straightTube;

constexpr std::array<Vec3, 3> kAxes = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr std::array<char, 3> kLetters = {'L', 'P', 'S'};

PictureOptions smallPicture() {
  PictureOptions options;
  options.width_px = 600;
  options.height_px = 450;
  return options;
}

/// Both nerves and one short artery about @p place.
SceneContent withMarkerAt(const Point3& place) {
  SceneContent content;
  content.nerves = {facialNerve(Side::left), facialNerve(Side::right)};
  Vessel marker;
  marker.id = "V1";
  marker.kind = VesselKind::artery;
  marker.tube = straightTube(place - Vec3{0.4, 0.4, 0.4}, place + Vec3{0.4, 0.4, 0.4}, 0.7, 5);
  content.vessels = {marker};
  return content;
}

bool isVermillion(const Picture& picture, int x, int y) {
  const auto at = static_cast<std::size_t>(3 * (y * picture.width + x));
  const int r = picture.rgb[at];
  const int g = picture.rgb[at + 1];
  const int b = picture.rgb[at + 2];
  return r > 90 && 2 * r > 3 * g && r > 2 * b;
}

/// How many pixels have the colour of a gap of nil, in scene and legend.
int navyPixels(const Picture& picture) {
  int count = 0;
  for (std::size_t at = 0; at + 2 < picture.rgb.size(); at += 3) {
    const int r = picture.rgb[at];
    const int g = picture.rgb[at + 1];
    const int b = picture.rgb[at + 2];
    count += r < 60 && g < 80 && b > g + 15 && b > r + 30 ? 1 : 0;
  }
  return count;
}

/// Middle and number of the marker's pixels in the scene, the legend left out.
struct Found {
  Spot middle;
  int count = 0;
};

Found findMarker(const Picture& picture, const PictureOptions& options) {
  const Rect scene = layoutOf(options).scene;
  Found found;
  for (int y = static_cast<int>(scene.y); y < scene.bottom(); ++y) {
    for (int x = static_cast<int>(scene.x); x < scene.right(); ++x) {
      if (isVermillion(picture, x, y)) {
        found.middle.x += x + 0.5;
        found.middle.y += y + 0.5;
        ++found.count;
      }
    }
  }
  found.middle.x /= std::max(1, found.count);
  found.middle.y /= std::max(1, found.count);
  return found;
}

/// The way from the picture's middle to each edge, right and down positive.
constexpr std::array<Spot, 4> kEdges = {{{1, 0}, {0, -1}, {-1, 0}, {0, 1}}};

/// Two pieces of artery in front, the second one @p apart_mm beside the first and shorter.
SceneContent withPieces(double apart_mm, VesselName first, VesselName second) {
  SceneContent content;
  content.nerves = {facialNerve(Side::left), facialNerve(Side::right)};
  const Point3 from = testing::kMiddle + Vec3{-4, -12, 0};
  const Vec3 beside = {apart_mm, 0, 0};
  for (const VesselName vessel_name : {first, second}) {
    Vessel piece;
    const bool is_first = content.vessels.empty();
    piece.id = is_first ? "V1" : "V2";
    piece.kind = VesselKind::artery;
    piece.name = vessel_name;
    const Point3 start = is_first ? from : from + beside;
    piece.tube = straightTube(start, start + Vec3{0, 0, is_first ? 12.0 : 6.0}, 0.8);
    content.vessels.push_back(piece);
  }
  return content;
}

Picture overviewOf(const SceneContent& content) {
  return renderView(content, View::overview, smallPicture());
}

TEST(VesselNames, StandOnceWhereOnePieceEndsBesideTheNext) {
  const auto near = withPieces(3, VesselName::basilar, VesselName::basilar);
  // As if the shorter piece had no name.
  EXPECT_EQ(overviewOf(near).rgb,
            overviewOf(withPieces(3, VesselName::basilar, VesselName::unknown)).rgb);
  EXPECT_NE(overviewOf(near).rgb,
            overviewOf(withPieces(3, VesselName::unknown, VesselName::unknown)).rgb);
}

TEST(VesselNames, StandOnBothWherePiecesLieFarApart) {
  EXPECT_NE(overviewOf(withPieces(12, VesselName::vertebral, VesselName::vertebral)).rgb,
            overviewOf(withPieces(12, VesselName::vertebral, VesselName::unknown)).rgb);
}

TEST(VesselNames, StandOnNeighboursOfOtherNames) {
  EXPECT_NE(overviewOf(withPieces(3, VesselName::basilar, VesselName::vertebral)).rgb,
            overviewOf(withPieces(3, VesselName::basilar, VesselName::unknown)).rgb);
}

class EachView : public ::testing::TestWithParam<View> {
 protected:
  void SetUp() override { unsetenv("DISPLAY"); }
};

TEST_P(EachView, ShowsAMarkerOnTheSideThatIsLettered) {
  const PictureOptions options = smallPicture();
  const ViewFrame bare = viewFrame(withMarkerAt(testing::kMiddle), GetParam(), options);
  int lettered = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const SceneContent content = withMarkerAt(bare.center_mm + 4.0 * kAxes[axis]);
    for (std::size_t edge = 0; edge < 4; ++edge) {
      if (bare.edge_letters[edge][0] != kLetters[axis]) {
        continue;
      }
      ++lettered;
      const Found found = findMarker(renderView(content, GetParam(), options), options);
      ASSERT_GT(found.count, 10) << kLetters[axis];
      const double toward_edge = (found.middle.x - bare.center_x_px) * kEdges[edge].x +
                                 (found.middle.y - bare.center_y_px) * kEdges[edge].y;
      EXPECT_GT(toward_edge, 0.5 * 4 / bare.mm_per_pixel * 0.7) << kLetters[axis];
    }
  }
  EXPECT_EQ(lettered, 2);  // one horizontally, one vertically
}

TEST_P(EachView, ShowsPointsWhereItsFrameSays) {
  const PictureOptions options = smallPicture();
  const ViewFrame bare = viewFrame(withMarkerAt(testing::kMiddle), GetParam(), options);
  const Point3 place = bare.center_mm + 5.0 * bare.right - 5.0 * bare.up;
  const SceneContent content = withMarkerAt(place);
  const Spot expected = spotOf(viewFrame(content, GetParam(), options), place);
  const Found found = findMarker(renderView(content, GetParam(), options), options);
  ASSERT_GT(found.count, 10);
  EXPECT_NEAR(found.middle.x, expected.x, 3);
  EXPECT_NEAR(found.middle.y, expected.y, 3);
}

TEST_P(EachView, HasTheSameBytesEachTime) {
  const PictureOptions options = smallPicture();
  const SceneContent content = leftContact();
  EXPECT_EQ(renderView(content, GetParam(), options).rgb,
            renderView(content, GetParam(), options).rgb);
}

TEST_P(EachView, HasAScaleBarOfARoundLength) {
  const PictureOptions options = smallPicture();
  const SceneContent content = leftContact();
  const Picture picture = renderView(content, GetParam(), options);
  const Rect scene = layoutOf(options).scene;
  int longest = 0;
  for (int y = static_cast<int>(scene.bottom()) - 30; y < scene.bottom(); ++y) {
    int run = 0;
    for (int x = 0; x < scene.width / 2; ++x) {
      const auto at = static_cast<std::size_t>(3 * (y * picture.width + x));
      run = picture.rgb[at] < 40 && picture.rgb[at + 1] < 40 && picture.rgb[at + 2] < 40 ? run + 1
                                                                                         : 0;
      longest = std::max(longest, run);
    }
  }
  const double mm_per_pixel = viewFrame(content, GetParam(), options).mm_per_pixel;
  const double shown_mm = longest * mm_per_pixel;
  double nearest = 1e9;
  for (const double length : {1, 2, 5, 10, 20}) {
    nearest = std::min(nearest, std::abs(shown_mm - length));
  }
  EXPECT_LT(nearest, 1.5 * mm_per_pixel) << shown_mm;
}

TEST_P(EachView, CanBeDrawnOfAnEmptyScene) {
  const Picture picture = renderView({}, GetParam(), smallPicture());
  EXPECT_EQ(picture.width, 600);
  EXPECT_EQ(picture.height, 450);
}

INSTANTIATE_TEST_SUITE_P(Views, EachView, ::testing::ValuesIn(allViews()),
                         [](const auto& each) { return std::string(name(each.param)); });

TEST(Overview, HasTheLeftNerveOnTheViewersRight) {
  const SceneContent content = leftContact();
  const ViewFrame frame = viewFrame(content, View::overview);
  EXPECT_EQ(frame.edge_letters[0], "L");
  EXPECT_EQ(frame.edge_letters[2], "R");
  EXPECT_GT(spotOf(frame, *content.sides[0].contacts[0].nerve_point_mm).x, frame.center_x_px);
}

TEST(RetrosigmoidView, LooksFromBehindAndBelowOnItsOwnSide) {
  const SceneContent content = leftContact();
  for (const View view : {View::retrosigmoid_left, View::retrosigmoid_right}) {
    const Vec3 eye = viewFrame(content, view).toward_viewer;
    EXPECT_GT(eye.x * lateralSign(*sideOf(view)), 0);
    EXPECT_GT(eye.y, 0);
    EXPECT_LT(eye.z, 0);
  }
}

TEST(EndOnView, LooksAlongTheNerveFromTheBrainstem) {
  const SceneContent content = leftContact();
  for (const View view : {View::end_on_left, View::end_on_right}) {
    const Tube& tube = content.nerves[*sideOf(view) == Side::left ? 0 : 1].tube;
    const Vec3 outward = normalized(tube.points_mm.back() - tube.points_mm.front());
    const ViewFrame frame = viewFrame(content, view);
    EXPECT_NEAR(dot(frame.toward_viewer, outward), -1, 1e-6);
    EXPECT_GT(frame.up.z, 0.9);
  }
}

TEST(ContactCloseUp, HasTheGapInThePicturesPlane) {
  const SceneContent content = leftContact();
  const PictureOptions options = smallPicture();
  const Picture picture = renderContact(content, "L1", options);
  EXPECT_EQ(picture.width, 600);
  EXPECT_GT(findMarker(picture, options).count, 200);
  EXPECT_EQ(picture.rgb, renderContact(content, "L1", options).rgb);
}

TEST(ContactCloseUp, IsRefusedWithoutAPlace) {
  SceneContent content = leftContact();
  content.sides[0].contacts[0].nerve_point_mm.reset();
  EXPECT_THROW(renderContact(content, "L1"), Error);
  EXPECT_THROW(renderContact(content, "L9"), Error);
}

TEST(Views, AreFoundByName) {
  for (const View view : allViews()) {
    EXPECT_EQ(parseView(name(view)), view);
    EXPECT_FALSE(title(view).empty());
  }
  EXPECT_FALSE(parseView("sideways"));
  EXPECT_EQ(sideOf(View::overview), std::nullopt);
  EXPECT_EQ(sideOf(View::end_on_right), Side::right);
}

TEST(PictureOptions, AreRefusedByName) {
  const auto refused = [](const auto& change) {
    PictureOptions options;
    change(options);
    EXPECT_THROW(validate(options), Error);
  };
  refused([](PictureOptions& o) { o.width_px = 10; });
  refused([](PictureOptions& o) { o.height_px = 100000; });
  refused([](PictureOptions& o) { o.gap_range_mm = 0; });
  refused([](PictureOptions& o) { o.contact_field_mm = 0; });
  refused([](PictureOptions& o) { o.slice_field_mm = 1000; });
}

TEST(RendererDeathTest, SaysWhatToInstallWhereThereIsNoRenderer) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto draw_without_renderer = [] {
    setenv("__EGL_VENDOR_LIBRARY_FILENAMES", "/nonexistent.json", 1);
    try {
      renderView(leftContact(), View::overview);
    } catch (const Error& error) {
      std::cerr << error.what();
      std::exit(error.code() == ErrorCode::internal ? 7 : 8);
    }
    std::exit(0);
  };
  EXPECT_EXIT(draw_without_renderer(), ::testing::ExitedWithCode(7), "libegl1");
}

TEST(Overview, PaintsNoGapsWhereNoneWereMeasured) {
  SceneContent content = withMarkerAt(facialNerve(Side::left).tube.points_mm[10]);
  EXPECT_GT(navyPixels(renderView(content, View::overview, smallPicture())), 50);
  content.gaps_measured = false;
  EXPECT_EQ(navyPixels(renderView(content, View::overview, smallPicture())), 0);
}

}  // namespace
}  // namespace neurovasc::scene
