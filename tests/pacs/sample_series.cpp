#include "sample_series.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dcxfer.h>

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "neurovasc/dicom/series_writer.h"
#include "support/geometry.h"

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;

Volume<std::uint16_t> gradient(Size3 size) {
  Volume<std::uint16_t> volume(obliqueGrid(size));
  int n = 0;
  std::generate(volume.begin(), volume.end(),
                [&n] { return static_cast<std::uint16_t>(n++ / 7 % 900); });
  return volume;
}

void compress(const fs::path& folder) {
  DcmRLEEncoderRegistration::registerCodecs();
  for (const auto& entry : fs::directory_iterator(folder)) {
    DcmFileFormat file;
    file.loadFile(entry.path().c_str());
    file.loadAllDataIntoMemory();
    if (file.getDataset()->chooseRepresentation(EXS_RLELossless, nullptr).bad() ||
        file.saveFile(entry.path().c_str(), EXS_RLELossless).bad()) {
      throw std::runtime_error("cannot compress " + entry.path().string());
    }
  }
}

using Objects = std::map<std::string, std::unique_ptr<DcmFileFormat>>;

Objects objectsIn(const fs::path& folder) {
  Objects objects;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    auto file = std::make_unique<DcmFileFormat>();
    OFString uid;
    if (entry.is_regular_file() && file->loadFile(entry.path().c_str()).good()) {
      file->getDataset()->findAndGetOFString(DCM_SOPInstanceUID, uid);
      objects[uid.c_str()] = std::move(file);
    }
  }
  return objects;
}

/// The element as it is in the file: tag, VR and value.
std::string shown(DcmElement* element) {
  std::ostringstream text;
  element->print(text);
  return text.str();
}

std::string elementsOf(DcmDataset& dataset) {
  std::string text;
  dataset.loadAllDataIntoMemory();
  for (unsigned long n = 0; n < dataset.card(); ++n) {
    DcmElement* element = dataset.getElement(n);
    // Lengths of groups are each writer's own.
    text += element->getTag().getElement() == 0 ? "" : shown(element);
  }
  return text;
}

}  // namespace

SampleSeries::SampleSeries(const fs::path& folder)
    : folder_(folder), study_instance_uid_(dicom::uidFrom("sample study of the PACS tests")) {
  fs::create_directories(folder);
  dicom::MrSeriesHeader header;
  header.patient_name = "M\xc3\xbcller^Ana";
  header.patient_id = "PACS-1";
  header.study_instance_uid = study_instance_uid_;
  header.frame_of_reference_uid = dicom::uidFrom("sample frame");
  header.study_date = "20250203";
  for (const char* name : {"t2", "tof"}) {
    header.series_instance_uid = dicom::uidFrom(std::string("sample series ") + name);
    header.series_description = name;
    ++header.series_number;
    dicom::writeMrSeries(gradient({40, 32, kObjects / 2}), header, folder / name);
  }
  compress(folder / "tof");
}

std::vector<std::string> objectDifferences(const fs::path& one, const fs::path& other) {
  std::vector<std::string> differences;
  const Objects ours = objectsIn(one);
  const Objects theirs = objectsIn(other);
  if (ours.size() != theirs.size()) {
    differences.push_back(std::to_string(ours.size()) + " objects against " +
                          std::to_string(theirs.size()));
  }
  for (const auto& [uid, file] : ours) {
    const auto found = theirs.find(uid);
    if (found == theirs.end()) {
      differences.push_back("an object is missing");
      continue;
    }
    DcmDataset& a = *file->getDataset();
    DcmDataset& b = *found->second->getDataset();
    if (a.getOriginalXfer() != b.getOriginalXfer()) {
      differences.push_back(std::string("encoded as ") +
                            DcmXfer(b.getOriginalXfer()).getXferName());
    }
    if (elementsOf(a) != elementsOf(b)) {
      differences.push_back("attributes differ");
    }
    DcmElement* pixels_a = nullptr;
    DcmElement* pixels_b = nullptr;
    a.findAndGetElement(DCM_PixelData, pixels_a);
    b.findAndGetElement(DCM_PixelData, pixels_b);
    if ((pixels_a == nullptr) != (pixels_b == nullptr) ||
        (pixels_a != nullptr && pixels_a->compare(*pixels_b) != 0)) {
      differences.push_back("pixels differ");
    }
  }
  return differences;
}

}  // namespace neurovasc::testing
