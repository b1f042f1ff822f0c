#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/interop/report_object.h"
#include "neurovasc/interop/segmentation_object.h"
#include "neurovasc/interop/source_study.h"
#include "neurovasc/interop/structures.h"
#include "neurovasc/pipeline/export.h"

namespace neurovasc::pipeline {

/// What the DICOM objects have in common that are made from the result @p folder, whose findings
/// stand in its file @p content; de-identified where @p options say so.
/// Throws Error(input_unreadable).
interop::ExportContext exportContext(interop::SourceStudy source,
                                     const std::filesystem::path& folder, std::string_view content,
                                     const ExportOptions& options);

/// A result that is being exported: what the kinds need of it, read when first asked for.
class ExportJob {
 public:
  ExportJob(std::filesystem::path result, const ExportOptions& options, const Progress& progress);

  const std::filesystem::path& result() const { return result_; }
  const ExportOptions& options() const { return options_; }
  const Progress& progress() const { return progress_; }

  const Assessment& assessment();
  /// Labels with each vessel apart.
  const imaging::Segmentation& structures();
  /// The same on the T2 voxels.
  const std::vector<interop::StructureSlices>& slices();
  /// The grid of the T2 series, whole.
  const GridGeometry& t2Grid();
  const interop::ExportContext& context();
  /// The reviews asked for, each applied, in the order in which readers first saved.
  std::vector<interop::ReportReview> reviews();

 private:
  interop::SourceStudy source();

  std::filesystem::path result_;
  const ExportOptions& options_;
  const Progress& progress_;
  std::optional<Assessment> assessment_;
  std::optional<imaging::Segmentation> structures_;
  std::optional<std::vector<interop::StructureSlices>> slices_;
  std::optional<interop::ExportContext> context_;
};

}  // namespace neurovasc::pipeline
