#include "neurovasc/interop/document_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "fixture.h"
#include "neurovasc/core/error.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::IsEmpty;

constexpr const char* kOddText = "%PDF-1.4 of 17 b.";

std::string document(const std::string& file) {
  DcmFileFormat loaded;
  EXPECT_TRUE(loaded.loadFile(file.c_str()).good());
  const Uint8* bytes = nullptr;
  Uint32 length = 0;
  EXPECT_TRUE(loaded.getDataset()->findAndGetUint8Array(DCM_EncapsulatedDocument, bytes).good());
  EXPECT_TRUE(loaded.getDataset()->findAndGetUint32(DCM_EncapsulatedDocumentLength, length).good());
  return {reinterpret_cast<const char*>(bytes), length};
}

TEST(DocumentObject, HoldsThePdfToTheLastByteAndPassesTheValidator) {
  const ExportFixture fixture;
  std::ofstream(fixture.path("report.pdf"), std::ios::binary) << kOddText;
  writeEncapsulatedPdf(fixture.path("report.pdf"), "report", fixture.context(),
                       fixture.path("pdf.dcm"));
  EXPECT_EQ(document(fixture.path("pdf.dcm")), kOddText);
  const auto errors = testing::dicomErrors(fixture.path("pdf.dcm"));
  if (!errors) {
    GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  }
  EXPECT_THAT(*errors, IsEmpty());
}

TEST(DocumentObject, HoldsTheSurfaceInMillimetresInTheFrameOfT2) {
  const ExportFixture fixture;
  std::ofstream(fixture.path("a.stl"), std::ios::binary) << kOddText;
  writeEncapsulatedStl(fixture.path("a.stl"), "a", 2, fixture.context(), fixture.path("stl.dcm"));
  EXPECT_EQ(document(fixture.path("stl.dcm")), kOddText);
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(fixture.path("stl.dcm").c_str()).good());
  DcmItem* unit = nullptr;
  OFString text;
  ASSERT_TRUE(
      file.getDataset()->findAndGetSequenceItem(DCM_MeasurementUnitsCodeSequence, unit).good());
  unit->findAndGetOFString(DCM_CodeValue, text);
  EXPECT_STREQ(text.c_str(), "mm");
  file.getDataset()->findAndGetOFString(DCM_FrameOfReferenceUID, text);
  EXPECT_EQ(fixture.context().source.t2().frame_of_reference_uid, text.c_str());
  const auto errors = testing::dicomErrors(fixture.path("stl.dcm"));
  if (errors) {
    EXPECT_THAT(*errors, IsEmpty());
  }
}

TEST(DocumentObject, IsNotMadeOfAFileThatIsNotThere) {
  const ExportFixture fixture;
  EXPECT_THROW(writeEncapsulatedPdf(fixture.path("none.pdf"), "report", fixture.context(),
                                    fixture.path("pdf.dcm")),
               Error);
}

}  // namespace
}  // namespace neurovasc::interop
