#include "neurovasc/archive/plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "neurovasc/archive/qc.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/enum_names.h"
#include "neurovasc/core/text.h"
#include "neurovasc/core/version.h"
#include "private_file.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

constexpr EnumNames<PlanState, 6> kStates{{{{PlanState::waiting, "waiting"},
                                            {PlanState::done, "done"},
                                            {PlanState::stale, "stale"},
                                            {PlanState::failed, "failed"},
                                            {PlanState::rejected, "rejected"},
                                            {PlanState::excluded, "excluded"}}}};
constexpr EnumNames<Exclusion, 7> kExclusions{{{{Exclusion::none, ""},
                                                {Exclusion::no_t2, "no_t2"},
                                                {Exclusion::t2_too_thick, "t2_too_thick"},
                                                {Exclusion::t2_geometry, "t2_geometry"},
                                                {Exclusion::no_tof, "no_tof"},
                                                {Exclusion::no_ce_t1, "no_ce_t1"},
                                                {Exclusion::gone, "gone"}}}};

const SeriesRow* chosenT2(const StudyRow& study) {
  const SeriesRow* thin = study.chosen(SeriesRole::cisternography);
  return thin != nullptr ? thin : study.chosen(SeriesRole::t2_thick);
}

const SeriesProblem* badGeometry(const SeriesRow& series) {
  const auto found =
      std::find_if(series.problems.begin(), series.problems.end(), [](const SeriesProblem& p) {
        return p.kind == SeriesProblemKind::irregular_spacing || p.kind == SeriesProblemKind::shear;
      });
  return found == series.problems.end() ? nullptr : &*found;
}

using Verdict = std::pair<Exclusion, std::string>;

/// Whether a series may be one of a role for all that is known of it: queries tell less than files.
bool mayBe(const SeriesRow& series, SeriesRole role) {
  // Whether an agent was given is told by few.
  return !series.role || (role == SeriesRole::ce_t1 && series.role == SeriesRole::t1);
}

bool mayHave(const StudyRow& study, SeriesRole role) {
  return study.source == StudySource::pacs &&
         (!study.all_series ||
          std::any_of(study.series.begin(), study.series.end(),
                      [role](const SeriesRow& series) { return mayBe(series, role); }));
}

Verdict judgeT2(const StudyRow& study) {
  const SeriesRow* t2 = chosenT2(study);
  if ((t2 == nullptr || t2->resolution == Resolution::too_thick) &&
      mayHave(study, SeriesRole::cisternography)) {
    return {};
  }
  if (t2 == nullptr) {
    return {Exclusion::no_t2, "there is no heavily T2-weighted series"};
  }
  if (t2->resolution == Resolution::too_thick) {
    return {Exclusion::t2_too_thick,
            "T2 has a voxel of " + fixedDecimals(t2->voxel_mm.value_or(0), 2) + " mm, more than " +
                fixedDecimals(kVisualVoxelMm, 2) + " mm"};
  }
  if (const SeriesProblem* problem = badGeometry(*t2)) {
    return {Exclusion::t2_geometry, "T2: " + problem->text};
  }
  return {};
}

Verdict judge(const StudyRow& study, const WorkOptions& options) {
  if (!study.present) {
    return {Exclusion::gone, study.source == StudySource::pacs ? "it is no longer at the PACS"
                                                               : "its files are gone"};
  }
  const Verdict t2 = judgeT2(study);
  if (t2.first != Exclusion::none) {
    return t2;
  }
  for (const SeriesRole role : options.required) {
    if (study.chosen(role) == nullptr && !mayHave(study, role)) {
      return role == SeriesRole::tof
                 ? Verdict{Exclusion::no_tof, "there is no time-of-flight series"}
                 : Verdict{Exclusion::no_ce_t1, "there is no contrast-enhanced T1 series"};
    }
  }
  return {};
}

/// Whether @p job was made from all that @p study has now. A PACS tells the number of images alone.
bool isOfToday(const JobRow& job, const StudyRow& study) {
  const bool has_bytes = job.input_bytes > 0 && study.bytes > 0;
  return job.input_files == study.files && (!has_bytes || job.input_bytes == study.bytes);
}

PlanState stateOf(const JobRow& job, const StudyRow& study, const std::string& options_hash) {
  if (!isOfToday(job, study)) {
    return PlanState::waiting;
  }
  if (job.state == JobState::failed) {
    return PlanState::failed;
  }
  const bool is_same = job.version == version() && job.options_hash == options_hash;
  return is_same ? PlanState::done : PlanState::stale;
}

/// What a study becomes whose result a reader rejected: the same program would say the same again,
/// another version or other options may not.
PlanState rejectedState(PlanState state) {
  return state == PlanState::done    ? PlanState::rejected
         : state == PlanState::stale ? PlanState::waiting
                                     : state;
}

void applyQc(PlannedStudy& planned, const std::map<std::string, QcState>& judged) {
  const auto qc = judged.find(planned.study.key);
  if (qc == judged.end() || qc->second.verdict != QcVerdict::reject) {
    return;
  }
  planned.state = rejectedState(planned.state);
  if (planned.state == PlanState::rejected) {
    const std::string& reason = qc->second.reason;
    planned.reason = "rejected by " + qc->second.readers + (reason.empty() ? "" : ": " + reason);
  }
}

std::string hasRole(const StudyRow& study, SeriesRole role) {
  if (study.chosen(role) != nullptr) {
    return "yes";
  }
  return mayHave(study, role) ? "" : "no";
}

std::string orEmpty(const std::optional<int>& value) {
  return value ? std::to_string(*value) : std::string();
}

std::vector<std::string> cellsOf(const PlannedStudy& planned) {
  const StudyRow& study = planned.study;
  const SeriesRow* t2 = chosenT2(study);
  return {study.key,
          study.patient_key,
          std::string(name(planned.state)),
          std::string(name(planned.exclusion)),
          planned.reason,
          std::to_string(study.series.size()),
          t2 != nullptr && t2->voxel_mm ? fixedDecimals(*t2->voxel_mm, 2) : "",
          hasRole(study, SeriesRole::tof),
          hasRole(study, SeriesRole::ce_t1),
          std::string(name(study.order)),
          orEmpty(study.days_after_surgery),
          std::to_string(study.files),
          std::to_string(study.bytes),
          std::string(name(study.source))};
}

const std::vector<std::string>& planColumns() {
  static const std::vector<std::string> columns = {
      "study", "patient", "state", "exclusion",          "reason", "series", "t2_voxel_mm",
      "tof",   "ce_t1",   "order", "days_after_surgery", "files",  "bytes",  "source"};
  return columns;
}

InputKind kindOf(const std::string& folder) {
  return fs::is_directory(folder) ? InputKind::folder : InputKind::container;
}

/// The images of a BIDS session, a line each; nothing for DICOM.
std::string volumeLines(const StudyRow& study) {
  std::string lines;
  for (const SeriesRow& series : study.series) {
    if (series.chosen && series.role && !series.file.empty()) {
      lines += std::string(name(*series.role)) + "\t" + series.file + "\n";
    }
  }
  return lines;
}

ManifestRow jobFor(const StudyRow& study, const Catalogue& catalogue,
                   const fs::path& lists_folder) {
  ManifestRow row;
  row.job = study.key;
  row.files = study.files;
  row.bytes = study.bytes;
  if (study.source == StudySource::pacs) {
    row.input_kind = InputKind::pacs;
    row.input = study.pacs_node + " " + study.study_uid;
    return row;
  }
  const std::string volumes = volumeLines(study);
  row.input = volumes.empty() ? catalogue.folderOf(study.id) : std::string();
  if (!row.input.empty()) {
    row.input_kind = kindOf(row.input);
    return row;
  }
  std::string lines = volumes;
  for (const std::string& file :
       volumes.empty() ? catalogue.filesOf(study.id) : std::vector<std::string>{}) {
    lines += file + "\n";
  }
  row.input_kind = volumes.empty() ? InputKind::list : InputKind::volumes;
  row.input = (fs::absolute(lists_folder) / (study.key + ".txt")).string();
  fs::create_directories(lists_folder);
  replacePrivateFile(row.input, lines);
  return row;
}

bool isSelected(PlanState state, const Selection& selection) {
  return state == PlanState::waiting || (state == PlanState::stale && selection.stale) ||
         (state == PlanState::failed && selection.failed);
}

}  // namespace

std::string_view name(PlanState state) { return kStates.name(state); }
std::string_view name(Exclusion exclusion) { return kExclusions.name(exclusion); }

std::map<PlanState, std::size_t> Plan::totals() const {
  std::map<PlanState, std::size_t> totals;
  for (const auto& [state, text] : kStates.rows) {
    totals[state] = 0;
  }
  for (const PlannedStudy& planned : studies) {
    ++totals[planned.state];
  }
  return totals;
}

Plan makePlan(const Catalogue& catalogue, const WorkOptions& options) {
  Plan plan;
  plan.options_hash = optionsHash(analyzeArguments(options));
  const auto judged = qcStates(catalogue);
  std::unordered_map<std::string, JobRow> jobs;
  for (JobRow& job : catalogue.jobs()) {
    jobs.emplace(job.key, std::move(job));
  }
  catalogue.forEachStudy([&](const StudyRow& study) {
    PlannedStudy planned{study, PlanState::waiting, Exclusion::none, {}};
    std::tie(planned.exclusion, planned.reason) = judge(study, options);
    const auto job = jobs.find(study.key);
    if (planned.exclusion != Exclusion::none) {
      planned.state = PlanState::excluded;
    } else if (job != jobs.end()) {
      planned.state = stateOf(job->second, study, plan.options_hash);
      planned.reason = planned.state == PlanState::failed ? job->second.reason : "";
      applyQc(planned, judged);
    }
    plan.studies.push_back(std::move(planned));
  });
  plan.unreadable = catalogue.unreadable();
  return plan;
}

std::vector<ManifestRow> jobsOf(const Plan& plan, const Catalogue& catalogue,
                                const WorkOptions& options, const Selection& selection,
                                const fs::path& lists_folder) {
  const std::vector<std::string> arguments = analyzeArguments(options);
  std::vector<ManifestRow> rows;
  for (const PlannedStudy& planned : plan.studies) {
    if (isSelected(planned.state, selection)) {
      rows.push_back(jobFor(planned.study, catalogue, lists_folder));
      rows.back().arguments = arguments;
      rows.back().options_hash = plan.options_hash;
    }
  }
  return rows;
}

std::string planTsv(const Plan& plan) {
  std::string text = tableLine(planColumns());
  for (const PlannedStudy& planned : plan.studies) {
    text += tableLine(cellsOf(planned));
  }
  for (const UnreadableRow& row : plan.unreadable) {
    std::vector<std::string> cells(planColumns().size());
    cells[2] = "unreadable";
    cells[4] = row.reason;
    cells[11] = std::to_string(row.files);
    text += tableLine(cells);
  }
  return text;
}

std::string planJson(const Plan& plan) {
  nlohmann::ordered_json json = {{"schema", "neurovasc.archive-plan/1"},
                                 {"version", version()},
                                 {"options_hash", plan.options_hash}};
  for (const auto& [state, count] : plan.totals()) {
    json["totals"][std::string(name(state))] = count;
  }
  json["totals"]["unreadable"] = plan.unreadable.size();
  json["studies"] = nlohmann::ordered_json::array();
  for (const PlannedStudy& planned : plan.studies) {
    nlohmann::ordered_json row;
    const std::vector<std::string> cells = cellsOf(planned);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      row[planColumns()[i]] = cells[i];
    }
    json["studies"].push_back(std::move(row));
  }
  json["unreadable"] = nlohmann::ordered_json::array();
  for (const UnreadableRow& row : plan.unreadable) {
    json["unreadable"].push_back({{"reason", row.reason}, {"files", row.files}});
  }
  return json.dump(2) + "\n";
}

}  // namespace neurovasc::archive
