#include "neurovasc/interop/rejection_note.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fixture.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/own_objects.h"
#include "neurovasc/interop/picture_object.h"

namespace neurovasc::interop {
namespace {

using neurovasc::testing::dicomErrors;
using neurovasc::testing::ExportFixture;
using neurovasc::testing::TemporaryFolder;
using ::testing::IsEmpty;

constexpr const char* kOldSeries = "2.25.77";

std::vector<RejectedObject> oldObjects() {
  return {{UID_SegmentationStorage, "2.25.1"},
          {UID_Comprehensive3DSRStorage, "2.25.2"},
          {UID_EncapsulatedPDFStorage, "2.25.3"}};
}

std::string textOf(const std::string& file, const DcmTagKey& tag) {
  DcmFileFormat format;
  OFString text;
  format.loadFile(file.c_str());
  format.getDataset()->findAndGetOFString(tag, text, 0, OFTrue);
  return text.c_str();
}

TEST(RejectionNote, IsAKeyObjectSelectionWithoutAnErrorForTheValidator) {
  const ExportFixture fixture;
  const TemporaryFolder folder;
  const std::string note = folder.path("note.dcm");
  writeRejectionNote(kOldSeries, oldObjects(), fixture.context(), note);
  EXPECT_EQ(textOf(note, DCM_SOPClassUID), UID_KeyObjectSelectionDocumentStorage);
  EXPECT_EQ(textOf(note, DCM_Modality), "KO");
  EXPECT_EQ(textOf(note, DCM_CodeValue), "113001");
  EXPECT_EQ(textOf(note, DCM_SeriesInstanceUID), rejectionSeriesUid(kOldSeries));
  EXPECT_TRUE(isOwnObject(note));
  const auto errors = dicomErrors(note);
  if (!errors) {
    GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  }
  EXPECT_THAT(*errors, IsEmpty());
}

TEST(RejectionNote, NamesEveryObjectAsContentAndAsEvidence) {
  const ExportFixture fixture;
  const TemporaryFolder folder;
  writeRejectionNote(kOldSeries, oldObjects(), fixture.context(), folder.path("note.dcm"));
  DcmFileFormat format;
  format.loadFile(folder.path("note.dcm").c_str());
  for (const DcmTagKey& place :
       {DCM_ContentSequence, DCM_CurrentRequestedProcedureEvidenceSequence}) {
    DcmSequenceOfItems* sequence = nullptr;
    ASSERT_TRUE(format.getDataset()->findAndGetSequence(place, sequence).good());
    std::ostringstream text;
    sequence->print(text);
    for (const auto& object : oldObjects()) {
      EXPECT_THAT(text.str(), ::testing::HasSubstr(object.sop_instance_uid));
    }
  }
}

TEST(RejectionNote, IsTheSameObjectForTheSameObjectsInAnyOrder) {
  const ExportFixture fixture;
  const TemporaryFolder folder;
  auto objects = oldObjects();
  writeRejectionNote(kOldSeries, objects, fixture.context(), folder.path("a.dcm"));
  std::reverse(objects.begin(), objects.end());
  writeRejectionNote(kOldSeries, objects, fixture.context(), folder.path("b.dcm"));
  objects.pop_back();
  writeRejectionNote(kOldSeries, objects, fixture.context(), folder.path("c.dcm"));
  const std::string uid = textOf(folder.path("a.dcm"), DCM_SOPInstanceUID);
  EXPECT_EQ(textOf(folder.path("b.dcm"), DCM_SOPInstanceUID), uid);
  EXPECT_NE(textOf(folder.path("c.dcm"), DCM_SOPInstanceUID), uid);
  EXPECT_THROW(writeRejectionNote(kOldSeries, {}, fixture.context(), folder.path("d.dcm")), Error);
}

TEST(Notice, StandsInTheStudyOfAnyOfItsObjects) {
  const ExportFixture fixture;
  const TemporaryFolder folder;
  scene::Picture page;
  page.width = 6;
  page.height = 4;
  page.rgb.assign(6 * 4 * 3, 200);
  ExportContext context = fixture.context();
  context.source = SourceStudy::fromObject(fixture.t2Files()[1]);
  const std::string notice = folder.path("notice.dcm");
  writeNoticeCapture(page, context, notice);
  EXPECT_EQ(textOf(notice, DCM_StudyInstanceUID),
            textOf(fixture.t2Files()[0], DCM_StudyInstanceUID));
  EXPECT_EQ(textOf(notice, DCM_PatientID), textOf(fixture.t2Files()[0], DCM_PatientID));
  EXPECT_EQ(textOf(notice, DCM_SeriesDescription), kNoticeDescription);
  EXPECT_TRUE(isOwnObject(notice));
  EXPECT_FALSE(isOwnObject(fixture.t2Files()[0]));
  if (const auto errors = dicomErrors(notice)) {
    EXPECT_THAT(*errors, IsEmpty());
  }
}

}  // namespace
}  // namespace neurovasc::interop
