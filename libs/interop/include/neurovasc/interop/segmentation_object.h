#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/interop/source_study.h"
#include "neurovasc/interop/structures.h"

namespace neurovasc::interop {

enum class SegmentationType {
  binary,      ///< one bit a voxel
  fractional,  ///< OCCUPANCY: 255 is all of a voxel
};

/// A structure's place in the SEG objects, which other objects refer to.
struct SegmentReference {
  std::string segment_id;  ///< imaging::Segment::id
  int number = 1;          ///< Segment Number
  std::string tracking_uid;
};

/// Writes @p structures as one DICOM Segmentation (PS3.3 A.51) in the T2 series' frame, with frames
/// of the size of the source images, on slices that have content alone. A binary object leaves out
/// structures that no voxel belongs to.
///
/// Each segment has category, type and laterality codes (codes.h), AUTOMATIC with algorithm name
/// and version, a tracking identifier, and a CIELab colour. Each frame names the source image it
/// lies on. Throws Error(usage) when there is nothing to write, Error(output_unwritable).
void writeSegmentationObject(const std::vector<StructureSlices>& structures,
                             const GridGeometry& grid, SegmentationType type,
                             const ExportContext& context, const std::filesystem::path& path);

/// The segments of the object that writeSegmentationObject() makes of @p structures.
std::vector<SegmentReference> segmentReferences(const std::vector<StructureSlices>& structures,
                                                SegmentationType type,
                                                const ExportContext& context);

/// SOP Instance and Series Instance UID of that object.
std::string segmentationUid(SegmentationType type, const ExportContext& context);
std::string segmentationSeriesUid(SegmentationType type, const ExportContext& context);

}  // namespace neurovasc::interop
