#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/interop/segmentation_object.h"
#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

struct ReportOptions {
  /// Who reviewed the findings, as a DICOM person name ("Doe^Jane"); then a person is an observer
  /// beside the program. Empty: nobody did.
  std::string reader;
};

/// Writes @p assessment as a DICOM Comprehensive 3D SR (PS3.3 A.35.13) after PS3.16 TID 1500,
/// UNVERIFIED:
///
///     Imaging Measurement Report
///       language (TID 1204), observers (TID 1001), procedure
///       Image Library (TID 1600): the images of every series used
///       Imaging Measurements
///         Measurement Group (TID 1411) for each segment: volume; of nerves and vessels length and
///           mean diameter
///         Measurement Group (TID 1501) for each side: finding, zones, landmarks (SCOORD3D)
///         Measurement Group (TID 1501) for each contact: state, zone, grades, every measure
///       Derived Imaging Measurements
///         TID 1420 for each contact: the gap, inferred from the groups of its nerve and its vessel
///           and from the nearest pair of points (SCOORD3D, a line from nerve to vessel)
///
/// Values are those of assessment.json. An sd stands as TID 311 "+/-" with the derivation "Standard
/// Deviation". What was not measured has no value and says why by CID 42: "not attempted" where the
/// images are too coarse, else "failure".
///
/// @p segments are those of the binary SEG object, which must be sent along; @p structures are the
/// labels it was made of. Every object referred to is listed as evidence.
/// Throws Error(output_unwritable).
void writeMeasurementReport(const Assessment& assessment, const imaging::Segmentation& structures,
                            const std::vector<SegmentReference>& segments,
                            const ExportContext& context, const ReportOptions& options,
                            const std::filesystem::path& path);

}  // namespace neurovasc::interop
