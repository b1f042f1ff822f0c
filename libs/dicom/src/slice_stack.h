#pragma once

#include <string>
#include <vector>

#include "frame_header.h"
#include "neurovasc/core/study.h"

namespace neurovasc::dicom {

/// A frame of a scanned file.
struct FrameRef {
  const FileHeader* file = nullptr;
  const FrameHeader* frame = nullptr;
};

/// Parallel frames of one contrast, each place once, in any order.
using FrameGroup = std::vector<FrameRef>;

/// Frames on their grid.
struct SliceStack {
  GridGeometry geometry;  ///< spacing_mm.z is 0 where a single slice does not say its thickness
  std::vector<FrameRef> slices;  ///< one per k, null where missing
  std::vector<int> missing;
  std::vector<SeriesProblem> problems;
};

/// Divides the frames of one DICOM series into groups of one matrix, pixel spacing, orientation,
/// stack, echo and image type, then by repetition: where a place is met several times, by temporal
/// position, acquisition or order. Groups come in a fixed order whatever the order of @p frames.
///
/// Copies of one image are dropped. @p problems receives what concerns the series as a whole.
std::vector<FrameGroup> divide(std::vector<FrameRef> frames, std::vector<SeriesProblem>& problems);

/// Sorts @p group along its normal onto the regular grid that fits. @p group is not empty.
///
/// Gaps that are whole multiples of the common one are missing slices: the grid keeps their place.
/// Positions that fit no regular grid, or that are shifted within the slice plane, are reported as
/// irregular_spacing or shear; the geometry is then that of the nearest regular grid and the frames
/// are consecutive.
SliceStack arrange(const FrameGroup& group);

}  // namespace neurovasc::dicom
