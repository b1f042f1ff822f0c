#include "patient.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcdicent.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  if (item.putAndInsertString(tag, value.c_str()).bad()) {
    throw std::runtime_error("cannot plant a patient");
  }
}

bool isText(DcmEVR vr) {
  return vr == EVR_LO || vr == EVR_SH || vr == EVR_LT || vr == EVR_ST || vr == EVR_UT ||
         vr == EVR_UC || vr == EVR_PN;
}

/// @p text with the patient's name and number behind it, as people write them anywhere; in a short
/// string, which holds 16 characters (PS3.5 table 6.2-1), the number alone.
std::string plantedIn(const std::string& text, DcmEVR vr) {
  constexpr std::size_t kShort = 16;
  if (vr == EVR_PN) {
    return std::string(kPatient.surname) + "^" + kPatient.first_name;
  }
  const std::string before = text.empty() ? text : text + " ";
  if (vr != EVR_SH) {
    return before + kPatient.surname + " " + kPatient.id;
  }
  const std::string number = before + kPatient.id;
  return number.size() <= kShort ? number : kPatient.id;
}

/// Text elements of PS3.6 about patients, studies, requests and acquisition. The contrast agent is
/// left out: a word there would make another series of each.
std::vector<DcmTagKey> textTags() {
  const std::set<Uint16> groups = {0x0008, 0x0010, 0x0018, 0x0020, 0x0032, 0x0038, 0x0040};
  std::vector<DcmTagKey> tags;
  DcmDataDictionary& dictionary = dcmDataDict.wrlock();
  for (auto entry = dictionary.normalBegin(); entry != dictionary.normalEnd(); ++entry) {
    const DcmDictEntry& e = **entry;
    if (groups.count(e.getGroup()) != 0 && isText(e.getEVR()) && e.getPrivateCreator() == nullptr &&
        e.getKey() != DCM_ContrastBolusAgent) {
      tags.push_back(e.getKey());
    }
  }
  dcmDataDict.wrunlock();
  return tags;
}

void addMissingTexts(DcmDataset& dataset) {
  static const std::vector<DcmTagKey> tags = textTags();
  for (const DcmTagKey& tag : tags) {
    if (!dataset.tagExists(tag)) {
      put(dataset, tag, plantedIn("", DcmTag(tag).getEVR()));
    }
  }
}

/// Every text that is there with the patient's name and number behind it, in sequences as well.
void addNameToTexts(DcmItem& item) {
  for (unsigned long i = 0; i < item.card(); ++i) {
    DcmElement& element = *item.getElement(i);
    OFString text;
    if (isText(element.getVR()) && element.getOFStringArray(text).good()) {
      element.putString(plantedIn(text.c_str(), element.getVR()).c_str());
    } else if (element.getVR() == EVR_SQ) {
      auto& sequence = static_cast<DcmSequenceOfItems&>(element);
      for (unsigned long n = 0; n < sequence.card(); ++n) {
        addNameToTexts(*sequence.getItem(n));
      }
    }
  }
}

/// A sequence as ordering systems fill it.
void addRequest(DcmDataset& dataset) {
  DcmItem* request = nullptr;
  if (dataset.findOrCreateSequenceItem(DCM_RequestAttributesSequence, request).bad()) {
    throw std::runtime_error("cannot plant a request");
  }
  put(*request, DCM_RequestedProcedureID, kPatient.accession);
  put(*request, DCM_RequestedProcedureDescription, kPatient.secret);
  put(*request, DCM_ScheduledProcedureStepDescription, kPatient.secret);
}

void addToSeriesDescription(DcmDataset& dataset) {
  OFString description;
  dataset.findAndGetOFString(DCM_SeriesDescription, description);
  put(dataset, DCM_SeriesDescription,
      std::string(description.c_str()) + " " + kPatient.physician + " " + kPatient.institution);
}

void addComments(DcmDataset& dataset) {
  for (const DcmTagKey& tag : {DCM_ReferringPhysicianName, DCM_RequestingPhysician,
                               DCM_OperatorsName, DCM_PerformingPhysicianName}) {
    put(dataset, tag, kPatient.physician);
  }
  put(dataset, DCM_InstitutionName, kPatient.institution);
  for (const DcmTagKey& tag :
       {DCM_PatientComments, DCM_ImageComments, DCM_AdditionalPatientHistory,
        DCM_RequestedProcedureDescription, DCM_PatientAddress, DCM_Occupation}) {
    put(dataset, tag, kPatient.secret);
  }
  const DcmTag creator(0x0029, 0x0010, EVR_LO);
  const DcmTag element(0x0029, 0x1010, EVR_LO);
  if (dataset.putAndInsertString(creator, "SAMPLE PRIVATE").bad() ||
      dataset.putAndInsertString(element, kPatient.secret).bad()) {
    throw std::runtime_error("cannot plant private elements");
  }
}

void plantInto(const fs::path& path) {
  DcmFileFormat file;
  if (file.loadFile(path.c_str()).bad()) {
    throw std::runtime_error("cannot read " + path.string());
  }
  file.loadAllDataIntoMemory();  // it is written over itself
  DcmDataset& dataset = *file.getDataset();
  addNameToTexts(dataset);
  addMissingTexts(dataset);
  addToSeriesDescription(dataset);
  addComments(dataset);
  addRequest(dataset);
  put(dataset, DCM_PatientName, std::string(kPatient.surname) + "^" + kPatient.first_name);
  put(dataset, DCM_PatientID, kPatient.id);
  put(dataset, DCM_AccessionNumber, kPatient.accession);
  put(dataset, DCM_PatientBirthDate, kPatient.birth_date);
  put(dataset, DCM_StudyDate, kPatient.study_date);
  if (file.saveFile(path.c_str(), EXS_LittleEndianExplicit).bad()) {
    throw std::runtime_error("cannot write " + path.string());
  }
}

}  // namespace

void plantPatient(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder / "dicom")) {
    if (entry.is_regular_file()) {
      plantInto(entry.path());
    }
  }
}

}  // namespace neurovasc::testing
