#include "functional_groups.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcsequen.h>

namespace neurovasc::dicom {

Attributes FrameGroups::macro(const DcmTagKey& sequence) const {
  if (!enhanced_) {
    return dataset_;
  }
  const Attributes own = own_.firstItem(sequence);
  return own ? own : shared_.firstItem(sequence);
}

std::vector<FrameGroups> frameGroups(const Attributes& dataset, int frames) {
  auto* per_frame =
      dynamic_cast<DcmSequenceOfItems*>(dataset.find(DCM_PerFrameFunctionalGroupsSequence));
  if (per_frame == nullptr) {
    return frames == 1 ? std::vector<FrameGroups>{FrameGroups(dataset)}
                       : std::vector<FrameGroups>{};
  }
  if (per_frame->card() != static_cast<unsigned long>(frames)) {
    return {};
  }
  const Attributes shared = dataset.firstItem(DCM_SharedFunctionalGroupsSequence);
  std::vector<FrameGroups> groups;
  for (DcmObject* item = per_frame->nextInContainer(nullptr); item != nullptr;
       item = per_frame->nextInContainer(item)) {
    groups.emplace_back(dataset, shared, Attributes(static_cast<DcmItem*>(item)));
  }
  return groups;
}

}  // namespace neurovasc::dicom
