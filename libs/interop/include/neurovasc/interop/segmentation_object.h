#pragma once

#include <filesystem>
#include <optional>
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

/// Whether a file begins as DICOM files do (PS3.10 7.1).
bool isDicomFile(const std::filesystem::path& path);

/// How much of each voxel a segment of anyone's DICOM Segmentation fills, 0 to 1: 0 and 1 in a
/// binary object, shares or probabilities in a fractional one. Without @p number the most that any
/// segment fills.
///
/// The grid reaches from the first to the last slice on which the object has a frame, in steps of
/// Spacing Between Slices, else of the least distance between frames; slices without a frame are
/// empty. Rows and columns are the frames', the third axis is their cross product.
///
/// Throws Error(input_unreadable) for what is no Segmentation, or a damaged one, and, naming the
/// segments that there are, where @p number is none of them; Error(inconsistent_geometry) where the
/// frames do not lie on one grid.
ImageF readSegment(const std::filesystem::path& path, std::optional<int> number);

}  // namespace neurovasc::interop
