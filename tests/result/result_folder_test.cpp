#include "neurovasc/result/result_folder.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

#include "neurovasc/core/error.h"
#include "neurovasc/result/run_json.h"
#include "support/error_of.h"
#include "support/temporary_folder.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;
using testing::errorOf;
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

TEST(StagedFolder, AppearsOnlyWhenPublished) {
  const testing::TemporaryFolder box;
  const fs::path target = box.path() / "OUT";
  StagedFolder folder(target, false);
  folder.write(kAssessmentFile, "{}");
  folder.write("masks/vessels.txt", "1");
  EXPECT_FALSE(fs::exists(target));
  EXPECT_TRUE(folder.publish());
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

/// A published result in box/OUT, with an old assessment and a header.
fs::path oldResult(const testing::TemporaryFolder& box) {
  StagedFolder folder(box.path() / "OUT", false);
  folder.write(kAssessmentFile, "old");
  folder.write("masks/vessels.txt", "old");
  folder.write("source/t2/0001.dcm", "header");
  RunRecord run;
  run.outputs = folder.files();
  folder.write(kRunFile, toJson(run));
  folder.publish();
  return folder.target();
}

TEST(StagedFolder, OverwritesAResultWholly) {
  const testing::TemporaryFolder box;
  const fs::path out = oldResult(box);
  {
    StagedFolder folder(out, true);
    folder.write(kAssessmentFile, "new");
    EXPECT_EQ(textOf(out / "assessment.json"), "old");
    folder.publish();
  }
  EXPECT_EQ(textOf(out / "assessment.json"), "new");
  EXPECT_FALSE(fs::exists(out / "masks"));
  EXPECT_FALSE(fs::exists(out / "source"));
  EXPECT_EQ(countIn(box.path()), 1U);
}

TEST(StagedFolder, KeepsTheOldResultWhenTheNewOneFails) {
  const testing::TemporaryFolder box;
  const fs::path out = oldResult(box);
  {
    const StagedFolder folder(out, true);
    folder.write(kAssessmentFile, "half");
  }
  EXPECT_EQ(textOf(out / "assessment.json"), "old");
  EXPECT_EQ(countIn(box.path()), 1U);
}

TEST(StagedFolder, RefusesToDeleteWhatAReaderLeftInAResult) {
  for (const char* foreign :
       {"notes.txt", "review.json", "masks/landmarks.mrk.json", "source/letter.pdf"}) {
    const testing::TemporaryFolder box;
    const fs::path out = oldResult(box);
    std::ofstream(out / foreign) << "an evening's work";
    const Error error = errorOf([&out] { StagedFolder folder(out, true); });
    EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
    EXPECT_THAT(error.message(), HasSubstr(foreign));
    EXPECT_THAT(error.hint(), HasSubstr("move it to another place"));
    EXPECT_EQ(textOf(out / foreign), "an evening's work");
    EXPECT_EQ(textOf(out / "assessment.json"), "old");
  }
}

TEST(StagedFolder, CountsTheForeignFilesOfAResult) {
  const testing::TemporaryFolder box;
  const fs::path out = oldResult(box);
  std::ofstream(out / "b.txt") << "x";
  std::ofstream(out / "a.txt") << "x";
  EXPECT_THAT(errorOf([&out] { StagedFolder folder(out, true); }).message(),
              HasSubstr("OUT: 2 files in it are not of the result that it holds, a.txt"));
}

TEST(StagedFolder, NoticesForeignFilesThatCameDuringTheWork) {
  const testing::TemporaryFolder box;
  const fs::path out = oldResult(box);
  StagedFolder folder(out, true);
  folder.write(kAssessmentFile, "new");
  std::ofstream(out / "notes.txt") << "written meanwhile";
  EXPECT_EQ(errorOf([&folder] { folder.publish(); }).code(), ErrorCode::output_unwritable);
  EXPECT_EQ(textOf(out / "notes.txt"), "written meanwhile");
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

TEST(StagedFolder, SaysThatAPlaceCannotBeMadeWithoutLeavingHalfOfIt) {
  const testing::TemporaryFolder box;
  const std::string too_long(300, 'x');  // beyond what file systems take
  const fs::path inside = box.path() / "new" / too_long / "OUT";
  EXPECT_EQ(errorOf([&inside] { StagedFolder folder(inside, false); }).code(),
            ErrorCode::output_unwritable);
  EXPECT_EQ(countIn(box.path()), 0U);
  const StagedFolder folder(box.path() / "OUT", false);
  EXPECT_EQ(errorOf([&] { folder.path("masks/" + too_long + "/a"); }).code(),
            ErrorCode::output_unwritable);
}

/// The number of a process that has ended.
pid_t deadProcess() {
  const pid_t child = fork();
  if (child == 0) {
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  return child;
}

TEST(StagedFolder, RemovesWhatAKilledProcessLeftBesideTheTarget) {
  const testing::TemporaryFolder box;
  const std::string dead = std::to_string(deadProcess());
  const fs::path left = box.path() / (".OUT.part-" + dead + "-17");
  const fs::path of_other = box.path() / (".OTHER.part-" + dead + "-17");
  const fs::path old_result = box.path() / (".OUT.part-" + dead + "-17.old");
  const fs::path alive = box.path() / (".OUT.part-" + std::to_string(getpid()) + "-17");
  for (const auto& folder : {left, of_other, old_result, alive}) {
    fs::create_directory(folder);
    std::ofstream(folder / "t2.nii.gz") << "pixels";
  }
  { const StagedFolder folder(box.path() / "OUT", false); }
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(of_other));
  EXPECT_TRUE(fs::exists(old_result));
  EXPECT_TRUE(fs::exists(alive));
}

TEST(StagedFolder, LeavesFoldersAloneThatSomebodyHolds) {
  const testing::TemporaryFolder box;
  const fs::path held = box.path() / (".OUT.part-" + std::to_string(deadProcess()) + "-17");
  fs::create_directory(held);
  const int lock = open(held.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_EQ(flock(lock, LOCK_EX), 0);
  { const StagedFolder folder(box.path() / "OUT", false); }
  EXPECT_TRUE(fs::exists(held)) << "another computer's process may write there";
  close(lock);
}

TEST(StagedFolder, RemovesWhatAKilledProcessLeavesWhileItIsAtWork) {
  const testing::TemporaryFolder box;
  const fs::path left = box.path() / (".OUT.part-" + std::to_string(deadProcess()) + "-17");
  {
    const StagedFolder folder(box.path() / "OUT", false);
    fs::create_directory(left);
  }
  EXPECT_FALSE(fs::exists(left));
}

TEST(ReplacedFile, GoesWithoutWhatAKilledProcessLeftBesideIt) {
  const testing::TemporaryFolder box;
  const std::string dead = std::to_string(deadProcess());
  const fs::path left = box.path() / (".job.json.part-" + dead + "-17");
  const fs::path of_other = box.path() / (".other.json.part-" + dead + "-17");
  for (const auto& file : {left, of_other}) {
    std::ofstream(file) << "{";
  }
  replaceFile(box.path() / "job.json", "{}");
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(of_other));
  EXPECT_EQ(fs::file_size(box.path() / "job.json"), 2U);
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
