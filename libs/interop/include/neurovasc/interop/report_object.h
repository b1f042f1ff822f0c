#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/core/review.h"
#include "neurovasc/interop/segmentation_object.h"
#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

/// What one reader makes of an assessment, for a report of its own.
struct ReportReview {
  ReviewedAssessment reviewed;  ///< by contact::reviewed()
  std::string fingerprint;      ///< of the review: another review gives another object
  int number = 1;               ///< of the reader among those of the result, from 1
  /// Who the reader answers to; then the report is VERIFIED by the reader. Empty: UNVERIFIED.
  std::string organization;
};

struct ReportOptions {
  /// Empty: the program's findings alone.
  std::optional<ReportReview> review;
};

/// Writes @p assessment as a DICOM Comprehensive 3D SR (PS3.3 A.35.13) after PS3.16 TID 1500:
///
///     Imaging Measurement Report
///       language (TID 1204), observers (TID 1001), procedure
///       Image Library (TID 1600): the images of every series used
///       Imaging Measurements
///         Measurement Group (TID 1411) for each segment: volume; of nerves and vessels length and
///           mean diameter
///         Measurement Group (TID 1501) for each side: finding, zones, landmarks and centre line
///           of the nerve (SCOORD3D)
///         Measurement Group (TID 1501) for each contact: state, zone, grades, every measure
///         Measurement Group (TID 1501) for each vessel and pad, and for the study: quality, label,
///           warnings
///         with a review: Measurement Group (TID 1501), observed by the reader, for each side and
///           each contact that the reader spoke of, added or had measured anew
///       Derived Imaging Measurements
///         TID 1420 for each contact: the gap, inferred from the groups of its nerve and its vessel
///           and from the nearest pair of points (SCOORD3D, a line from nerve to vessel)
///
/// Values are those of assessment.json. An sd stands as TID 311 "+/-" with the derivation "Standard
/// Deviation". What was not measured has no value and says why by CID 42: "not attempted" where the
/// images are too coarse, else "failure".
///
/// A report with a review is an instance of the same series that names the program's own report
/// (options without a review) as its predecessor. Every report is UNVERIFIED but one whose review
/// names an organization: DICOM asks for person, organization and time (PS3.3 C.17.2).
///
/// @p segments are those of the binary SEG object, which must be sent along; @p structures are the
/// labels it was made of. Every object referred to is listed as evidence.
/// Throws Error(usage) where the reader's name cannot be written in the study's character set,
/// Error(output_unwritable).
void writeMeasurementReport(const Assessment& assessment, const imaging::Segmentation& structures,
                            const std::vector<SegmentReference>& segments,
                            const ExportContext& context, const ReportOptions& options,
                            const std::filesystem::path& path);

/// The program's assessment out of a report that writeMeasurementReport() wrote, to the precision
/// of assessment.json. A reader's words in it are left aside. Empty, because the report does not
/// hold them: the series and their registration, and the clinical course.
///
/// Throws Error(input_unreadable) for any other file, and naming what is missing in a damaged one.
Assessment readReport(const std::filesystem::path& path);

/// Writes @p comparison as a Comprehensive 3D SR after TID 1500 too, in the study of the last date:
///
///     Imaging Measurement Report
///       language (TID 1204), this program as observer (TID 1001), procedure
///       Image Library (TID 1600): the images of every date
///       Imaging Measurements
///         Measurement Group (TID 1501) for each date: time point (TID 1502), weeks since surgery,
///           how well it was registered
///         Measurement Group (TID 1501) for each side: outcome, what stands out, zones at the first
///           and at the last date, the clinical course
///         Measurement Groups (TID 1501) for each contact, all with one tracking UID: one of every
///           date with its time point (gap and sd, probability, place, change since the date
///           before), and one of the change from the first date to the last
///         Measurement Group (TID 1501) for each pad, with its time point
///
/// Values are those of comparison.json. Days count from the first date; no calendar day is in it,
/// and no coordinates: every date has a frame of reference of its own.
///
/// @p context is the last date's; @p earlier are the studies of the dates before it, in order of
/// time. Their images are listed as other evidence, the last date's as that of the procedure.
/// Throws Error(usage) unless there is one study for each date, Error(output_unwritable).
void writeComparisonReport(const Comparison& comparison, const std::vector<SourceStudy>& earlier,
                           const ExportContext& context, const std::filesystem::path& path);

}  // namespace neurovasc::interop
