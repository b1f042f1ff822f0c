#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/pipeline/input.h"

namespace neurovasc::pipeline {

struct AnalyzeOptions {
  std::vector<Side> sides = {Side::left, Side::right};
  std::string landmarks_file;  ///< Slicer markups or plain JSON; empty: none
  std::string clinical_file;   ///< JSON or YAML; empty: none
  std::string label;           ///< printed on every page and picture
  /// Roles without which the analysis is refused: no such series is Error(no_usable_series), a
  /// refused registration Error(registration_refused).
  std::vector<SeriesRole> required;
  bool pictures = true;
  bool page = true;                  ///< report.html, where this build can make it
  bool pdf = true;                   ///< report.pdf
  bool source_headers = true;        ///< keep the DICOM headers (the only place with identity)
  std::vector<std::string> exports;  ///< kinds of exportKinds() to write into export/
  bool deidentify = false;           ///< as ExportOptions::deidentify
  std::string site_key;              ///< as ExportOptions::site_key
  bool overwrite = false;
  int threads = 0;  ///< 0: one per processor; results do not depend on it
  /// The command line as given, for run.json; paths and free text already left out.
  std::vector<std::pair<std::string, std::string>> given_options;
};

/// Throws Error(usage) naming the option.
void validate(const AnalyzeOptions& options);

struct AnalyzeOutcome {
  Assessment assessment;
  std::string report;                ///< the text of report.txt
  std::optional<ErrorCode> failure;  ///< nerve_not_found: the result was written all the same
};

/// The main job: study in, result folder out (docs/review-a-study.md lists its files).
///
/// Stages, as reported to @p progress: scan, load (read, for volumes), region, register, fuse,
/// anatomy, vessels, contact, write, pictures, pdf, page. The folder appears whole at the end or
/// not at all; a stop takes effect before it is there, never after.
///
/// A T2 without any contrast gives a result as well, with failure set: both sides not assessable.
///
/// Throws Error: usage (several studies and no number), input_unreadable, no_usable_series,
/// inconsistent_geometry, registration_refused (required series only), output_unwritable,
/// cancelled.
AnalyzeOutcome analyze(const StudyInput& input, const std::string& output,
                       const AnalyzeOptions& options, const Progress& progress);

}  // namespace neurovasc::pipeline
