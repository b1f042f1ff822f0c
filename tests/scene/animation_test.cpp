#include "neurovasc/scene/animation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "neurovasc/core/error.h"
#include "scene/analytic_scene.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

namespace fs = std::filesystem;

using neurovasc::testing::TemporaryFolder;
using testing::analyticScene;
using testing::leftContact;

AnimationOptions quickOptions() {
  AnimationOptions options;
  options.picture.width_px = 480;
  options.picture.height_px = 360;
  options.turntable_frames = 4;
  options.endoscopy_step_mm = 4;
  return options;
}

Picture plain(std::uint8_t grey) {
  return {64, 48, std::vector<std::uint8_t>(std::size_t{3} * 64 * 48, grey)};
}

std::string startOf(const std::string& path, std::size_t count) {
  std::ifstream file(path, std::ios::binary);
  std::string start(count, '\0');
  file.read(start.data(), static_cast<std::streamsize>(count));
  return start;
}

TEST(Film, IsOggTheora) {
  const TemporaryFolder folder;
  const std::string path = folder.path("film.ogv");
  FilmWriter film(path, 12);
  film.add(plain(40));
  film.add(plain(90));
  EXPECT_FALSE(fs::exists(path));
  film.finish();
  EXPECT_EQ(startOf(path, 4), "OggS");
  EXPECT_NE(startOf(path, 64).find("theora"), std::string::npos);
  EXPECT_FALSE(fs::exists(path + ".part"));
}

TEST(Film, IsAFolderOfPicturesWithoutAnEnding) {
  const TemporaryFolder folder;
  const std::string path = folder.path("film");
  FilmWriter film(path, 12);
  film.add(plain(40));
  film.add(plain(90));
  film.finish();
  EXPECT_EQ(readPng(path + "/frame_0002.png").rgb, plain(90).rgb);
}

TEST(Film, LeavesNothingWhenItIsNotFinishedOrRefused) {
  const TemporaryFolder folder;
  {
    FilmWriter film(folder.path("film"), 12);
    film.add(plain(40));
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
  EXPECT_THROW(FilmWriter(folder.path("film.mov"), 12), Error);
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Turntable, BeginsInFrontAndTurnsOverThePatientsLeft) {
  const std::vector<ViewFrame> frames = turntableFrames(analyticScene(), quickOptions());
  ASSERT_EQ(frames.size(), 4U);
  EXPECT_LT(frames[0].toward_viewer.y, -0.9);
  EXPECT_GT(frames[0].right.x, 0.99);  // the patient's left on the viewer's right
  EXPECT_GT(frames[1].toward_viewer.x, 0.9);
  EXPECT_GT(frames[2].toward_viewer.y, 0.9);
  EXPECT_LT(frames[3].toward_viewer.x, -0.9);
  for (const ViewFrame& frame : frames) {
    EXPECT_EQ(frame.center_mm, frames[0].center_mm);
    EXPECT_EQ(frame.mm_per_pixel, frames[0].mm_per_pixel);
  }
}

TEST(Turntable, IsWrittenFrameByFrameAndStopsOnRequest) {
  const TemporaryFolder folder;
  writeTurntable(analyticScene(), folder.path("turn"), quickOptions());
  EXPECT_TRUE(fs::exists(folder.path("turn/frame_0004.png")));
  EXPECT_NE(readPng(folder.path("turn/frame_0001.png")).rgb,
            readPng(folder.path("turn/frame_0002.png")).rgb);
  StopToken stop;
  stop.requestStop();
  EXPECT_THROW(
      writeTurntable(analyticScene(), folder.path("no"), quickOptions(), Progress({}, {}, stop)),
      Error);
  EXPECT_FALSE(fs::exists(folder.path("no")));
}

class Endoscope : public ::testing::TestWithParam<Side> {};

TEST_P(Endoscope, GoesFromThePorusToTheRootThroughFluidOnly) {
  const SceneContent& content = analyticScene();
  const std::vector<EndoscopePlace> places = endoscopePath(content, GetParam());
  ASSERT_GT(places.size(), 30U);
  EXPECT_GT(places.front().arclength_mm, 14);
  EXPECT_LT(places.back().arclength_mm, 3);
  for (const EndoscopePlace& place : places) {
    EXPECT_GT(testing::brainDistance(place.eye_mm), 0);
    EXPECT_GT(interpolate(content.t2.image, place.eye_mm), 100);
    for (const SceneNerve& nerve : content.nerves) {
      EXPECT_GT(project(nerve.tube.points_mm, place.eye_mm).distance_mm, 0.8);
    }
    for (const Vessel& vessel : content.vessels) {
      EXPECT_GT(project(vessel.tube.points_mm, place.eye_mm).distance_mm,
                vessel.tube.radius_mm.front());
    }
  }
}

TEST_P(Endoscope, LooksAtTheNerveAheadAndDoesNotJerk) {
  const std::vector<EndoscopePlace> places = endoscopePath(analyticScene(), GetParam());
  for (std::size_t n = 1; n < places.size(); ++n) {
    EXPECT_LT(distance(places[n].eye_mm, places[n - 1].eye_mm), 0.3);
    EXPECT_GT(dot(places[n].forward, places[n - 1].forward), 0.97);
    EXPECT_NEAR(dot(places[n].forward, places[n].up), 0, 1e-6);
  }
  // Inwards, that is to the patient's right on the left side.
  EXPECT_LT(places.front().forward.x * lateralSign(GetParam()), -0.5);
}

INSTANTIATE_TEST_SUITE_P(Sides, Endoscope, ::testing::Values(Side::left, Side::right),
                         [](const auto& each) { return std::string(name(each.param)); });

TEST(Endoscopy, IsWrittenAndRefusedWhereThereIsNoWay) {
  const TemporaryFolder folder;
  writeEndoscopy(analyticScene(), Side::left, folder.path("flight"), quickOptions());
  EXPECT_TRUE(fs::exists(folder.path("flight/frame_0002.png")));
  SceneContent solid = leftContact();
  for (float& value : solid.t2.image) {
    value = 0;
  }
  EXPECT_THROW(endoscopePath(solid, Side::left), Error);
  solid.nerves.clear();
  EXPECT_THROW(endoscopePath(solid, Side::left), Error);
}

TEST(AnimationOptions, AreRefusedByName) {
  const auto refused = [](const auto& change) {
    AnimationOptions options;
    change(options);
    EXPECT_THROW(validate(options), Error);
  };
  EXPECT_NO_THROW(validate(AnimationOptions{}));
  refused([](AnimationOptions& o) { o.frames_per_second = 0; });
  refused([](AnimationOptions& o) { o.turntable_frames = 1; });
  refused([](AnimationOptions& o) { o.endoscopy_step_mm = 0; });
  refused([](AnimationOptions& o) { o.picture.width_px = 1; });
}

}  // namespace
}  // namespace neurovasc::scene
