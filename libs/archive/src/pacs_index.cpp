#include "neurovasc/archive/pacs_index.h"

#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "neurovasc/archive/surgery.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/pacs/connection.h"
#include "neurovasc/pacs/transfer.h"
#include "pacs_copies.h"
#include "pacs_questions.h"
#include "pacs_store.h"
#include "pacs_study.h"
#include "study_dates.h"

namespace neurovasc::archive {
namespace {

/// Compares what a PACS answers with what the catalogue knows of it.
class PacsIndexer {
 public:
  PacsIndexer(Catalogue& catalogue, const pacs::PacsConfig& config, const result::SiteKey& key,
              const PacsIndexOptions& options, const Progress& progress)
      : config_(config),
        key_(key),
        options_(options),
        progress_(progress),
        store_(catalogue.database(), pacs::nodeName(config)),
        questions_(config, options.patient_id, options.most_answers, progress) {
    if (!options.patient_id.empty()) {
      patient_key_ = key.hash(dicom::patientText(options.patient_id));
    }
    for (PacsStudyRow& row : store_.studies(key)) {
      by_day_[row.day].push_back(row.uid);
      std::string uid = row.uid;
      known_.emplace(std::move(uid), std::move(row));
    }
  }

  PacsIndexSummary run() {
    const std::int64_t scan = store_.beginScan();
    options_.study_date.empty() ? askPatient() : askDays();
    store_.endScan(scan, summary_.studies_met, summary_.studies_asked);
    progress_.report("index", 1, text());
    return summary_;
  }

 private:
  std::string text() const {
    return std::to_string(summary_.studies_met) + " studies at the PACS, " +
           std::to_string(summary_.studies_asked) + " asked for their series";
  }

  void askDays() {
    const DayRange days = dayRangeOf(options_.study_date, latestDay());
    for (int day = days.first; day <= days.last; ++day) {
      progress_.report(
          "index", static_cast<double>(day - days.first) / (days.last - days.first + 1), text());
      takeAll(questions_.ofDay(day));
      noteGone(by_day_[day]);
    }
  }

  void askPatient() {
    takeAll(questions_.ofPatient());
    std::vector<std::string> all;
    for (const auto& [uid, row] : known_) {
      all.push_back(uid);
    }
    noteGone(all);
  }

  void takeAll(const FoundStudies& found) {
    for (const auto& [uid, study] : found) {
      take(study);
    }
  }

  void take(const pacs::FoundStudy& study) {
    progress_.stop().throwIfStopped();
    const std::string& uid = study.study_instance_uid;
    if (!met_.insert(uid).second || isUnchanged(study)) {
      return;
    }
    const PacsStudy found = pacsStudyOf(study, seriesOf(uid), key_);
    ++summary_.studies_asked;
    if (!found.series.empty() || !found.all_series) {
      store_.write(found, key_);
      ++summary_.studies_met;
    } else if (const auto known = known_.find(uid);
               known != known_.end() && known->second.present) {
      forget(uid);  // its MR series left
    }
  }

  /// None where the PACS hands out only some of them: then it is not known which.
  std::vector<pacs::DescribedSeries> seriesOf(const std::string& study_uid) const {
    try {
      return pacs::describeSeries(config_, study_uid, progress_);
    } catch (const pacs::MoreMatches&) {
      return {};
    }
  }

  bool isUnchanged(const pacs::FoundStudy& study) {
    const auto known = known_.find(study.study_instance_uid);
    const bool has_numbers = study.series > 0 || study.instances > 0;
    const bool is_same = known != known_.end() && known->second.present && has_numbers &&
                         known->second.told == toldHash(study, key_);
    summary_.studies_met += is_same ? 1 : 0;
    return is_same;
  }

  /// Of @p uids, all that should have been met.
  void noteGone(const std::vector<std::string>& uids) {
    for (const std::string& uid : uids) {
      const PacsStudyRow& row = known_.at(uid);
      const bool is_asked = patient_key_.empty() || row.patient_key == patient_key_;
      if (is_asked && row.present && met_.count(uid) == 0) {
        askAgain(row);
      }
    }
  }

  /// An answer may lack a study because it is gone, or was changed, or is held back.
  void askAgain(const PacsStudyRow& row) {
    const auto study = questions_.byUid(row.uid);
    if (!study || !holdsMr(*study)) {
      forget(row.uid);
    } else if (study->modalities.empty() || dayOfDate(study->study_date) != row.day ||
               toldHash(*study, key_) != row.told) {
      take(*study);
    } else {
      throw Error(ErrorCode::network_refused,
                  "the PACS left a study out of its answer that it has: it holds some back",
                  "Give --most-answers a number that is not above its limit on matches.");
    }
  }

  void forget(const std::string& uid) {
    store_.markGone(uid);
    ++summary_.studies_gone;
  }

  const pacs::PacsConfig& config_;
  const result::SiteKey& key_;
  const PacsIndexOptions& options_;
  const Progress& progress_;
  PacsStore store_;
  PacsQuestions questions_;
  std::string patient_key_;  ///< empty: every patient is asked for
  std::unordered_map<std::string, PacsStudyRow> known_;
  std::map<std::optional<int>, std::vector<std::string>> by_day_;
  std::unordered_set<std::string> met_;
  PacsIndexSummary summary_;
};

}  // namespace

void validate(const PacsIndexOptions& options) {
  if (options.study_date.empty() && options.patient_id.empty()) {
    throw Error(ErrorCode::usage, "study-date: is missing, and so is patient-id",
                "Say which studies of the PACS: --study-date 20240101- for all since then.");
  }
  if (options.patient_id.find_first_of("*?\\") != std::string::npos) {
    throw Error(ErrorCode::usage, "patient-id: one patient's number has no wildcards",
                "Leave it out to index every patient.");
  }
  if (!options.study_date.empty()) {
    dayRangeOf(options.study_date, latestDay());
  }
  if (options.most_answers < 2) {
    throw Error(ErrorCode::usage, "most-answers: is below 2", "Give 100 or less.");
  }
}

PacsIndexSummary indexPacs(Catalogue& catalogue, const pacs::PacsConfig& config,
                           const result::SiteKey& key, const PacsIndexOptions& options,
                           const Progress& progress) {
  pacs::validate(config);
  validate(options);
  PacsIndexSummary summary = PacsIndexer(catalogue, config, key, options, progress).run();
  joinCopies(catalogue.database());
  applySurgeryOrder(catalogue);
  summary.totals = catalogue.totals();
  return summary;
}

}  // namespace neurovasc::archive
