#include "neurovasc/interop/deidentify.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "fixture.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/interop/document_object.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::IsEmpty;

constexpr const char* kSurname = "Quillfeather";
constexpr const char* kId = "QX7743190";

/// Writes @p values into every T2 file of @p fixture.
void plant(const ExportFixture& fixture, const std::map<DcmTagKey, std::string>& values) {
  for (const std::string& path : fixture.t2Files()) {
    DcmFileFormat file;
    ASSERT_TRUE(file.loadFile(path.c_str()).good());
    file.loadAllDataIntoMemory();
    for (const auto& [tag, value] : values) {
      ASSERT_TRUE(file.getDataset()->putAndInsertString(tag, value.c_str()).good());
    }
    ASSERT_TRUE(file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good());
  }
}

void plantPatient(const ExportFixture& fixture, const std::string& study_date) {
  plant(fixture, {{DCM_PatientName, std::string(kSurname) + "^Octavia"},
                  {DCM_PatientID, kId},
                  {DCM_PatientBirthDate, "19611227"},
                  {DCM_PatientSex, "F"},
                  {DCM_PatientAge, "061Y"},
                  {DCM_AccessionNumber, "ACC5520917"},
                  {DCM_ReferringPhysicianName, "Brackenthwaite"},
                  {DCM_StudyDescription, "Facial spasm Quillfeather"},
                  {DCM_StudyID, "QX7743190"},
                  {DCM_StudyDate, study_date}});
}

result::SiteKey keyIn(const ExportFixture& fixture, const std::string& name = "site.key") {
  return result::SiteKey::readOrMake(fixture.path(name));
}

ExportContext without(const ExportFixture& fixture, const std::string& key = "site.key") {
  return deidentified(fixture.context(), keyIn(fixture, key));
}

/// A document object written with @p context.
class Written {
 public:
  Written(const ExportFixture& fixture, const ExportContext& context)
      : path_(fixture.path("object.dcm")) {
    std::ofstream(fixture.path("a.pdf"), std::ios::binary) << "%PDF-1.4 17 bytes.";
    writeEncapsulatedPdf(fixture.path("a.pdf"), "report", context, path_);
    EXPECT_TRUE(file_.loadFile(path_.c_str()).good());
  }

  std::string text(const DcmTagKey& tag) {
    OFString value;
    file_.getDataset()->findAndGetOFStringArray(tag, value);
    return value.c_str();
  }
  std::string bytes() const {
    std::ifstream stream(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::string method(long item) {
    DcmItem* code = nullptr;
    OFString value;
    file_.getDataset()->findAndGetSequenceItem(DCM_DeidentificationMethodCodeSequence, code, item);
    if (code != nullptr) {
      code->findAndGetOFString(DCM_CodeValue, value);
    }
    return value.c_str();
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  DcmFileFormat file_;
};

int dayOf(const std::string& date) {
  return dayNumber(std::stoi(date.substr(0, 4)), std::stoi(date.substr(4, 2)),
                   std::stoi(date.substr(6, 2)))
      .value();
}

TEST(Deidentify, LeavesNothingOfThePatientInAnObject) {
  const ExportFixture fixture;
  plantPatient(fixture, "20230419");
  Written named(fixture, fixture.context());
  ASSERT_NE(named.bytes().find(kSurname), std::string::npos) << "there is something to take out";
  Written object(fixture, without(fixture));
  for (const char* word : {kSurname, "Octavia", kId, "19611227", "20230419", "ACC5520917",
                           "Brackenthwaite", "061Y", "spasm"}) {
    EXPECT_EQ(object.bytes().find(word), std::string::npos) << word;
  }
  EXPECT_EQ(object.text(DCM_PatientSex), "");
  EXPECT_EQ(object.text(DCM_PatientName), object.text(DCM_PatientID));
  EXPECT_EQ(object.text(DCM_PatientID).size(), 16U);
}

TEST(Deidentify, SaysThatAndHowItWasDone) {
  const ExportFixture fixture;
  Written object(fixture, without(fixture));
  EXPECT_EQ(object.text(DCM_PatientIdentityRemoved), "YES");
  EXPECT_EQ(object.text(DCM_LongitudinalTemporalInformationModified), "MODIFIED");
  EXPECT_EQ(object.method(0), "113100");
  EXPECT_EQ(object.method(1), "113107");
  Written named(fixture, fixture.context());
  EXPECT_EQ(named.text(DCM_PatientIdentityRemoved), "");
}

TEST(Deidentify, GivesOtherUidsTheSameOnesForTheSameKey) {
  const ExportFixture fixture;
  const SourceStudy named = fixture.context().source;
  const SourceStudy once = without(fixture).source;
  const SourceStudy again = without(fixture).source;
  const SourceStudy elsewhere = without(fixture, "other.key").source;
  EXPECT_NE(once.studyInstanceUid(), named.studyInstanceUid());
  EXPECT_EQ(once.studyInstanceUid(), again.studyInstanceUid());
  EXPECT_NE(once.studyInstanceUid(), elsewhere.studyInstanceUid());
  EXPECT_NE(once.t2().series_instance_uid, named.t2().series_instance_uid);
  EXPECT_NE(once.t2().frame_of_reference_uid, named.t2().frame_of_reference_uid);
  ASSERT_EQ(once.t2().images.size(), named.t2().images.size());
  for (std::size_t n = 0; n < named.t2().images.size(); ++n) {
    EXPECT_NE(once.t2().images[n].sop_instance_uid, named.t2().images[n].sop_instance_uid);
    EXPECT_EQ(once.t2().images[n].sop_instance_uid, again.t2().images[n].sop_instance_uid);
    EXPECT_EQ(once.t2().images[n].sop_class_uid, named.t2().images[n].sop_class_uid);
  }
}

TEST(Deidentify, KeepsTheIntervalBetweenTwoStudiesOfOnePatient) {
  const ExportFixture before;
  const ExportFixture after;
  plantPatient(before, "20230419");
  plantPatient(after, "20230601");
  const result::SiteKey key = keyIn(before);
  Written first(before, deidentified(before.context(), key));
  Written second(after, deidentified(after.context(), key));
  EXPECT_EQ(first.text(DCM_PatientID), second.text(DCM_PatientID));
  const int first_day = dayOf(first.text(DCM_StudyDate));
  EXPECT_EQ(dayOf(second.text(DCM_StudyDate)) - first_day, 43);
  EXPECT_GE(dayOf("20230419") - first_day, 365);
}

TEST(Deidentify, LeavesAnObjectThatPassesTheValidator) {
  const ExportFixture fixture;
  plantPatient(fixture, "20230419");
  Written object(fixture, without(fixture));
  const auto errors = testing::dicomErrors(object.path());
  if (!errors) {
    GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  }
  EXPECT_THAT(*errors, IsEmpty());
}

}  // namespace
}  // namespace neurovasc::interop
