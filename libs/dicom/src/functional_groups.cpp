#include "functional_groups.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include "dataset.h"

namespace neurovasc::dicom {

DcmItem* FrameGroups::macro(const DcmTagKey& sequence) const {
  if (!enhanced_) {
    return dataset_;
  }
  DcmItem* own = firstItem(per_frame_, sequence);
  return own != nullptr ? own : firstItem(shared_, sequence);
}

std::vector<FrameGroups> frameGroups(DcmItem& dataset, int frames) {
  DcmSequenceOfItems* per_frame = nullptr;
  if (dataset.findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, per_frame).bad()) {
    return frames == 1 ? std::vector<FrameGroups>{FrameGroups(dataset)}
                       : std::vector<FrameGroups>{};
  }
  if (per_frame->card() != static_cast<unsigned long>(frames)) {
    return {};
  }
  DcmItem* shared = firstItem(&dataset, DCM_SharedFunctionalGroupsSequence);
  std::vector<FrameGroups> groups;
  for (DcmObject* item = per_frame->nextInContainer(nullptr); item != nullptr;
       item = per_frame->nextInContainer(item)) {
    groups.emplace_back(dataset, shared, static_cast<DcmItem*>(item));
  }
  return groups;
}

}  // namespace neurovasc::dicom
