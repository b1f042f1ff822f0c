#include "neurovasc/result/result_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "neurovasc/core/error.h"
#include "result/temporary_folder.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string textOf(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::size_t countIn(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

template <typename Work>
Error errorOf(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "nothing was thrown"};
}

TEST(StagedFolder, AppearsOnlyWhenPublished) {
  const testing::TemporaryFolder box;
  const fs::path target = box.path() / "OUT";
  StagedFolder folder(target, false);
  folder.write(kAssessmentFile, "{}");
  folder.write("masks/vessels.txt", "1");
  EXPECT_FALSE(fs::exists(target));
  folder.publish();
  EXPECT_EQ(textOf(target / "assessment.json"), "{}");
  EXPECT_EQ(textOf(target / "masks" / "vessels.txt"), "1");
  EXPECT_EQ(countIn(box.path()), 1U);
}

TEST(StagedFolder, LeavesNothingWhenTheWorkThrows) {
  const testing::TemporaryFolder box;
  const auto work = [&box] {
    StagedFolder folder(box.path() / "new" / "deep" / "OUT", false);
    folder.write(kAssessmentFile, "{}");
    throw std::runtime_error("the disk of the test is full");
  };
  EXPECT_THROW(work(), std::runtime_error);
  EXPECT_EQ(countIn(box.path()), 0U);
}

TEST(StagedFolder, RefusesAnExistingResultBeforeTheWork) {
  const testing::TemporaryFolder box;
  fs::create_directory(box.path() / "OUT");
  std::ofstream(box.path() / "OUT" / "assessment.json") << "old";
  const Error error = errorOf([&box] { StagedFolder folder(box.path() / "OUT", false); });
  EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
  EXPECT_THAT(error.message(), HasSubstr("OUT: it exists already"));
  EXPECT_THAT(error.hint(), HasSubstr("--overwrite"));
  EXPECT_EQ(textOf(box.path() / "OUT" / "assessment.json"), "old");
}

TEST(StagedFolder, TakesAnEmptyFolder) {
  const testing::TemporaryFolder box;
  fs::create_directory(box.path() / "OUT");
  StagedFolder folder(box.path() / "OUT", false);
  folder.write(kAssessmentFile, "{}");
  folder.publish();
  EXPECT_TRUE(fs::exists(box.path() / "OUT" / "assessment.json"));
}

TEST(StagedFolder, OverwritesAResultWholly) {
  const testing::TemporaryFolder box;
  fs::create_directory(box.path() / "OUT");
  std::ofstream(box.path() / "OUT" / "assessment.json") << "old";
  std::ofstream(box.path() / "OUT" / "stale.txt") << "old";
  {
    StagedFolder folder(box.path() / "OUT", true);
    folder.write(kAssessmentFile, "new");
    EXPECT_EQ(textOf(box.path() / "OUT" / "assessment.json"), "old");
    folder.publish();
  }
  EXPECT_EQ(textOf(box.path() / "OUT" / "assessment.json"), "new");
  EXPECT_FALSE(fs::exists(box.path() / "OUT" / "stale.txt"));
  EXPECT_EQ(countIn(box.path()), 1U);
}

TEST(StagedFolder, KeepsTheOldResultWhenTheNewOneFails) {
  const testing::TemporaryFolder box;
  fs::create_directory(box.path() / "OUT");
  std::ofstream(box.path() / "OUT" / "assessment.json") << "old";
  {
    const StagedFolder folder(box.path() / "OUT", true);
    folder.write(kAssessmentFile, "half");
  }
  EXPECT_EQ(textOf(box.path() / "OUT" / "assessment.json"), "old");
  EXPECT_EQ(countIn(box.path()), 1U);
}

TEST(StagedFolder, NeverDeletesAFolderThatIsNoResult) {
  const testing::TemporaryFolder box;
  fs::create_directory(box.path() / "thesis");
  std::ofstream(box.path() / "thesis" / "chapter1.tex") << "years of work";
  const Error error = errorOf([&box] { StagedFolder folder(box.path() / "thesis", true); });
  EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
  EXPECT_TRUE(fs::exists(box.path() / "thesis" / "chapter1.tex"));
}

TEST(StagedFolder, RefusesAPlaceBelowAFile) {
  const testing::TemporaryFolder box;
  const fs::path file = box.write("file", "x");
  const Error error = errorOf([&file] { StagedFolder folder(file / "OUT", false); });
  EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
}

TEST(StagedFolder, LetsNothingOut) {
  const testing::TemporaryFolder box;
  const StagedFolder folder(box.path() / "OUT", false);
  EXPECT_THROW(folder.path("../elsewhere"), Error);
  EXPECT_THROW(folder.path("masks/../../elsewhere"), Error);
  EXPECT_THROW(folder.path("/tmp/elsewhere"), Error);
  EXPECT_THROW(folder.path(""), Error);
}

TEST(StagedFolder, KeepsTheSourceFolderToItsOwner) {
  const testing::TemporaryFolder box;
  StagedFolder folder(box.path() / "OUT", false);
  folder.write("source/s1.dcm", "header");
  folder.publish();
  EXPECT_EQ(fs::status(box.path() / "OUT" / "source").permissions(), fs::perms::owner_all);
}

TEST(StagedFolder, ListsItsFilesSortedWithFingerprintsButNotTheSource) {
  const testing::TemporaryFolder box;
  const StagedFolder folder(box.path() / "OUT", false);
  folder.write("report.txt", "abc");
  folder.write("masks/a.txt", "");
  folder.write("source/s1.dcm", "header");
  const auto files = folder.files();
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, "masks/a.txt");
  EXPECT_EQ(files[1].path, "report.txt");
  EXPECT_EQ(files[1].bytes, 3U);
  EXPECT_EQ(files[1].sha256, sha256("abc"));
}

TEST(Sha256, GivesThePublishedDigests) {
  // FIPS 180-2, appendix B.1, and the digest of nothing.
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, IsThatOfTheWholeFile) {
  const testing::TemporaryFolder box;
  const std::string text(3U << 20U, 'x');
  EXPECT_EQ(sha256OfFile(box.write("large", text)), sha256(text));
  EXPECT_THROW(sha256OfFile(box.path() / "absent"), Error);
}

}  // namespace
}  // namespace neurovasc::result
