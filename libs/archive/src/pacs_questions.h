#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/pacs/records.h"

namespace neurovasc::archive {

/// By Study Instance UID.
using FoundStudies = std::map<std::string, pacs::FoundStudy>;

/// Asks a PACS for its MR studies so that a limit on its answers loses none unnoticed. Answers
/// without a Study Instance UID that is one, and of studies that say they have no MR, are dropped.
///
/// Throws Error(network_refused), Error(cancelled).
class PacsQuestions {
 public:
  PacsQuestions(const pacs::PacsConfig& config, std::string patient_id, std::size_t most_answers,
                const Progress& progress)
      : config_(config),
        patient_id_(std::move(patient_id)),
        most_answers_(most_answers),
        progress_(progress) {}

  FoundStudies ofDay(int day);
  /// All of the patient's, in one question.
  FoundStudies ofPatient() const;
  /// Whatever its modality, date and patient.
  std::optional<pacs::FoundStudy> byUid(const std::string& study_uid) const;

 private:
  /// Of a day, in seconds.
  struct Hours {
    int from = 0;
    int until = 0;
  };

  /// Puts what fits into @p found; false where there may be more.
  bool ask(const pacs::StudyQuery& query, FoundStudies& found) const;
  void askHours(const std::string& date, const Hours& hours, FoundStudies& found) const;
  pacs::StudyQuery query() const;

  const pacs::PacsConfig& config_;
  std::string patient_id_;
  std::size_t most_answers_;
  const Progress& progress_;
  bool has_warned_ = false;
};

bool holdsMr(const pacs::FoundStudy& study);

}  // namespace neurovasc::archive
