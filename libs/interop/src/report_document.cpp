#include "report_document.h"

#include <string>

#include "dataset_writer.h"

namespace neurovasc::interop {

void declareTexts(DSRDocument& document) {
  requireDone(document.setSpecificCharacterSetType(DSRTypes::CS_UTF8));
  requireDone(document.getCodingSchemeIdentification().addItem(
      std::string(kPrivateScheme).c_str(), "", "neurovasc private codes", "The neurovasc authors"));
}

void addImageLibrary(ReportTree& tree, const std::vector<const SourceStudy*>& studies) {
  const auto group = [&tree](const SourceSeries& series) {
    tree.container(Concept::image_library_group, nullptr, [&] {
      tree.code(DSRTypes::RT_hasAcqContext, Concept::modality, Concept::magnetic_resonance);
      for (const SourceImage& image : series.images) {
        tree.image(DSRTypes::RT_contains, std::nullopt, image.sop_class_uid, image.sop_instance_uid,
                   std::nullopt, image.frame);
      }
    });
  };
  tree.container(Concept::image_library, "1600", [&] {
    for (const SourceStudy* study : studies) {
      for (const auto& [role, series] : study->series()) {
        group(series);
      }
    }
  });
}

void addEvidence(DSRSOPInstanceReferenceList& evidence, const SourceStudy& study) {
  for (const auto& [role, series] : study.series()) {
    for (const auto& image : series.images) {
      requireDone(evidence.addItem(study.studyInstanceUid().c_str(),
                                   series.series_instance_uid.c_str(), image.sop_class_uid.c_str(),
                                   image.sop_instance_uid.c_str()));
    }
  }
}

}  // namespace neurovasc::interop
