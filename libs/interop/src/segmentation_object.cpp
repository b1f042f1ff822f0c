#include "neurovasc/interop/segmentation_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmiod/cielabutil.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"

namespace neurovasc::interop {
namespace {

constexpr int kBinarySeries = 9001;
constexpr int kFractionalSeries = 9002;
/// Fractions are shares of a voxel in 255 steps.
constexpr int kMostFraction = 255;

const char* kindOf(SegmentationType type) {
  return type == SegmentationType::binary ? "seg" : "seg-fractional";
}

/// A frame to be written: a slice of a structure.
struct Frame {
  int segment_number = 1;
  const StructureSlice* slice = nullptr;
};

bool hasVoxel(const StructureSlice& slice) {
  return std::any_of(slice.binary.begin(), slice.binary.end(), [](auto v) { return v != 0; });
}

std::vector<const StructureSlice*> slicesToWrite(const StructureSlices& structure,
                                                 SegmentationType type) {
  std::vector<const StructureSlice*> kept;
  for (const auto& slice : structure.slices) {
    if (type == SegmentationType::fractional || hasVoxel(slice)) {
      kept.push_back(&slice);
    }
  }
  return kept;
}

void putIdentity(DcmDataset& dataset, SegmentationType type, const ExportContext& context) {
  const bool binary = type == SegmentationType::binary;
  ObjectIdentity identity;
  identity.sop_class_uid = UID_SegmentationStorage;
  identity.modality = "SEG";
  identity.kind = kindOf(type);
  identity.description = binary ? "segmentation" : "segmentation, occupancy";
  identity.series_number = binary ? kBinarySeries : kFractionalSeries;
  putCommon(dataset, context, identity);
  putFrameOfReference(dataset, context);
  putReferencedSeries(dataset, context);
  put(dataset, DCM_ImageType, "DERIVED\\PRIMARY");
  put(dataset, DCM_ContentLabel, "NEUROVASC");
  put(dataset, DCM_ContentDescription, std::string(kResearchUseOnly));
  requireDone(dataset.insertEmptyElement(DCM_ContentCreatorName));
  put(dataset, DCM_SegmentationType, binary ? "BINARY" : "FRACTIONAL");
  if (!binary) {
    put(dataset, DCM_SegmentationFractionalType, "OCCUPANCY");
    putNumber(dataset, DCM_MaximumFractionalValue, kMostFraction);
  }
  // Shares of one voxel can belong to several structures; its binary owner is one.
  put(dataset, DCM_SegmentsOverlap, binary ? "NO" : "YES");
  put(dataset, DCM_LossyImageCompression, "00");
}

void putColor(DcmItem& item, const std::array<double, 3>& rgb) {
  std::array<double, 3> lab{};
  IODCIELabUtil::rgb2DicomLab(lab[0], lab[1], lab[2], rgb[0], rgb[1], rgb[2]);
  std::array<Uint16, 3> values{};
  std::transform(lab.begin(), lab.end(), values.begin(), [](double v) {
    return static_cast<Uint16>(std::lround(std::clamp(v, 0.0, 65535.0)));
  });
  requireDone(item.putAndInsertUint16Array(DCM_RecommendedDisplayCIELabValue, values.data(),
                                           values.size()));
}

void putAlgorithm(DcmItem& segment) {
  put(segment, DCM_SegmentAlgorithmType, "AUTOMATIC");
  put(segment, DCM_SegmentAlgorithmName, "neurovasc");
  DcmItem& algorithm = addItem(segment, DCM_SegmentationAlgorithmIdentificationSequence);
  putCode(algorithm, DCM_AlgorithmFamilyCodeSequence, Concept::algorithm_family);
  put(algorithm, DCM_AlgorithmName, "neurovasc");
  put(algorithm, DCM_AlgorithmVersion, std::string(version()));
}

void putSegment(DcmDataset& dataset, const imaging::Segment& segment,
                const SegmentReference& reference) {
  DcmItem& item = addItem(dataset, DCM_SegmentSequence);
  putNumber(item, DCM_SegmentNumber, reference.number);
  put(item, DCM_SegmentLabel, segment.name);
  putAlgorithm(item);
  putCode(item, DCM_SegmentedPropertyCategoryCodeSequence, segment.category);
  putCode(item, DCM_SegmentedPropertyTypeCodeSequence, segment.type);
  if (!segment.type_modifier.value.empty()) {
    // The modifier stands within the type it modifies.
    DcmItem* type = nullptr;
    requireDone(item.findAndGetSequenceItem(DCM_SegmentedPropertyTypeCodeSequence, type));
    putCode(*type, DCM_SegmentedPropertyTypeModifierCodeSequence, segment.type_modifier);
  }
  put(item, DCM_TrackingID, segment.id);
  put(item, DCM_TrackingUID, reference.tracking_uid);
  putColor(item, segment.color);
}

void putDimensions(DcmDataset& dataset, const std::string& uid) {
  put(addItem(dataset, DCM_DimensionOrganizationSequence), DCM_DimensionOrganizationUID, uid);
  const auto add = [&](const DcmTagKey& element, const DcmTagKey& group, const char* label) {
    DcmItem& item = addItem(dataset, DCM_DimensionIndexSequence);
    put(item, DCM_DimensionOrganizationUID, uid);
    requireDone(item.putAndInsertTagKey(DCM_DimensionIndexPointer, element));
    requireDone(item.putAndInsertTagKey(DCM_FunctionalGroupPointer, group));
    put(item, DCM_DimensionDescriptionLabel, label);
  };
  add(DCM_ReferencedSegmentNumber, DCM_SegmentIdentificationSequence, "Segment");
  add(DCM_ImagePositionPatient, DCM_PlanePositionSequence, "Position");
}

void putSharedGroups(DcmDataset& dataset, const GridGeometry& grid) {
  DcmItem& shared = addItem(dataset, DCM_SharedFunctionalGroupsSequence);
  const Vec3 row = grid.direction.column(0);
  const Vec3 column = grid.direction.column(1);
  putDecimals(addItem(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
              {row.x, row.y, row.z, column.x, column.y, column.z}, 10);
  DcmItem& measures = addItem(shared, DCM_PixelMeasuresSequence);
  putDecimals(measures, DCM_SliceThickness, {grid.spacing_mm.z}, 6);
  putDecimals(measures, DCM_SpacingBetweenSlices, {grid.spacing_mm.z}, 6);
  putDecimals(measures, DCM_PixelSpacing, {grid.spacing_mm.y, grid.spacing_mm.x}, 6);
}

void putSource(DcmItem& groups, const SourceImage& image) {
  DcmItem& derivation = addItem(groups, DCM_DerivationImageSequence);
  putCode(derivation, DCM_DerivationCodeSequence, Concept::segmentation);
  DcmItem& source = addItem(derivation, DCM_SourceImageSequence);
  putReference(source, image);
  if (image.frame > 0) {
    put(source, DCM_ReferencedFrameNumber, std::to_string(image.frame));
  }
  put(source, DCM_SpatialLocationsPreserved, "YES");
  putCode(source, DCM_PurposeOfReferenceCodeSequence, Concept::source_image);
}

void putFrameGroups(DcmDataset& dataset, const Frame& frame, int position, const GridGeometry& grid,
                    const ExportContext& context) {
  DcmItem& groups = addItem(dataset, DCM_PerFrameFunctionalGroupsSequence);
  if (const SourceImage* image = context.source.t2Image(grid, frame.slice->slice)) {
    putSource(groups, *image);
  }
  const std::array<Uint32, 2> indices = {static_cast<Uint32>(frame.segment_number),
                                         static_cast<Uint32>(position)};
  requireDone(
      addItem(groups, DCM_FrameContentSequence)
          .putAndInsertUint32Array(DCM_DimensionIndexValues, indices.data(), indices.size()));
  const Point3 corner = grid.toLps(0, 0, frame.slice->slice);
  putDecimals(addItem(groups, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
              {corner.x, corner.y, corner.z}, 6);
  putNumber(addItem(groups, DCM_SegmentIdentificationSequence), DCM_ReferencedSegmentNumber,
            frame.segment_number);
}

/// One bit a voxel over all frames without a gap, the first in the lowest bit (PS3.5 8.1.1).
std::vector<std::uint8_t> packedBits(const std::vector<Frame>& frames, std::size_t frame_voxels) {
  std::vector<std::uint8_t> bytes((frames.size() * frame_voxels + 7) / 8);
  std::size_t bit = 0;
  for (const Frame& frame : frames) {
    for (const std::uint8_t value : frame.slice->binary) {
      bytes[bit / 8] |= static_cast<std::uint8_t>((value != 0 ? 1U : 0U) << (bit % 8));
      ++bit;
    }
  }
  return bytes;
}

std::vector<std::uint8_t> fractions(const std::vector<Frame>& frames, std::size_t frame_voxels) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(frames.size() * frame_voxels);
  for (const Frame& frame : frames) {
    bytes.insert(bytes.end(), frame.slice->occupancy.begin(), frame.slice->occupancy.end());
  }
  return bytes;
}

/// Slices that occur in any frame, ascending: their places are the second dimension's index.
std::vector<int> slicesOf(const std::vector<Frame>& frames) {
  std::vector<int> slices;
  slices.reserve(frames.size());
  for (const Frame& frame : frames) {
    slices.push_back(frame.slice->slice);
  }
  std::sort(slices.begin(), slices.end());
  slices.erase(std::unique(slices.begin(), slices.end()), slices.end());
  return slices;
}

void putFrames(DcmDataset& dataset, const std::vector<Frame>& frames, const GridGeometry& grid,
               SegmentationType type, const ExportContext& context) {
  const std::vector<int> slices = slicesOf(frames);
  for (const Frame& frame : frames) {
    const auto place = std::lower_bound(slices.begin(), slices.end(), frame.slice->slice);
    putFrameGroups(dataset, frame, static_cast<int>(place - slices.begin()) + 1, grid, context);
  }
  const bool binary = type == SegmentationType::binary;
  put(dataset, DCM_NumberOfFrames, std::to_string(frames.size()));
  putPixelFormat(dataset, grid.size[0], grid.size[1], 1, binary ? 1 : 8);
  const std::size_t voxels = grid.offset(0, 0, 1);
  putPixels(dataset, binary ? packedBits(frames, voxels) : fractions(frames, voxels));
}

}  // namespace

std::string segmentationUid(SegmentationType type, const ExportContext& context) {
  return instanceUidOf(context, kindOf(type));
}

std::string segmentationSeriesUid(SegmentationType type, const ExportContext& context) {
  return seriesUidOf(context, kindOf(type));
}

std::vector<SegmentReference> segmentReferences(const std::vector<StructureSlices>& structures,
                                                SegmentationType type,
                                                const ExportContext& context) {
  std::vector<SegmentReference> references;
  for (const auto& structure : structures) {
    if (slicesToWrite(structure, type).empty()) {
      continue;
    }
    const std::string& id = structure.segment.id;
    references.push_back({id, static_cast<int>(references.size()) + 1, trackingUidOf(context, id)});
  }
  return references;
}

void writeSegmentationObject(const std::vector<StructureSlices>& structures,
                             const GridGeometry& grid, SegmentationType type,
                             const ExportContext& context, const std::filesystem::path& path) {
  DcmDataset dataset;
  putIdentity(dataset, type, context);
  const std::vector<SegmentReference> references = segmentReferences(structures, type, context);
  std::vector<Frame> frames;
  auto reference = references.begin();
  for (const auto& structure : structures) {
    const auto slices = slicesToWrite(structure, type);
    if (slices.empty()) {
      continue;
    }
    putSegment(dataset, structure.segment, *reference);
    for (const StructureSlice* slice : slices) {
      frames.push_back({reference->number, slice});
    }
    ++reference;
  }
  if (frames.empty()) {
    throw Error(ErrorCode::usage, "there is no structure to write as a segmentation");
  }
  putDimensions(dataset, seriesUidOf(context, std::string(kindOf(type)) + "/dimensions"));
  putSharedGroups(dataset, grid);
  putFrames(dataset, frames, grid, type, context);
  save(dataset, path);
}

}  // namespace neurovasc::interop
