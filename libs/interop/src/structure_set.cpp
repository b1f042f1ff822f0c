#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/core/version.h"
#include "neurovasc/interop/picture_object.h"
#include "outlines.h"

namespace neurovasc::interop {
namespace {

constexpr int kStructureSetSeries = 9008;

void putFrameReference(DcmDataset& dataset, const ExportContext& context) {
  // Retired, and asked for by every reader: a study is referred to by this class.
  constexpr const char* kStudyClass = "1.2.840.10008.3.1.2.3.1";
  DcmItem& frame = addItem(dataset, DCM_ReferencedFrameOfReferenceSequence);
  put(frame, DCM_FrameOfReferenceUID, context.source.t2().frame_of_reference_uid);
  DcmItem& study = addItem(frame, DCM_RTReferencedStudySequence);
  put(study, DCM_ReferencedSOPClassUID, kStudyClass);
  put(study, DCM_ReferencedSOPInstanceUID, context.source.studyInstanceUid());
  DcmItem& series = addItem(study, DCM_RTReferencedSeriesSequence);
  put(series, DCM_SeriesInstanceUID, context.source.t2().series_instance_uid);
  putT2Images(series, DCM_ContourImageSequence, context);
}

void putRoi(DcmDataset& dataset, const imaging::Segment& segment, int number,
            const ExportContext& context) {
  DcmItem& roi = addItem(dataset, DCM_StructureSetROISequence);
  put(roi, DCM_ROINumber, std::to_string(number));
  put(roi, DCM_ReferencedFrameOfReferenceUID, context.source.t2().frame_of_reference_uid);
  put(roi, DCM_ROIName, segment.name);
  put(roi, DCM_ROIGenerationAlgorithm, "AUTOMATIC");
  DcmItem& observation = addItem(dataset, DCM_RTROIObservationsSequence);
  put(observation, DCM_ObservationNumber, std::to_string(number));
  put(observation, DCM_ReferencedROINumber, std::to_string(number));
  put(observation, DCM_RTROIInterpretedType, "");
  put(observation, DCM_ROIInterpreter, "");
}

void putContour(DcmItem& roi, const std::vector<Corner>& corners, int slice,
                const GridGeometry& grid, const SourceImage* image) {
  DcmItem& contour = addItem(roi, DCM_ContourSequence);
  if (image != nullptr) {
    DcmItem& reference = addItem(contour, DCM_ContourImageSequence);
    putReference(reference, *image);
    if (image->frame > 0) {
      put(reference, DCM_ReferencedFrameNumber, std::to_string(image->frame));
    }
  }
  put(contour, DCM_ContourGeometricType, "CLOSED_PLANAR");
  put(contour, DCM_NumberOfContourPoints, std::to_string(corners.size()));
  std::vector<double> coordinates;
  for (const Corner& corner : corners) {
    const Point3 p = grid.toLps(Vec3{corner[0] - 0.5, corner[1] - 0.5, static_cast<double>(slice)});
    coordinates.insert(coordinates.end(), {p.x, p.y, p.z});
  }
  putDecimals(contour, DCM_ContourData, coordinates, 3);
}

void putContours(DcmDataset& dataset, const StructureSlices& structure, int number,
                 const GridGeometry& grid, const ExportContext& context) {
  DcmItem& roi = addItem(dataset, DCM_ROIContourSequence);
  const auto& rgb = structure.segment.color;
  put(roi, DCM_ROIDisplayColor,
      fmt::format("{}\\{}\\{}", std::lround(255 * rgb[0]), std::lround(255 * rgb[1]),
                  std::lround(255 * rgb[2])));
  put(roi, DCM_ReferencedROINumber, std::to_string(number));
  for (const auto& slice : structure.slices) {
    for (const auto& corners : outlinesOf(slice.binary, grid.size[0], grid.size[1])) {
      putContour(roi, corners, slice.slice, grid, context.source.t2Image(grid, slice.slice));
    }
  }
}

bool hasVoxels(const StructureSlices& structure) {
  return std::any_of(structure.slices.begin(), structure.slices.end(), [](const auto& slice) {
    return std::any_of(slice.binary.begin(), slice.binary.end(), [](auto v) { return v != 0; });
  });
}

}  // namespace

void writeStructureSet(const std::vector<StructureSlices>& structures, const GridGeometry& grid,
                       const ExportContext& context, const std::filesystem::path& path) {
  DcmDataset dataset;
  putCommon(
      dataset, context,
      {UID_RTStructureSetStorage, "RTSTRUCT", "rtstruct", "outlines", kStructureSetSeries, 1});
  putFrameOfReference(dataset, context);
  // A structure set has a date of its own in place of the content's.
  requireDone(dataset.findAndDeleteElement(DCM_ContentDate));
  requireDone(dataset.findAndDeleteElement(DCM_ContentTime));
  put(dataset, DCM_StructureSetLabel, "NEUROVASC");
  put(dataset, DCM_StructureSetDescription, std::string(kResearchUseOnly));
  put(dataset, DCM_StructureSetDate, context.content_date);
  put(dataset, DCM_StructureSetTime, context.content_time);
  put(dataset, DCM_ApprovalStatus, "UNAPPROVED");
  put(dataset, DCM_OperatorsName, "");
  putFrameReference(dataset, context);
  int number = 0;
  for (const auto& structure : structures) {
    if (isOutlined(structure.segment) && hasVoxels(structure)) {
      putRoi(dataset, structure.segment, ++number, context);
      putContours(dataset, structure, number, grid, context);
    }
  }
  if (number == 0) {
    throw Error(ErrorCode::usage, "there is no structure to outline");
  }
  save(dataset, path);
}

}  // namespace neurovasc::interop
