#include "patient.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>

#include <stdexcept>
#include <string>

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;

void put(DcmDataset& dataset, const DcmTagKey& tag, const std::string& value) {
  if (dataset.putAndInsertString(tag, value.c_str()).bad()) {
    throw std::runtime_error("cannot plant a patient");
  }
}

bool isText(DcmEVR vr) {
  return vr == EVR_LO || vr == EVR_SH || vr == EVR_LT || vr == EVR_ST || vr == EVR_UT;
}

/// @p text with the patient's name and number behind it, as people write them anywhere; in a short
/// string, which holds 16 characters (PS3.5 table 6.2-1), the number alone.
std::string plantedIn(const std::string& text, DcmEVR vr) {
  constexpr std::size_t kShort = 16;
  if (vr != EVR_SH) {
    return text + " " + kPatient.surname + " " + kPatient.id;
  }
  const std::string number = text + " " + kPatient.id;
  return number.size() <= kShort ? number : kPatient.id;
}

/// Every text that is there with the patient's name and number behind it.
void addNameToTexts(DcmDataset& dataset) {
  for (unsigned long i = 0; i < dataset.card(); ++i) {
    DcmElement& element = *dataset.getElement(i);
    OFString text;
    if (isText(element.getVR()) && element.getOFStringArray(text).good()) {
      element.putString(plantedIn(text.c_str(), element.getVR()).c_str());
    }
  }
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
  addComments(dataset);
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
