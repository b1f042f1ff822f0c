#include <map>
#include <string>
#include <utility>

#include "database.h"
#include "neurovasc/archive/plan.h"

namespace neurovasc::archive {
namespace {

/// Studies with a result, by key.
using Analysed = std::map<std::string, const StudyRow*>;
using Pair = std::pair<const StudyRow*, const StudyRow*>;

Analysed analysedIn(const Plan& plan) {
  Analysed analysed;
  for (const PlannedStudy& planned : plan.studies) {
    if (planned.state == PlanState::done || planned.state == PlanState::stale) {
      analysed.emplace(planned.study.key, &planned.study);
    }
  }
  return analysed;
}

bool follows(const StudyRow& later, const StudyRow& earlier) {
  return later.patient_key == earlier.patient_key && !later.patient_unsure && earlier.day &&
         later.day && *earlier.day < *later.day;
}

/// Pairs by the key of their comparison.
std::map<std::string, Pair> pairsOf(const Plan& plan, const Catalogue& catalogue) {
  const Analysed analysed = analysedIn(plan);
  std::map<std::string, Pair> pairs;
  const auto add = [&pairs](const StudyRow* earlier, const StudyRow* later) {
    pairs.emplace(earlier->key + kBetweenKeys + later->key, Pair(earlier, later));
  };
  const StudyRow* before = nullptr;
  for (const PlannedStudy& planned : plan.studies) {  // by patient and day
    if (analysed.count(planned.study.key) == 0) {
      continue;
    }
    if (before != nullptr && follows(planned.study, *before)) {
      add(before, &planned.study);
    }
    before = &planned.study;
  }
  Statement rows = catalogue.database().prepare("SELECT pre_key, post_key FROM pairs");
  while (rows.next()) {
    const auto pre = analysed.find(rows.text(0));
    const auto post = analysed.find(rows.text(1));
    if (pre != analysed.end() && post != analysed.end()) {
      add(pre->second, post->second);
    }
  }
  return pairs;
}

std::map<std::string, std::string> fingerprints(const Catalogue& catalogue) {
  std::map<std::string, std::string> found;
  Statement rows = catalogue.database().prepare("SELECT job_key, assessment_sha256 FROM results");
  while (rows.next()) {
    found.emplace(rows.text(0), rows.text(1));
  }
  return found;
}

}  // namespace

std::vector<ManifestRow> comparisonsOf(const Plan& plan, const Catalogue& catalogue,
                                       const WorkOptions& options) {
  const std::vector<std::string> arguments = compareArguments(options);
  const std::map<std::string, std::string> results = fingerprints(catalogue);
  std::vector<ManifestRow> rows;
  for (const auto& [key, pair] : pairsOf(plan, catalogue)) {
    const auto& [earlier, later] = pair;
    ManifestRow row;
    row.job = key;
    row.input_kind = InputKind::results;
    row.input = earlier->key + " " + later->key;
    row.files = earlier->files + later->files;
    row.bytes = earlier->bytes + later->bytes;
    row.arguments = arguments;
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {results.at(earlier->key), results.at(later->key)});
    row.options_hash = optionsHash(all);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace neurovasc::archive
