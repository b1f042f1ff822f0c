#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "neurovasc/core/progress.h"

namespace neurovasc::pipeline {

/// One form in which a result can leave this program.
struct ExportKind {
  std::string_view name;  ///< as in --to: "seg"
  std::string_view what;  ///< in a few words, for --help
  bool dicom = false;     ///< a DICOM object, which needs to know whose images they are
  bool of_dates = false;  ///< can be made of a comparison as well
};

/// All kinds, in the order in which they are written.
const std::vector<ExportKind>& exportKinds();

struct ExportOptions {
  std::vector<std::string> kinds;  ///< names of exportKinds(), each once
  /// The DICOM study the result was made from; empty: the headers in the result's source/.
  std::string study;
  /// Of a comparison: what was compared, in order of time, as results of analyze or as DICOM
  /// studies.
  std::vector<std::string> dates;
  /// Whose review gets a structured report of its own beside the program's; empty: every reader's.
  std::string reader;
  /// Who the readers answer to; then their reports are VERIFIED by them. Empty: UNVERIFIED.
  std::string organization;
  /// DICOM objects name nobody (interop/deidentify.h), and hold no reader's words.
  bool deidentify = false;
  std::string site_key;    ///< file of the site key for that, made where absent
  bool overwrite = false;  ///< replace a folder that an export made, and nothing else
  int threads = 0;         ///< 0: one per processor; results do not depend on it
  std::vector<std::pair<std::string, std::string>> given_options;
};

/// Throws Error(usage) naming the option.
void validate(const ExportOptions& options);

/// Writes the result folder of analyze in other forms to the folder @p output, which must not exist
/// or is to be overwritten, and appears whole or not at all: DICOM objects as "<kind>.dcm" or
/// "<kind>-1.dcm", -2..., plain files in a folder named after the kind, and run.json. A structured
/// report refers to the segmentation, which is therefore written with it; of each reader's review
/// there is one more, "sr-1.dcm" and on. DICOM objects hold who the patient is: with any of them
/// the folder is for its owner alone (mode 0700).
///
/// A result folder of compare can leave as the kinds that are ExportKind::of_dates, in the study of
/// the last date; whose studies they are, options.dates tell.
///
/// Throws Error: usage (no kinds; kinds or options that are not for a comparison; DICOM without
/// source/ and study; nothing of a kind in the result), input_unreadable, inconsistent_geometry,
/// output_unwritable, cancelled.
void exportResult(const std::string& result_folder, const std::string& output,
                  const ExportOptions& options, const Progress& progress);

}  // namespace neurovasc::pipeline
