#include "neurovasc/scene/pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "neurovasc/core/error.h"
#include "scene/fixtures.h"
#include "support/temporary_folder.h"

namespace neurovasc::scene {
namespace {

using neurovasc::testing::TemporaryFolder;
using ::testing::ElementsAre;
using testing::leftContact;

std::string contentsOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> namesOf(const std::vector<PictureFile>& files) {
  std::vector<std::string> names;
  for (const PictureFile& file : files) {
    names.push_back(file.name);
  }
  return names;
}

PictureOptions smallPicture() {
  PictureOptions options;
  options.width_px = 600;
  options.height_px = 450;
  return options;
}

TEST(Pictures, HaveStableNames) {
  EXPECT_THAT(namesOf(pictureFiles(leftContact())),
              ElementsAre("overview.png", "retrosigmoid_left.png", "retrosigmoid_right.png",
                          "end_on_left.png", "end_on_right.png", "brainstem_left.png",
                          "brainstem_right.png", "along_nerve_left.png", "along_nerve_right.png",
                          "contact_L1.png", "contact_L1_slices.png", "contact_L1_across.png"));
}

TEST(Pictures, LeaveOutASideWithoutANerveAndContactsWithoutAPlace) {
  SceneContent content = leftContact();
  content.nerves.pop_back();
  content.sides[0].contacts[0].nerve_point_mm.reset();
  EXPECT_THAT(namesOf(pictureFiles(content)),
              ElementsAre("overview.png", "retrosigmoid_left.png", "end_on_left.png",
                          "brainstem_left.png", "along_nerve_left.png"));
}

TEST(Pictures, AreAllWrittenAsPngAndAgainWithTheSameBytes) {
  const SceneContent content = leftContact();
  const TemporaryFolder first;
  const TemporaryFolder second;
  const std::vector<std::string> names =
      writePictures(content, first.path().string(), smallPicture());
  writePictures(content, second.path().string(), smallPicture());
  EXPECT_EQ(names, namesOf(pictureFiles(content)));
  for (const std::string& name : names) {
    const std::string bytes = contentsOf(first.path(name));
    EXPECT_EQ(bytes.substr(1, 3), "PNG") << name;
    EXPECT_TRUE(bytes == contentsOf(second.path(name))) << name;
  }
}

TEST(Pictures, StopOnRequest) {
  StopToken stop;
  const Progress progress(
      [&stop](const ProgressEvent& event) {
        if (event.fraction > 0.1) {
          stop.requestStop();
        }
      },
      {}, stop);
  const TemporaryFolder folder;
  try {
    writePictures(leftContact(), folder.path().string(), smallPicture(), progress);
    FAIL() << "was not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path("contact_L1.png")));
}

TEST(Pictures, CannotBeWrittenIntoAFolderThatIsNotThere) {
  const Picture dot{1, 1, {10, 20, 30}};
  EXPECT_THROW(writePng(dot, "/nonexistent/folder/dot.png"), Error);
}

}  // namespace
}  // namespace neurovasc::scene
