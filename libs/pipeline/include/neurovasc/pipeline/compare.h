#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::pipeline {

struct CompareRequest {
  /// Two or more in order of time, or one after surgery alone: studies (DICOM) or finished result
  /// folders of `analyze`, mixed as they come.
  std::vector<std::string> dates;
  /// Their days (ISO 8601) in the same order, for dates whose headers do not tell; empty: not
  /// known.
  std::vector<std::string> study_days;
  std::string clinical_file;  ///< JSON or YAML; empty: none
  std::string surgery_date;   ///< ISO 8601 day; empty: not known
  /// Blood, air and glue are possible near a pad for so many weeks after surgery.
  int early_weeks = 6;
  double assumed_cure = 0.9;  ///< share of all operated patients that is free of spasm in the end
  bool same_patient = false;  ///< different identifiers are not warned of
  std::string label;
  bool pictures = true;  ///< of the dates side by side, and of the studies that are analysed here
  bool page = true;      ///< report.html, of the dates and of the studies that are analysed here
  bool pdf = true;       ///< report.pdf, likewise
  /// Forms to write as well, into export/ (pipeline/export.h); all dates have headers for that.
  std::vector<std::string> exports;
  bool deidentify = false;  ///< of what is exported
  std::string site_key;     ///< for that
  bool overwrite = false;
  int threads = 0;
  std::vector<std::pair<std::string, std::string>> given_options;
};

/// Throws Error(usage) naming the option.
void validate(const CompareRequest& request);

struct CompareOutcome {
  Comparison comparison;
  std::string report;  ///< the text of report.txt
};

/// Dates of one patient in, comparison folder out: comparison.json, report.txt, run.json,
/// transforms/ (each later date's points from the first's), meshes/ (pads), pictures/ (first date
/// beside the last), report.pdf, report.html where this build can make it, and for every study that
/// was analysed here its result folder as dates/N, without source/.
///
/// Stages: those of analyze for each study, then read, match, pads, write, pictures, page. The
/// folder appears whole at the end or not at all.
///
/// Throws Error: not_a_pair (one series twice, dates in the wrong order, another patient's bones),
/// registration_refused, nerve_not_found (on every side of a date), usage, and what analyze throws.
CompareOutcome compare(const CompareRequest& request, const std::string& output,
                       const Progress& progress);

}  // namespace neurovasc::pipeline
