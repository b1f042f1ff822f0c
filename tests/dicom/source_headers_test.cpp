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

TEST(SourceHeaders, SayWhereTheyCannotBeWritten) {
  const TemporaryFolder folder;
  folder.write("file", "in the way");
  EXPECT_EQ(
      testing::errorOf([&] { writeSourceHeaders(Study{}, folder.path() / "file" / "source"); }),
      ErrorCode::output_unwritable);
}

}  // namespace
}  // namespace neurovasc::dicom
