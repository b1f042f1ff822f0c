#pragma once

#include <utility>
#include <vector>

#include "dataset.h"

namespace neurovasc::dicom {

/// Where one frame's attributes are found: its own functional groups, the shared ones, and for
/// classic images the data set itself.
class FrameGroups {
 public:
  /// A classic image: every macro is the data set.
  explicit FrameGroups(Attributes dataset) : dataset_(std::move(dataset)) {}
  FrameGroups(Attributes dataset, Attributes shared, Attributes own)
      : dataset_(std::move(dataset)),
        shared_(std::move(shared)),
        own_(std::move(own)),
        enhanced_(true) {}

  bool isEnhanced() const { return enhanced_; }
  const Attributes& dataset() const { return dataset_; }
  /// The item of functional group @p sequence: the frame's, else the shared one; of a classic image
  /// the data set. Empty when there is none.
  Attributes macro(const DcmTagKey& sequence) const;

 private:
  Attributes dataset_;
  Attributes shared_;
  Attributes own_;
  bool enhanced_ = false;
};

/// One entry per frame; empty when a multi-frame image lacks functional groups or has a number of
/// them other than @p frames.
std::vector<FrameGroups> frameGroups(const Attributes& dataset, int frames);

}  // namespace neurovasc::dicom
