#include "neurovasc/archive/reading_list.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <set>

#include "cohort_fixture.h"
#include "neurovasc/archive/qc.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using testing::errorOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ArchiveReadingList : public testing::CohortTest {
 protected:
  ReadingListSummary write(const std::string& name, std::uint64_t seed = 7) {
    ReadingListOptions options;
    options.seed = seed;
    return writeReadingList(catalogue_, results_, scratch_.path() / name,
                            scratch_.path(name + ".key"), options, false);
  }

  std::vector<std::string> studiesOf(const std::string& name) const {
    std::vector<std::string> studies;
    for (const KeyRow& row : keyFromTsv(contentOf(scratch_.path(name + ".key")))) {
      if (studies.empty() || studies.back() != row.study) {
        studies.push_back(row.study);
      }
    }
    return studies;
  }
};

TEST_F(ArchiveReadingList, HoldsVolumesUnderNumbersAndNothingThatTellsWhose) {
  const std::string key = analysed("p1", "1.2.1");
  const ReadingListSummary summary = write("list");
  EXPECT_EQ(summary.items, 1U);
  std::set<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(scratch_.path() / "list")) {
    if (entry.is_regular_file()) {
      files.insert(fs::relative(entry.path(), scratch_.path() / "list").string());
      EXPECT_THAT(contentOf(entry.path()), Not(HasSubstr(key)));
    }
  }
  EXPECT_EQ(files, (std::set<std::string>{"items/001_t2.nii.gz", "items/001_tof.nii.gz",
                                          "readings.tsv", "run.json"}));
  EXPECT_EQ(contentOf(scratch_.path() / "list/items/001_t2.nii.gz"), "T2 of 1.2.1");
  const std::string form = contentOf(scratch_.path() / "list/readings.tsv");
  EXPECT_THAT(form, HasSubstr("001\tleft\tRExP\t\n"));
  EXPECT_TRUE(readingsFromTsv(form).empty());
}

TEST_F(ArchiveReadingList, KeepsTheKeyForItsOwnerAlone) {
  const std::string key = analysed("p1", "1.2.1");
  write("list");
  struct stat info {};
  ASSERT_EQ(::stat(scratch_.path("list.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  const auto rows = keyFromTsv(contentOf(scratch_.path("list.key")));
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows.front().study, key);
  const Assessment truth = testing::richAssessment();
  EXPECT_EQ(rows.front().program.status, truth.sides.front().zones.front().status);
}

TEST_F(ArchiveReadingList, IsOrderedBySeedAlone) {
  for (int i = 1; i <= 6; ++i) {
    analysed("p" + std::to_string(i), "1.2." + std::to_string(i));
  }
  write("one", 1);
  write("again", 1);
  write("two", 2);
  EXPECT_EQ(studiesOf("one").size(), 6U);
  EXPECT_EQ(studiesOf("one"), studiesOf("again"));
  EXPECT_NE(studiesOf("one"), studiesOf("two"));
}

TEST_F(ArchiveReadingList, LeavesOutWhatWasRejectedAndWhatHasNoVolumes) {
  analysed("p1", "1.2.1");
  const std::string rejected = analysed("p2", "1.2.2");
  const std::string bare = analysed("p3", "1.2.3");
  fs::remove_all(results_ / "results" / bare / "volumes");
  importQc(catalogue_, {{rejected, shaOf(rejected), QcVerdict::reject, "2026-11-21T09:00:00Z", ""}},
           "A");
  const ReadingListSummary summary = write("list");
  EXPECT_EQ(summary.items, 1U);
  EXPECT_EQ(summary.without_volumes, 1U);
}

TEST_F(ArchiveReadingList, NeverReplacesAKeyUnasked) {
  analysed("p1", "1.2.1");
  scratch_.write("list.key", "of another list");
  EXPECT_EQ(errorOf([&] { write("list"); }), ErrorCode::output_unwritable);
  EXPECT_EQ(contentOf(scratch_.path("list.key")), "of another list");
  EXPECT_FALSE(fs::exists(scratch_.path("list")));
}

TEST_F(ArchiveReadingList, SaysThatThereIsNothingToRead) {
  EXPECT_EQ(errorOf([&] { write("list"); }), ErrorCode::usage);
}

TEST(ArchiveReadings, NameTheLineThatIsRefused) {
  const auto refusal = [](const std::string& text) {
    try {
      readingsFromTsv("item\tside\tzone\treading\n" + text);
    } catch (const Error& error) {
      return error.message();
    }
    return std::string();
  };
  EXPECT_THAT(refusal("001\tleft\tRExP\tclear\n001\tup\tAS\tclear\n"), HasSubstr("line 3: side"));
  EXPECT_THAT(refusal("001\tleft\tXX\tclear\n"), HasSubstr("line 2: there is no zone 'XX'"));
  EXPECT_THAT(refusal("001\tleft\tAS\tmaybe\n"), HasSubstr("line 2: 'maybe'"));
  EXPECT_EQ(refusal("001\tleft\tAS\tcontact\r\n\n"), "");
}

}  // namespace
}  // namespace neurovasc::archive
