#include "functional_groups.h"

#include <dcmtk/dcmdata/dcdeftag.h>

namespace neurovasc::dicom {

Attributes FrameGroups::macro(const DcmTagKey& sequence) const {
  if (!enhanced_) {
    return dataset_;
  }
  const Attributes own = own_.firstItem(sequence);
  return own ? own : shared_.firstItem(sequence);
}

std::vector<FrameGroups> frameGroups(const Attributes& dataset, int frames) {
  if (!dataset.has(DCM_PerFrameFunctionalGroupsSequence)) {
    return frames == 1 ? std::vector<FrameGroups>{FrameGroups(dataset)}
                       : std::vector<FrameGroups>{};
  }
  const std::vector<Attributes> per_frame = dataset.items(DCM_PerFrameFunctionalGroupsSequence);
  if (per_frame.size() != static_cast<std::size_t>(frames)) {
    return {};
  }
  const Attributes shared = dataset.firstItem(DCM_SharedFunctionalGroupsSequence);
  std::vector<FrameGroups> groups;
  groups.reserve(per_frame.size());
  for (const Attributes& own : per_frame) {
    groups.emplace_back(dataset, shared, own);
  }
  return groups;
}

}  // namespace neurovasc::dicom
