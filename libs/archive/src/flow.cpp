#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "neurovasc/archive/report.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

using Studies = std::vector<const PlannedStudy*>;
/// Why a study leaves, {reason, words}; an empty reason: it goes on.
using Leaving = std::pair<std::string, std::string>;

bool isThinEnough(const PlannedStudy& planned) {
  return planned.exclusion == Exclusion::none || planned.exclusion == Exclusion::no_tof ||
         planned.exclusion == Exclusion::no_ce_t1;
}

std::string wordsOf(Exclusion exclusion) {
  switch (exclusion) {
    case Exclusion::no_t2:
      return "no heavily T2-weighted series";
    case Exclusion::t2_too_thick:
      return "T2 too thick";
    case Exclusion::t2_geometry:
      return "T2 slices irregular";
    case Exclusion::no_tof:
      return "no TOF";
    case Exclusion::no_ce_t1:
      return "no CE-T1";
    case Exclusion::gone:
      return "files gone";
    case Exclusion::none:
      break;
  }
  return {};
}

Leaving exclusionOf(const PlannedStudy& planned) {
  return {std::string(name(planned.exclusion)), wordsOf(planned.exclusion)};
}

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

FlowStep stepOf(const std::string& name, const std::string& words, const Studies& studies) {
  FlowStep step;
  step.name = name;
  step.words = words;
  step.studies = studies.size();
  std::set<std::string> patients;
  for (const PlannedStudy* planned : studies) {
    patients.insert(planned->study.patient_key);
    step.with_tof += planned->study.chosen(SeriesRole::tof) == nullptr ? 0U : 1U;
  }
  step.patients = patients.size();
  return step;
}

/// Those of @p studies that go on; the others are counted as exits of @p step.
Studies goingOn(FlowStep& step, const Studies& studies,
                const std::function<Leaving(const PlannedStudy&)>& leaving) {
  std::map<Leaving, std::size_t> exits;
  Studies left;
  for (const PlannedStudy* planned : studies) {
    const Leaving why = leaving(*planned);
    if (why.first.empty()) {
      left.push_back(planned);
    } else {
      ++exits[why];
    }
  }
  for (const auto& [why, count] : exits) {
    step.exits.push_back({why.first, why.second, count});
  }
  std::stable_sort(step.exits.begin(), step.exits.end(),
                   [](const FlowExit& a, const FlowExit& b) { return a.studies > b.studies; });
  return left;
}

/// Why a study that is thin enough has no result to be used.
Leaving notAnalysed(const PlannedStudy& planned,
                    const std::unordered_map<std::string, std::string>& failures) {
  if (planned.exclusion != Exclusion::none) {
    return exclusionOf(planned);
  }
  if (planned.state == PlanState::failed) {
    const auto found = failures.find(planned.study.key);
    const std::string code = found == failures.end() ? "unknown" : found->second;
    return {"failed_" + code, "failed: " + spaced(code)};
  }
  if (planned.state == PlanState::done || planned.state == PlanState::stale) {
    return {};
  }
  const std::string state(name(planned.state));
  return {state, planned.state == PlanState::waiting ? "not run yet" : state};
}

std::unordered_map<std::string, std::string> failureCodes(const Catalogue& catalogue) {
  std::unordered_map<std::string, std::string> codes;
  for (const JobRow& job : catalogue.jobs()) {
    if (job.state == JobState::failed) {
      codes.emplace(job.key, job.code);
    }
  }
  return codes;
}

std::unordered_map<std::string, std::size_t> studiesByPatient(const Studies& studies) {
  std::unordered_map<std::string, std::size_t> counts;
  for (const PlannedStudy* planned : studies) {
    ++counts[planned->study.patient_key];
  }
  return counts;
}

}  // namespace

Flow flowOf(const Catalogue& catalogue, const Plan& plan) {
  Flow flow;
  flow.unreadable_folders = plan.unreadable.size();
  Studies studies;
  for (const PlannedStudy& planned : plan.studies) {
    studies.push_back(&planned);
  }
  flow.steps.push_back(stepOf("found", "Studies found", studies));
  studies = goingOn(flow.steps.back(), studies, [](const PlannedStudy& planned) {
    return isThinEnough(planned) ? Leaving() : exclusionOf(planned);
  });
  flow.steps.push_back(stepOf("thin_enough", "T2 thin enough", studies));
  const auto failures = failureCodes(catalogue);
  studies = goingOn(flow.steps.back(), studies, [&failures](const PlannedStudy& planned) {
    return notAnalysed(planned, failures);
  });
  flow.steps.push_back(stepOf("analysed", "Analysed", studies));
  const auto counts = studiesByPatient(studies);
  studies = goingOn(flow.steps.back(), studies, [&counts](const PlannedStudy& planned) -> Leaving {
    if (counts.at(planned.study.patient_key) < 2) {
      return {"single", "the patient's only one"};
    }
    return planned.study.patient_unsure ? Leaving{"patient_unsure", "two birth dates of a patient"}
                                        : Leaving();
  });
  flow.steps.push_back(stepOf("paired", "Of patients with two or more", studies));
  return flow;
}

std::string flowTsv(const Flow& flow) {
  std::string text = tableLine({"step", "exit", "studies", "patients", "with_tof"});
  for (const FlowStep& step : flow.steps) {
    text += tableLine({step.name, "", std::to_string(step.studies), std::to_string(step.patients),
                       std::to_string(step.with_tof)});
    for (const FlowExit& exit : step.exits) {
      text += tableLine({step.name, exit.reason, std::to_string(exit.studies), "", ""});
    }
  }
  return text +
         tableLine({"unreadable_folders", "", std::to_string(flow.unreadable_folders), "", ""});
}

}  // namespace neurovasc::archive
