#include "neurovasc/archive/index.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "archive_fixture.h"
#include "database.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using testing::errorOf;
using ::testing::HasSubstr;
using testing::sliceOf;
using testing::TestSlice;
using testing::writeSlice;
using testing::writeStack;

/// Packs the files of @p folder into a zip file beside it.
fs::path zipped(const fs::path& folder) {
  const fs::path file = folder.string() + ".zip";
  const std::unique_ptr<struct archive, int (*)(struct archive*)> writer(archive_write_new(),
                                                                         &archive_write_free);
  archive_write_set_format_zip(writer.get());
  archive_write_open_filename(writer.get(), file.c_str());
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string content = contentOf(entry.path());
    const std::unique_ptr<struct archive_entry, void (*)(struct archive_entry*)> header(
        archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(header.get(), entry.path().filename().c_str());
    archive_entry_set_size(header.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(header.get(), AE_IFREG);
    archive_write_header(writer.get(), header.get());
    archive_write_data(writer.get(), content.data(), content.size());
  }
  archive_write_close(writer.get());
  return file;
}

/// The rows of a catalogue but for the times of its scans.
std::string rowsOf(const Catalogue& catalogue) {
  std::string rows;
  for (const char* sql :
       {"SELECT id || ' ' || path FROM folders ORDER BY id",
        "SELECT id || ' ' || key FROM patients ORDER BY id",
        "SELECT id || ' ' || key || ' ' || patient_id || ' ' || bytes FROM studies ORDER BY id",
        "SELECT study_id || ' ' || id || ' ' || role || ' ' || slices FROM series",
        "SELECT folder_id || ' ' || name || ' ' || state || ' ' || coalesce(study_id, reason) "
        "FROM files"}) {
    for (Statement row = catalogue.database().prepare(sql); row.next();) {
      rows += row.text(0) + "\n";
    }
  }
  return rows;
}

using Index = testing::ArchiveTest;

TEST_F(Index, FindsStudiesWithTheirSeriesAndRoles) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  const IndexSummary summary = index();
  EXPECT_EQ(summary.files_read, 6U);
  const auto found = studies();
  ASSERT_EQ(found.size(), 1U);
  ASSERT_EQ(found[0].series.size(), 1U);
  EXPECT_EQ(found[0].files, 6U);
  EXPECT_EQ(found[0].series[0].slices, 6);
  EXPECT_EQ(found[0].order, SurgeryOrder::order_unknown);
  EXPECT_EQ(catalogue_.folderOf(found[0].id), fs::canonical(root_ / "a").string());
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST_F(Index, ReadsNothingTwice) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  scratch_.write("root/letter.txt", "dear friend");
  scratch_.write("root/sub-1_T2w.nii.gz", "no DICOM either");
  EXPECT_EQ(index().files_read, 8U);
  const IndexSummary again = index();
  EXPECT_EQ(again.files_met, 8U);
  EXPECT_EQ(again.files_read, 0U);
  EXPECT_EQ(again.studies_changed, 0U);
  EXPECT_EQ(again.totals.ignored, 2U);
}

TEST_F(Index, ReadsAStudyAnewWhenAFileJoinsIt) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"), [](int k) { return k == 2; });
  writeStack(root_ / "b", sliceOf("P2", "1.2.2"));
  index();
  TestSlice late = sliceOf("P1", "1.2.1");
  late.k = 2;
  writeSlice(root_ / "late", late);
  const IndexSummary summary = index();
  EXPECT_EQ(summary.files_read, 6U);
  EXPECT_EQ(summary.studies_changed, 1U);
  const std::string key = keyOf("p1", "1.2.1");
  const auto study = catalogue_.study(key);
  ASSERT_TRUE(study);
  EXPECT_EQ(study->files, 6U);
  EXPECT_EQ(study->series.at(0).missing_slices, 0);
}

TEST_F(Index, KeepsAStudyWhoseFilesAreGoneAsGone) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  writeStack(root_ / "b", sliceOf("P2", "1.2.2"));
  index();
  fs::remove_all(root_ / "a");
  const IndexSummary summary = index();
  EXPECT_EQ(summary.files_gone, 6U);
  EXPECT_EQ(summary.totals.studies, 1U);
  EXPECT_EQ(summary.totals.gone, 1U);
  writeStack(root_ / "moved", sliceOf("P1", "1.2.1"));
  EXPECT_EQ(index().totals.gone, 0U);
  EXPECT_EQ(studies().size(), 2U);
}

TEST_F(Index, LeavesAloneWhatLiesUnderOtherRoots) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  writeStack(root_ / "b", sliceOf("P2", "1.2.2"));
  index();
  fs::remove_all(root_ / "a");
  indexArchive(catalogue_, {root_ / "b"}, key_);
  EXPECT_EQ(catalogue_.totals().studies, 2U);
}

TEST_F(Index, NamesWhatCannotBeReadWithItsReason) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  const fs::path cut = root_ / "a" / "cut.dcm";
  writeSlice(cut, sliceOf("P1", "1.2.1"));
  fs::resize_file(cut, fs::file_size(cut) - 40);
  scratch_.write("root/empty.dcm", "");
  index();
  const auto rows = catalogue_.unreadable();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0].reason, HasSubstr("empty"));
  EXPECT_FALSE(rows[0].holds_study);
  EXPECT_THAT(rows[1].reason, HasSubstr("truncated"));
  EXPECT_TRUE(rows[1].holds_study);
}

TEST_F(Index, TakesMembersOfZipFilesAsFiles) {
  writeStack(scratch_.path() / "a", sliceOf("P1", "1.2.1"));
  fs::rename(zipped(scratch_.path() / "a"), root_ / "a.zip");
  EXPECT_EQ(index().files_read, 6U);
  EXPECT_EQ(index().files_read, 0U);
  const auto found = studies();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].series.at(0).slices, 6);
  EXPECT_THAT(catalogue_.filesOf(found[0].id).at(0), HasSubstr("a.zip\tIM"));
  EXPECT_EQ(catalogue_.folderOf(found[0].id), fs::canonical(root_ / "a.zip").string());
}

TEST_F(Index, BringsTogetherAStudyThatIsPartlyInAZipFile) {
  writeStack(scratch_.path() / "a", sliceOf("P1", "1.2.1"), [](int k) { return k == 2; });
  fs::rename(zipped(scratch_.path() / "a"), root_ / "a.zip");
  index();
  TestSlice late = sliceOf("P1", "1.2.1");
  late.k = 2;
  writeSlice(root_ / "late", late);
  index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].series.at(0).missing_slices, 0);
}

TEST_F(Index, NamesAZipFileThatIsCutShort) {
  writeStack(scratch_.path() / "a", sliceOf("P1", "1.2.1"));
  const fs::path file = zipped(scratch_.path() / "a");
  fs::rename(file, root_ / "a.zip");
  fs::resize_file(root_ / "a.zip", 900);
  index();
  ASSERT_FALSE(catalogue_.unreadable().empty());
  EXPECT_THAT(catalogue_.unreadable()[0].folder, HasSubstr("a.zip"));
}

TEST_F(Index, KeepsIntervalsOfAPatientAndHidesDates) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1", "20250203"));
  writeStack(root_ / "b", sliceOf("P1", "1.2.2", "20250303"));
  index();
  const auto found = studies();
  ASSERT_EQ(found.size(), 2U);
  ASSERT_TRUE(found[0].day && found[1].day);
  EXPECT_EQ(*found[1].day - *found[0].day, 28);
  constexpr int kRealDay = 20122;  // 2025-02-03
  EXPECT_GE(*found[0].day - kRealDay, 365);
}

TEST_F(Index, HoldsNothingThatNamesThePatient) {
  TestSlice slice = sliceOf("PX4711", "1.2.826.77");
  slice.description = "t2_ci3d Mustermann";
  writeStack(root_ / "a", slice);
  index();
  const std::string bytes = contentOf(scratch_.path("c.db")) + contentOf(scratch_.path("c.db-wal"));
  EXPECT_THAT(bytes, HasSubstr("t2_ci3d"));
  for (const char* word :
       {"Mustermann", "PX4711", "px4711", "1.2.826.77", "19610412", "20250203"}) {
    EXPECT_EQ(bytes.find(word), std::string::npos) << word;
  }
}

TEST_F(Index, DoubtsAPatientWithTwoBirthDates) {
  TestSlice other = sliceOf("P1", "1.2.2");
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  index();
  other.birth_date = "19800101";
  writeStack(root_ / "b", other);
  index();
  for (const StudyRow& study : studies()) {
    EXPECT_TRUE(study.patient_unsure);
  }
}

TEST_F(Index, GivesTheSameCatalogueInSmallBatches) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  TestSlice second = sliceOf("P1", "1.2.1");
  second.series_uid = "1.2.1.4";
  second.series_number = 4;
  writeStack(root_ / "b", second);
  IndexOptions options;
  options.batch_files = 2;
  indexArchive(catalogue_, {root_}, key_, options);
  const auto found = studies();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].series.size(), 2U);
  EXPECT_EQ(found[0].files, 12U);
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST_F(Index, CountsNoFileTwiceOfRootsThatHoldEachOther) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  for (const std::size_t batch_files : {1, 1000}) {
    IndexOptions options;
    options.batch_files = batch_files;
    indexArchive(catalogue_, {root_, root_ / "a", root_ / "a"}, key_, options);
    const auto found = studies();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].files, 6U);
    for (const SeriesProblem& problem : found[0].series[0].problems) {
      EXPECT_NE(problem.kind, SeriesProblemKind::repeated_slices);
    }
    fs::remove_all(root_ / "a");
    indexArchive(catalogue_, {root_}, key_);
    writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  }
}

TEST_F(Index, GivesTheSameCatalogueWithAnyNumberOfThreads) {
  for (const std::string patient : {"P1", "P2", "P3"}) {
    for (const std::string study : {"1", "2"}) {
      writeStack(root_ / patient / study, sliceOf(patient, "1.2." + patient.substr(1) + study));
    }
  }
  std::ofstream(root_ / "P2" / "notes.txt") << "no image";
  std::vector<std::string> found;
  for (const int threads : {1, 2, 7}) {
    const fs::path file = root_.parent_path() / ("with" + std::to_string(threads) + ".db");
    Catalogue catalogue(file, Catalogue::Access::make);
    IndexOptions options;
    options.threads = threads;
    options.batch_files = 5;
    indexArchive(catalogue, {root_}, key_, options);
    found.push_back(rowsOf(catalogue));
  }
  EXPECT_THAT(found[0], HasSubstr("notes.txt ignored not a DICOM file"));
  EXPECT_EQ(found[1], found[0]);
  EXPECT_EQ(found[2], found[0]);
}

TEST_F(Index, StopsWhenAskedAndGoesOnLater) {
  writeStack(root_ / "a", sliceOf("P1", "1.2.1"));
  StopToken stop;
  stop.requestStop();
  EXPECT_EQ(errorOf([&] { indexArchive(catalogue_, {root_}, key_, {}, Progress({}, {}, stop)); }),
            ErrorCode::cancelled);
  EXPECT_EQ(index().totals.studies, 1U);
}

TEST_F(Index, RefusesARootThatIsNotThereAndOptionsWithoutSense) {
  EXPECT_EQ(errorOf([&] { indexArchive(catalogue_, {root_ / "absent"}, key_); }),
            ErrorCode::input_unreadable);
  EXPECT_EQ(errorOf([&] { indexArchive(catalogue_, {}, key_); }), ErrorCode::usage);
  IndexOptions options;
  options.threads = -1;
  EXPECT_EQ(errorOf([&] { validate(options); }), ErrorCode::usage);
  options = {};
  options.batch_files = 0;
  EXPECT_EQ(errorOf([&] { validate(options); }), ErrorCode::usage);
}

}  // namespace
}  // namespace neurovasc::archive
