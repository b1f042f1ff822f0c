#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcitem.h>

#include <vector>

namespace neurovasc::dicom {

/// Where one frame's attributes are found: its own functional groups, the shared ones, and for
/// classic images the data set itself.
class FrameGroups {
 public:
  /// A classic image: every macro is the data set.
  explicit FrameGroups(DcmItem& dataset) : dataset_(&dataset) {}
  FrameGroups(DcmItem& dataset, DcmItem* shared, DcmItem* per_frame)
      : dataset_(&dataset), shared_(shared), per_frame_(per_frame), enhanced_(true) {}

  bool isEnhanced() const { return enhanced_; }
  DcmItem& dataset() const { return *dataset_; }
  /// The item of functional group @p sequence: the frame's, else the shared one; of a classic image
  /// the data set. Null when there is none.
  DcmItem* macro(const DcmTagKey& sequence) const;

 private:
  DcmItem* dataset_;
  DcmItem* shared_ = nullptr;
  DcmItem* per_frame_ = nullptr;
  bool enhanced_ = false;
};

/// One entry per frame; empty when a multi-frame image lacks functional groups or has a number of
/// them other than @p frames.
std::vector<FrameGroups> frameGroups(DcmItem& dataset, int frames);

}  // namespace neurovasc::dicom
