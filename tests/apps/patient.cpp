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

/// @p tag's own text with the patient's name and number behind it.
void addNameTo(DcmDataset& dataset, const DcmTagKey& tag) {
  OFString text;
  dataset.findAndGetOFString(tag, text);
  put(dataset, tag, std::string(text.c_str()) + " " + kPatient.surname + " " + kPatient.id);
}

void plantInto(const fs::path& path) {
  DcmFileFormat file;
  if (file.loadFile(path.c_str()).bad()) {
    throw std::runtime_error("cannot read " + path.string());
  }
  file.loadAllDataIntoMemory();  // it is written over itself
  DcmDataset& dataset = *file.getDataset();
  put(dataset, DCM_PatientName, std::string(kPatient.surname) + "^" + kPatient.first_name);
  put(dataset, DCM_PatientID, kPatient.id);
  put(dataset, DCM_AccessionNumber, kPatient.accession);
  put(dataset, DCM_PatientBirthDate, kPatient.birth_date);
  put(dataset, DCM_StudyDate, kPatient.study_date);
  addNameTo(dataset, DCM_SeriesDescription);
  addNameTo(dataset, DCM_ProtocolName);
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
