#include "neurovasc/archive/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "database.h"
#include "dicom/test_files.h"
#include "file_system.h"
#include "schema.h"
#include "support/temporary_folder.h"

namespace neurovasc::archive {
namespace {

using testing::errorOf;
using testing::TemporaryFolder;

TEST(ArchiveCatalogue, IsMadeForItsOwnerAloneAndIsSound) {
  const TemporaryFolder folder;
  const Catalogue catalogue(folder.path("c.db"), Catalogue::Access::make);
  struct stat info {};
  ASSERT_EQ(::stat(folder.path("c.db").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(catalogue.integrityProblem(), "");
  EXPECT_EQ(catalogue.totals().studies, 0U);
}

TEST(ArchiveCatalogue, KeepsAWriteAheadLogAndSaysWhatItIs) {
  const TemporaryFolder folder;
  const Catalogue catalogue(folder.path("c.db"), Catalogue::Access::make);
  const auto ask = [&catalogue](const char* sql) {
    Statement statement = catalogue.database().prepare(sql);
    return statement.next() ? statement.text(0) : std::string();
  };
  EXPECT_EQ(ask("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(ask("PRAGMA application_id"), std::to_string(kApplicationId));
  EXPECT_EQ(ask("PRAGMA user_version"), std::to_string(schemaVersion()));
}

TEST(ArchiveCatalogue, RefusesWhatIsAbsentOrAnotherFile) {
  const TemporaryFolder folder;
  const auto open = [&folder](const char* name) {
    return errorOf([&] { Catalogue(folder.path(name), Catalogue::Access::read); });
  };
  EXPECT_EQ(open("absent.db"), ErrorCode::input_unreadable);
  folder.write("text.db", "this is no database, but a letter of some length to a friend");
  EXPECT_EQ(open("text.db"), ErrorCode::input_unreadable);
  Database(folder.path("other.db"), Database::Access::make).execute("CREATE TABLE t (x)");
  EXPECT_EQ(open("other.db"), ErrorCode::input_unreadable);
}

TEST(ArchiveCatalogue, RefusesOneOfANewerProgram) {
  const TemporaryFolder folder;
  Catalogue(folder.path("c.db"), Catalogue::Access::make)
      .database()
      .execute("PRAGMA user_version = 1000");
  EXPECT_EQ(errorOf([&] { Catalogue(folder.path("c.db"), Catalogue::Access::write); }),
            ErrorCode::input_unreadable);
}

TEST(ArchiveCatalogue, BringsAnEmptyFileUpToDateOnce) {
  const TemporaryFolder folder;
  Database database(folder.path("c.db"), Database::Access::make);
  migrate(database);
  EXPECT_NO_THROW(migrate(database));
  EXPECT_NO_THROW(requireCatalogue(database, "c.db"));
}

/// Undoes what PACSes brought into the schema.
constexpr const char* kWithoutPacs =
    "DROP TABLE pacs_series; DROP TABLE pacs_studies; DROP INDEX studies_by_uid;"
    "ALTER TABLE studies DROP COLUMN uid_key; ALTER TABLE studies DROP COLUMN source;"
    "ALTER TABLE scans DROP COLUMN node; PRAGMA user_version = 4;";

TEST(ArchiveCatalogue, OfBeforeThePacsTakesItsStudiesFromFiles) {
  const TemporaryFolder folder;
  Catalogue(folder.path("c.db"), Catalogue::Access::make)
      .database()
      .execute(
          "INSERT INTO patients (id, key) VALUES (1, 'p');"
          "INSERT INTO scans (started, version) VALUES ('then', '0.1');"
          "INSERT INTO studies (id, key, patient_id, day, present, files, bytes) "
          "VALUES (1, 's', 1, 9, 1, 2, 3), (2, 'gone', 1, 8, 0, 0, 0);"
          "INSERT INTO series VALUES (1, 's1', 4, 'ciss', 'cisternography', 1, 'quantitative', "
          "0.5, 60, 0, 'maker', 3.0, NULL);" +
          std::string(kWithoutPacs));
  const Catalogue catalogue(folder.path("c.db"), Catalogue::Access::read);
  EXPECT_EQ(schemaOf(catalogue.database()), schemaVersion());
  EXPECT_EQ(catalogue.integrityProblem(), "");
  const auto study = catalogue.study("s");
  ASSERT_TRUE(study);
  EXPECT_EQ(study->source, StudySource::files);
  EXPECT_EQ(study->study_uid, "");
  EXPECT_EQ(study->day, 9);
  EXPECT_EQ(study->files, 2U);
  ASSERT_EQ(study->series.size(), 1U);
  EXPECT_EQ(study->series[0].role, SeriesRole::cisternography);
  EXPECT_EQ(study->series[0].voxel_mm, 0.5);
  EXPECT_EQ(catalogue.totals().at_pacs, 0U);
  EXPECT_EQ(catalogue.totals().gone, 1U);
}

TEST(ArchiveCatalogue, BringsOneOfAnOlderProgramUpToDateWhenItIsRead) {
  const TemporaryFolder folder;
  Catalogue(folder.path("c.db"), Catalogue::Access::make)
      .database()
      .execute(
          std::string(kWithoutPacs) +
          "INSERT INTO patients (id, key) VALUES (1, 'p');"
          "INSERT INTO studies (id, key, patient_id, present, files, bytes) "
          "VALUES (1, 's', 1, 1, 2, 3);"
          "INSERT INTO series VALUES (1, 's1', 4, 'ciss', 'cisternography', 1, 'quantitative', "
          "0.5, "
          "60, 0, 'maker', 3.0, NULL);"
          "ALTER TABLE series DROP COLUMN file; ALTER TABLE studies DROP COLUMN surgery_day;"
          "PRAGMA user_version = 3");
  const Catalogue catalogue(folder.path("c.db"), Catalogue::Access::read);
  const auto study = catalogue.study("s");
  ASSERT_TRUE(study);
  EXPECT_EQ(study->series.at(0).description, "ciss");
  EXPECT_EQ(study->series.at(0).file, "");
  EXPECT_EQ(schemaOf(catalogue.database()), schemaVersion());
}

TEST(ArchiveCatalogue, IsMadeInAFileWhoseMakerWasKilledBeforeTheFirstTable) {
  const TemporaryFolder folder;
  Database(folder.path("c.db"), Database::Access::make).execute("PRAGMA journal_mode = WAL");
  EXPECT_EQ(errorOf([&] { Catalogue(folder.path("c.db"), Catalogue::Access::read); }),
            ErrorCode::input_unreadable);
  EXPECT_NO_THROW(Catalogue(folder.path("c.db"), Catalogue::Access::write));
  EXPECT_NO_THROW(Catalogue(folder.path("c.db"), Catalogue::Access::read));
}

TEST(ArchiveCatalogue, KnowsNetworkFileSystemsByTheirNumbers) {
  EXPECT_EQ(networkFileSystem(0x6969), "NFS");
  EXPECT_EQ(networkFileSystem(static_cast<long>(0xFFFFFFFFFF534D42)), "CIFS");
  EXPECT_EQ(networkFileSystem(0xEF53), "");  // ext4
}

TEST(ArchiveCatalogue, RollsBackWhatWasNotCommitted) {
  const TemporaryFolder folder;
  Database database(folder.path("c.db"), Database::Access::make);
  database.execute("CREATE TABLE t (x)");
  {
    const Transaction transaction(database);
    database.prepare("INSERT INTO t VALUES (?)").run(1);
  }
  EXPECT_FALSE(database.prepare("SELECT x FROM t").next());
}

}  // namespace
}  // namespace neurovasc::archive
