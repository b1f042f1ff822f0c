#include "neurovasc/dicom/source_headers.h"

#include <gtest/gtest.h>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "support/temporary_folder.h"

namespace neurovasc::dicom {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;
using testing::TestSlice;

TEST(SourceHeaders, KeepIdentityForTheOwnerAloneAndNoPixels) {
  const TemporaryFolder folder;
  testing::writeStack(
      folder.path() / "in", {}, [](int) { return false; }, EXS_RLELossless);
  const Study study = scanStudies(folder.path() / "in").studies.at(0).study;
  const fs::path out = folder.path() / "out" / "source";
  writeSourceHeaders(study, out);

  EXPECT_EQ(fs::status(out).permissions(), fs::perms::owner_all);
  int files = 0;
  for (const auto& entry : fs::directory_iterator(out / "t2")) {
    ++files;
    EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write);
    DcmFileFormat file;
    ASSERT_TRUE(file.loadFile(entry.path().c_str()).good());
    OFString name;
    file.getDataset()->findAndGetOFString(DCM_PatientName, name);
    EXPECT_EQ(name, TestSlice{}.patient_name.c_str());
    EXPECT_FALSE(file.getDataset()->tagExists(DCM_PixelData));
  }
  EXPECT_EQ(files, 6);
}

TEST(SourceHeaders, TellWhenAndOfWhomAStudyIsAsTheFilesThemselvesDo) {
  const TemporaryFolder folder;
  testing::writeStack(folder.path() / "in", {}, [](int) { return false; });
  const StudyEntry entry = scanStudies(folder.path() / "in").studies.at(0);
  writeSourceHeaders(entry.study, folder.path() / "source");
  const StudyOrigin origin = readSourceOrigin(folder.path() / "source");
  EXPECT_TRUE(entry.origin.day);
  EXPECT_EQ(origin.day, entry.origin.day);
  EXPECT_NE(origin.patient_hash, 0U);
  EXPECT_EQ(origin.patient_hash, entry.origin.patient_hash);
}

TEST(SourceHeaders, ThatAreNotThereTellNothing) {
  const TemporaryFolder folder;
  const StudyOrigin origin = readSourceOrigin(folder.path() / "nowhere");
  EXPECT_FALSE(origin.day);
  EXPECT_EQ(origin.patient_hash, 0U);
}

TEST(SourceHeaders, SayWhereTheyCannotBeWritten) {
  const TemporaryFolder folder;
  folder.write("file", "in the way");
  EXPECT_EQ(
      testing::errorOf([&] { writeSourceHeaders(Study{}, folder.path() / "file" / "source"); }),
      ErrorCode::output_unwritable);
}

}  // namespace
}  // namespace neurovasc::dicom
