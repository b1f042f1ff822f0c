#include "neurovasc/interop/rejection_note.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmsr/dsrdoc.h>

#include <algorithm>
#include <array>

#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/series_writer.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::interop {
namespace {

constexpr int kNoteSeries = 9090;

using Type = DSRTypes::E_ValueType;

/// Objects without pixels are referred to as composite objects, others as images (TID 2010).
Type typeOf(const std::string& sop_class_uid) {
  static const std::array<const char*, 5> without_pixels = {
      UID_Comprehensive3DSRStorage, UID_EncapsulatedPDFStorage, UID_EncapsulatedSTLStorage,
      UID_RTStructureSetStorage, UID_KeyObjectSelectionDocumentStorage};
  const bool found = std::find(without_pixels.begin(), without_pixels.end(), sop_class_uid) !=
                     without_pixels.end();
  return found ? DSRTypes::VT_Composite : DSRTypes::VT_Image;
}

DSRCodedEntryValue coded(Concept id) {
  const imaging::Code& code = codeOf(id);
  return {code.value.c_str(), code.scheme.c_str(), code.meaning.c_str()};
}

void addItem(DSRDocumentTree& tree, const RejectedObject& object, bool first) {
  const Type type = typeOf(object.sop_class_uid);
  tree.addContentItem(DSRTypes::RT_contains, type,
                      first ? DSRTypes::AM_belowCurrent : DSRTypes::AM_afterCurrent);
  DSRContentItem& item = tree.getCurrentContentItem();
  if (type == DSRTypes::VT_Image) {
    requireDone(item.setImageReference(
        DSRImageReferenceValue(object.sop_class_uid.c_str(), object.sop_instance_uid.c_str())));
  } else {
    requireDone(item.setCompositeReference(
        DSRCompositeReferenceValue(object.sop_class_uid.c_str(), object.sop_instance_uid.c_str())));
  }
}

void fill(DSRDocumentTree& tree, const std::vector<RejectedObject>& objects) {
  tree.addContentItem(DSRTypes::RT_isRoot, DSRTypes::VT_Container);
  requireDone(
      tree.getCurrentContentItem().setConceptName(coded(Concept::rejected_for_quality_reasons)));
  requireDone(tree.getCurrentContentItem().setTemplateIdentification("2010", "DCMR"));
  bool first = true;
  for (const auto& object : objects) {
    addItem(tree, object, first);
    first = false;
  }
}

/// A context whose UIDs come from what is rejected alone.
ExportContext noteContext(const ExportContext& context, const std::string& series_instance_uid,
                          const std::vector<RejectedObject>& objects) {
  std::vector<std::string> uids;
  for (const auto& object : objects) {
    uids.push_back(object.sop_instance_uid);
  }
  std::sort(uids.begin(), uids.end());
  std::string text = series_instance_uid;
  for (const auto& uid : uids) {
    text += "/" + uid;
  }
  ExportContext own = context;
  own.fingerprint = result::sha256(text);
  return own;
}

}  // namespace

std::string rejectionSeriesUid(const std::string& series_instance_uid) {
  return dicom::uidFrom(series_instance_uid + "/rejected");
}

void writeRejectionNote(const std::string& series_instance_uid,
                        const std::vector<RejectedObject>& objects, const ExportContext& context,
                        const std::filesystem::path& path) {
  if (objects.empty()) {
    throw Error(ErrorCode::usage, "a rejection note needs objects to reject");
  }
  DSRDocument document(DSRTypes::DT_KeyObjectSelectionDocument);
  requireDone(document.setSpecificCharacterSetType(DSRTypes::CS_UTF8));
  fill(document.getTree(), objects);
  for (const auto& object : objects) {
    requireDone(document.getCurrentRequestedProcedureEvidence().addItem(
        context.source.studyInstanceUid().c_str(), series_instance_uid.c_str(),
        object.sop_class_uid.c_str(), object.sop_instance_uid.c_str()));
  }
  DcmDataset dataset;
  requireDone(document.write(dataset));
  putCommon(
      dataset, noteContext(context, series_instance_uid, objects),
      {UID_KeyObjectSelectionDocumentStorage, "KO", "rejection", "rejection note", kNoteSeries, 1});
  put(dataset, DCM_SeriesInstanceUID, rejectionSeriesUid(series_instance_uid));
  save(dataset, path);
}

}  // namespace neurovasc::interop
