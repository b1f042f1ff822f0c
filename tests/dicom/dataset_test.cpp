#include "dataset.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <tuple>

#include "file_guard.h"
#include "support/temporary_folder.h"

/// What DCMTK writes is read back from the bytes alone, however it was written.
namespace neurovasc::dicom {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;

void fillNumbers(DcmItem& item) {
  constexpr std::array<Uint16, 3> kShorts = {0, 512, 65535};
  item.putAndInsertUint16Array(DCM_SelectorUSValue, kShorts.data(), kShorts.size());
  item.putAndInsertSint16(DCM_SelectorSSValue, -300);
  item.putAndInsertUint32(DCM_SelectorULValue, 70000);
  item.putAndInsertSint32(DCM_SelectorSLValue, -70000);
  item.putAndInsertFloat32(DCM_SelectorFLValue, -2.5F);
  item.putAndInsertFloat64(DCM_SelectorFDValue, 1.0 / 3);
  item.putAndInsertString(DCM_ImagePositionPatient, "-12.5\\+3e1\\ 0.125 ");
  item.putAndInsertString(DCM_SeriesNumber, " 17");
  item.putAndInsertString(DCM_EchoTime, "soon");
}

void fill(DcmDataset& dataset) {
  dataset.putAndInsertString(DCM_SOPClassUID, UID_MRImageStorage);
  dataset.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.3");
  dataset.putAndInsertString(DCM_ImageType, "ORIGINAL \\ PRIMARY\\M");
  dataset.putAndInsertString(DCM_PatientName, "Mustermann^Erika");
  dataset.putAndInsertString(DCM_ReferringPhysicianName, "Haus^Gregor ");
  dataset.putAndInsertString(DCM_AngioFlag, "Y");
  dataset.putAndInsertUint8Array(DCM_RedPaletteColorLookupTableData, nullptr, 0);
  fillNumbers(dataset);
  for (unsigned long i = 0; i < 2; ++i) {
    DcmItem* frame = nullptr;
    DcmItem* plane = nullptr;
    dataset.findOrCreateSequenceItem(DCM_PerFrameFunctionalGroupsSequence, frame, -2);
    frame->findOrCreateSequenceItem(DCM_PlanePositionSequence, plane, -2);
    plane->putAndInsertString(DCM_ImagePositionPatient, i == 0 ? "1\\2\\3" : "4\\5\\6");
  }
}

using Writing = std::tuple<E_TransferSyntax, E_EncodingType>;

class DatasetAsWritten : public ::testing::TestWithParam<Writing> {
 protected:
  DatasetAsWritten() {
    const auto [syntax, lengths] = GetParam();
    DcmFileFormat file;
    fill(*file.getDataset());
    file.saveFile(folder_.path("file").c_str(), syntax, lengths);
    head_ = headOf(folder_.path("file"));
  }

  TemporaryFolder folder_;
  FileHead head_;
};

TEST_P(DatasetAsWritten, GivesTexts) {
  const Attributes dataset(head_);
  EXPECT_EQ(dataset.text(DCM_SOPInstanceUID), "1.2.826.0.1.3");
  EXPECT_EQ(dataset.text(DCM_ImageType), "ORIGINAL\\PRIMARY\\M");
  EXPECT_THAT(dataset.texts(DCM_ImageType), ElementsAre("ORIGINAL", "PRIMARY", "M"));
  EXPECT_THAT(dataset.persons(), ElementsAre("Haus^Gregor", "Mustermann^Erika"));
  EXPECT_EQ(dataset.flag(DCM_AngioFlag), true);
  EXPECT_EQ(dataset.text(DCM_SelectorUSValue), "") << "a number is no text";
  EXPECT_EQ(dataset.text(DCM_PatientID), "");
  EXPECT_FALSE(dataset.has(DCM_PatientID));
}

TEST_P(DatasetAsWritten, GivesNumbers) {
  const Attributes dataset(head_);
  EXPECT_EQ(dataset.integer(DCM_SelectorUSValue, 1), 512);
  EXPECT_EQ(dataset.integer(DCM_SelectorUSValue, 2), 65535);
  EXPECT_EQ(dataset.integer(DCM_SelectorUSValue, 3), std::nullopt);
  EXPECT_EQ(dataset.integer(DCM_SelectorSSValue), -300);
  EXPECT_EQ(dataset.integer(DCM_SelectorULValue), 70000);
  EXPECT_EQ(dataset.integer(DCM_SelectorSLValue), -70000);
  EXPECT_EQ(dataset.number(DCM_SelectorFLValue), -2.5);
  EXPECT_EQ(dataset.number(DCM_SelectorFDValue), 1.0 / 3);
  EXPECT_EQ(dataset.integer(DCM_SeriesNumber), 17);
  EXPECT_EQ(dataset.number(DCM_EchoTime), std::nullopt);
  const auto position = dataset.vector(DCM_ImagePositionPatient);
  ASSERT_TRUE(position);
  EXPECT_EQ(position->x, -12.5);
  EXPECT_EQ(position->y, 30);
  EXPECT_EQ(position->z, 0.125);
}

TEST_P(DatasetAsWritten, GivesItemsOfItems) {
  const Attributes dataset(head_);
  const auto frames = dataset.items(DCM_PerFrameFunctionalGroupsSequence);
  ASSERT_EQ(frames.size(), 2U);
  const Attributes second = frames[1].firstItem(DCM_PlanePositionSequence);
  EXPECT_EQ(second.number(DCM_ImagePositionPatient, 1), 5);
  EXPECT_FALSE(frames[1].firstItem(DCM_PlaneOrientationSequence));
  EXPECT_TRUE(dataset.items(DCM_ImageType).empty()) << "no sequence";
}

INSTANTIATE_TEST_SUITE_P(
    InEveryEncoding, DatasetAsWritten,
    ::testing::Combine(::testing::Values(EXS_LittleEndianExplicit, EXS_LittleEndianImplicit,
                                         EXS_BigEndianExplicit),
                       ::testing::Values(EET_ExplicitLength, EET_UndefinedLength)));

/// A file of @p elements, little endian explicit without a preamble's meta elements.
FileHead headOfElements(const std::string& elements) {
  const TemporaryFolder folder;
  return headOf(folder.write("file", std::string(128, '\0') + "DICM" + elements).string());
}

std::string shortElement(const std::string& tag, const std::string& vr, const std::string& value) {
  return tag + vr + static_cast<char>(value.size()) + '\0' + value;
}

std::string longElement(const std::string& tag, const std::string& vr, const std::string& value) {
  return tag + vr + std::string(2, '\0') + static_cast<char>(value.size()) + std::string(3, '\0') +
         value;
}

const std::string kPatientId("\x10\x00\x20\x00", 4);
const std::string kStudyId("\x20\x00\x10\x00", 4);

TEST(Dataset, TakesTheFirstOfRepeatedElementsInAnyOrder) {
  const FileHead head =
      headOfElements(shortElement(kStudyId, "SH", "A1") + shortElement(kPatientId, "LO", "PX") +
                     shortElement(kStudyId, "SH", "B2"));
  const Attributes dataset(head);
  EXPECT_EQ(dataset.text(DCM_StudyID), "A1");
  EXPECT_EQ(dataset.text(DCM_PatientID), "PX");
}

TEST(Dataset, ReadsAKnownElementThatALaterProgramMarkedUnknown) {
  const FileHead head = headOfElements(longElement(kPatientId, "UN", "PX"));
  EXPECT_EQ(Attributes(head).text(DCM_PatientID), "PX");
}

TEST(Dataset, PassesOverElementsOfTypesYetToCome) {
  const FileHead head =
      headOfElements(longElement(kPatientId, "ZZ", "PX") + shortElement(kStudyId, "SH", "A1"));
  EXPECT_EQ(Attributes(head).text(DCM_PatientID), "");
  EXPECT_EQ(Attributes(head).text(DCM_StudyID), "A1");
}

TEST(Dataset, EndsWithZerosOrNotAtAll) {
  const std::string whole = shortElement(kPatientId, "LO", "PX");
  EXPECT_EQ(headOfElements(whole + std::string(6, '\0')).outline.problem, "");
  EXPECT_EQ(headOfElements(whole + "\x20").outline.problem, "truncated: ends in its header");
}

}  // namespace
}  // namespace neurovasc::dicom
