#include "dataset_writer.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcmetinf.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <fmt/format.h>

#include <array>
#include <memory>

#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/core/version.h"
#include "neurovasc/dicom/series_writer.h"
#include "neurovasc/interop/own_objects.h"
#include "source_contents.h"

namespace neurovasc::interop {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModel = "neurovasc";

/// Elements of the patient and study modules that are repeated where the source has them.
const std::array<DcmTagKey, 17>& copiedTags() {
  static const std::array<DcmTagKey, 17> tags = {DCM_SpecificCharacterSet,
                                                 DCM_PatientName,
                                                 DCM_PatientID,
                                                 DCM_IssuerOfPatientID,
                                                 DCM_PatientBirthDate,
                                                 DCM_PatientSex,
                                                 DCM_OtherPatientIDsSequence,
                                                 DCM_PatientAge,
                                                 DCM_PatientSize,
                                                 DCM_PatientWeight,
                                                 DCM_StudyInstanceUID,
                                                 DCM_StudyDate,
                                                 DCM_StudyTime,
                                                 DCM_ReferringPhysicianName,
                                                 DCM_StudyID,
                                                 DCM_AccessionNumber,
                                                 DCM_StudyDescription};
  return tags;
}

/// Those that every object has, empty where nothing is known (type 2).
const std::array<DcmTagKey, 9>& requiredTags() {
  static const std::array<DcmTagKey, 9> tags = {
      DCM_PatientName, DCM_PatientID, DCM_PatientBirthDate,       DCM_PatientSex,     DCM_StudyDate,
      DCM_StudyTime,   DCM_StudyID,   DCM_ReferringPhysicianName, DCM_AccessionNumber};
  return tags;
}

void putPatientAndStudy(DcmDataset& dataset, const SourceStudy& source) {
  DcmDataset header(source.contents().header);
  for (const DcmTagKey& tag : copiedTags()) {
    DcmElement* copy = nullptr;
    if (header.findAndGetElement(tag, copy, OFFalse, OFTrue).good() && copy != nullptr) {
      requireDone(dataset.insert(copy, OFTrue));
    }
  }
  for (const DcmTagKey& tag : requiredTags()) {
    if (!dataset.tagExists(tag)) {
      requireDone(dataset.insertEmptyElement(tag));
    }
  }
}

/// PS3.15 E.1.1: who takes identity out says so, and by what rules.
void putDeidentification(DcmDataset& dataset) {
  put(dataset, DCM_PatientIdentityRemoved, "YES");
  put(dataset, DCM_DeidentificationMethod, "neurovasc, DICOM PS3.15 annex E");
  putCode(dataset, DCM_DeidentificationMethodCodeSequence, Concept::basic_confidentiality_profile);
  putCode(dataset, DCM_DeidentificationMethodCodeSequence, Concept::retain_modified_dates);
  put(dataset, DCM_LongitudinalTemporalInformationModified, "MODIFIED");
}

void putEquipment(DcmDataset& dataset) {
  put(dataset, DCM_Manufacturer, kMaker);
  put(dataset, DCM_ManufacturerModelName, kModel);
  // A program has no serial number; the version tells its copies apart as far as that matters.
  put(dataset, DCM_DeviceSerialNumber, std::string(version()));
  put(dataset, DCM_SoftwareVersions, std::string(version()));
}

}  // namespace

void requireDone(const OFCondition& done) {
  if (done.bad()) {
    throw Error(ErrorCode::internal, std::string("cannot set a DICOM element: ") + done.text());
  }
}

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  requireDone(item.putAndInsertString(tag, value.c_str()));
}

void putNumber(DcmItem& item, const DcmTagKey& tag, int value) {
  requireDone(item.putAndInsertUint16(tag, static_cast<Uint16>(value)));
}

void putDecimals(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values,
                 int decimals) {
  std::string text;
  for (const double value : values) {
    text += (text.empty() ? "" : "\\") + fixedDecimals(value, decimals);
  }
  put(item, tag, text);
}

DcmItem& addItem(DcmItem& item, const DcmTagKey& tag) {
  constexpr long kAppend = -2;
  DcmItem* added = nullptr;
  requireDone(item.findOrCreateSequenceItem(tag, added, kAppend));
  return *added;
}

void putCode(DcmItem& item, const DcmTagKey& tag, const imaging::Code& code) {
  DcmItem& added = addItem(item, tag);
  put(added, DCM_CodeValue, code.value);
  put(added, DCM_CodingSchemeDesignator, code.scheme);
  put(added, DCM_CodeMeaning, code.meaning);
}

void putCode(DcmItem& item, const DcmTagKey& tag, Concept concept_id) {
  putCode(item, tag, codeOf(concept_id));
}

void putReference(DcmItem& item, const SourceImage& image) {
  put(item, DCM_ReferencedSOPClassUID, image.sop_class_uid);
  put(item, DCM_ReferencedSOPInstanceUID, image.sop_instance_uid);
}

std::string seriesUidOf(const ExportContext& context, const std::string& kind) {
  return dicom::uidFrom(
      fmt::format("{}/{}/{}", context.source.studyInstanceUid(), context.fingerprint, kind));
}

std::string instanceUidOf(const ExportContext& context, const std::string& kind, int instance) {
  return dicom::uidFrom(fmt::format("{}/{}/{}/{}", context.source.studyInstanceUid(),
                                    context.fingerprint, kind, instance));
}

std::string trackingUidOf(const ExportContext& context, const std::string& id) {
  return dicom::uidFrom(context.source.studyInstanceUid() + "/tracking/" + id);
}

void putCommon(DcmDataset& dataset, const ExportContext& context, const ObjectIdentity& identity) {
  putPatientAndStudy(dataset, context.source);
  if (context.source.contents().is_deidentified) {
    putDeidentification(dataset);
  }
  putEquipment(dataset);
  put(dataset, DCM_SOPClassUID, identity.sop_class_uid);
  put(dataset, DCM_SOPInstanceUID, instanceUidOf(context, identity.kind, identity.instance));
  put(dataset, DCM_Modality, identity.modality);
  put(dataset, DCM_SeriesInstanceUID, seriesUidOf(context, identity.kind));
  put(dataset, DCM_SeriesNumber, std::to_string(identity.series_number));
  put(dataset, DCM_SeriesDescription,
      std::string(kOwnDescription) + context.subject + identity.description);
  put(dataset, DCM_SeriesDate, context.content_date);
  put(dataset, DCM_SeriesTime, context.content_time);
  put(dataset, DCM_InstanceCreationDate, context.content_date);
  put(dataset, DCM_InstanceCreationTime, context.content_time);
  put(dataset, DCM_ContentDate, context.content_date);
  put(dataset, DCM_ContentTime, context.content_time);
  put(dataset, DCM_InstanceNumber, std::to_string(identity.instance));
}

bool hasUtf8Texts(const SourceStudy& source) {
  DcmDataset header(source.contents().header);
  OFString set;
  header.findAndGetOFStringArray(DCM_SpecificCharacterSet, set);
  return set == "ISO_IR 192";
}

void putFrameOfReference(DcmDataset& dataset, const ExportContext& context) {
  put(dataset, DCM_FrameOfReferenceUID, context.source.t2().frame_of_reference_uid);
  requireDone(dataset.insertEmptyElement(DCM_PositionReferenceIndicator));
}

void putT2Images(DcmItem& item, const DcmTagKey& sequence, const ExportContext& context) {
  std::string last;
  for (const auto& image : context.source.t2().images) {
    if (image.sop_instance_uid != last) {
      putReference(addItem(item, sequence), image);
      last = image.sop_instance_uid;
    }
  }
}

void putReferencedSeries(DcmItem& item, const ExportContext& context) {
  DcmItem& series = addItem(item, DCM_ReferencedSeriesSequence);
  put(series, DCM_SeriesInstanceUID, context.source.t2().series_instance_uid);
  putT2Images(series, DCM_ReferencedInstanceSequence, context);
}

void putPixelFormat(DcmDataset& dataset, int columns, int rows, int samples, int bits) {
  putNumber(dataset, DCM_SamplesPerPixel, samples);
  put(dataset, DCM_PhotometricInterpretation, samples == 3 ? "RGB" : "MONOCHROME2");
  if (samples == 3) {
    putNumber(dataset, DCM_PlanarConfiguration, 0);
  }
  putNumber(dataset, DCM_Rows, rows);
  putNumber(dataset, DCM_Columns, columns);
  putNumber(dataset, DCM_BitsAllocated, bits);
  putNumber(dataset, DCM_BitsStored, bits);
  putNumber(dataset, DCM_HighBit, bits - 1);
  putNumber(dataset, DCM_PixelRepresentation, 0);
}

void putPixels(DcmDataset& dataset, std::vector<std::uint8_t> pixels) {
  if (pixels.size() % 2 != 0) {
    pixels.push_back(0);
  }
  requireDone(dataset.putAndInsertUint8Array(DCM_PixelData, pixels.data(),
                                             static_cast<unsigned long>(pixels.size())));
}

void save(DcmDataset& dataset, const fs::path& path) {
  const fs::path partial = path.string() + ".partial";
  DcmFileFormat file(&dataset, OFFalse);
  const OFCondition done = file.saveFile(partial.c_str(), EXS_LittleEndianExplicit);
  file.getAndRemoveDataset();  // it was lent: the caller owns it
  std::error_code failed;
  if (done.good()) {
    fs::rename(partial, path, failed);
  }
  if (done.bad() || failed) {
    fs::remove(partial, failed);
    throw Error(ErrorCode::output_unwritable,
                fmt::format("{} cannot be written: {}", path.string(), done.text()),
                "Check the free space and the folder's permissions.");
  }
}

}  // namespace neurovasc::interop
