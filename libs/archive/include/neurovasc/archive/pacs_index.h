#pragma once

#include <cstddef>
#include <string>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/result/site_key.h"

namespace neurovasc::archive {

/// Which of a PACS's studies with MR images a catalogue is to know.
struct PacsIndexOptions {
  /// DICOM DA, or a range: "20250203", "20240101-20241231", "20240101-" (until today). Empty only
  /// with patient_id.
  std::string study_date;
  std::string patient_id;  ///< without wildcards; empty: every patient
  /// Where an answer has so many studies, the PACS may hold back others without saying so: the day
  /// is asked again in parts. Limits are a hundred or more as a rule.
  std::size_t most_answers = 100;
};

/// Throws Error(usage) naming the option.
void validate(const PacsIndexOptions& options);

struct PacsIndexSummary {
  std::size_t studies_met = 0;
  std::size_t studies_asked = 0;  ///< new or changed: asked for their series
  std::size_t studies_gone = 0;
  CatalogueTotals totals;
};

/// Brings @p catalogue up to date with what the PACS of @p config tells of its studies, by queries
/// alone: no image is fetched. It is known as pacs::nodeName().
///
/// Asks day by day, each day in halves where the PACS says that there is more or the answer is long
/// enough for a limit (PacsIndexOptions::most_answers). Series are asked for only of studies that
/// are new, or whose numbers of series and images, date, time or patient are not as before; where
/// a PACS tells no numbers, of all. A study that was known within what is asked and is not among
/// the answers is asked for by its UID, and then gone. What was asked before and is not asked now
/// stays as it is.
///
/// Roles, voxels and numbers are what the answers tell; what they do not tell is empty. A study
/// that has files as well (the same Study Instance UID) is one study and taken from its files.
///
/// Commits each study: stopped or killed, it goes on from there the next time. Stage: index.
///
/// Throws Error: network_refused, also where the PACS holds studies back and cannot be asked for
/// less; output_unwritable, cancelled.
PacsIndexSummary indexPacs(Catalogue& catalogue, const pacs::PacsConfig& config,
                           const result::SiteKey& key, const PacsIndexOptions& options,
                           const Progress& progress = {});

}  // namespace neurovasc::archive
