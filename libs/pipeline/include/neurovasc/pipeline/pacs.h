#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/pacs/transfer.h"

/// Studies from a PACS in, results into a PACS back.
namespace neurovasc::pipeline {

struct SendOptions {
  /// Names of DICOM kinds of exportKinds(): what a reader of images sees, a report and its
  /// document.
  std::vector<std::string> kinds = {"seg", "sr", "pdf"};
  bool unreviewed = false;   ///< send what nobody has reviewed
  std::string study;         ///< as ExportOptions::study
  std::string organization;  ///< as ExportOptions::organization
  int threads = 0;
};

/// Throws Error(usage) naming the option.
void validate(const SendOptions& options);

struct SendOutcome {
  pacs::SendSummary objects;
  int replaced_series = 0;  ///< of earlier results of this study, rejected now
};

/// Exports a result folder as DICOM objects and sends them to the study they belong to.
///
/// A UID stands for one content: what the PACS has already is not sent again. Series of this
/// program that the study holds there and that are not among those sent are earlier results; when
/// the new objects are there, a rejection note goes after each (interop::writeRejectionNote()).
/// Nothing is ever deleted, and at no time is neither result there.
///
/// Throws Error: usage (no review and not unreviewed; a result that a later one has replaced
/// there), network_refused, cancelled, and what exportResult() throws.
SendOutcome sendResult(const std::string& result_folder, const pacs::PacsConfig& config,
                       const SendOptions& options, const Progress& progress);

/// Sends DICOM files as they are. Throws Error(usage) where one is a result of this program and
/// @p unreviewed is not given: whether somebody reviewed it cannot be seen from the file.
pacs::SendSummary sendFiles(const std::vector<std::string>& paths, const pacs::PacsConfig& config,
                            bool unreviewed, const Progress& progress);

/// Sends a one-page secondary capture that says, in @p reason, why there is no result, into the
/// study that the DICOM files in @p study_folder are of. The same reason twice is one object; pages
/// with other reasons are rejected, results are not. Throws as sendResult().
void sendNotice(const std::string& study_folder, const std::vector<std::string>& reason,
                const pacs::PacsConfig& config, const Progress& progress);

}  // namespace neurovasc::pipeline
