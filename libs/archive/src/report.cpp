#include "neurovasc/archive/report.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

#include "database.h"
#include "neurovasc/archive/qc.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/result/clinical_table.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/run_json.h"
#include "stored_result.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

/// A finished study: where its result is, and which one it is.
struct StoredResult {
  JobRow job;
  std::string sha256;
};

std::vector<StoredResult> storedResults(const Catalogue& catalogue) {
  std::vector<StoredResult> stored;
  Statement shas =
      catalogue.database().prepare("SELECT assessment_sha256 FROM results WHERE job_key = ?");
  for (JobRow& job : catalogue.jobs()) {
    const auto sha = shas.bind(job.key).first([](const Statement& row) { return row.text(0); });
    if (sha && !job.folder.empty()) {
      stored.push_back({std::move(job), *sha});
    }
  }
  return stored;
}

/// The contact that most probably touches, or null.
const Contact* likeliest(const SideAssessment& side) {
  const auto found = std::max_element(
      side.contacts.begin(), side.contacts.end(), [](const Contact& a, const Contact& b) {
        return a.contact_probability.value_or(0) < b.contact_probability.value_or(0);
      });
  return found == side.contacts.end() ? nullptr : &*found;
}

/// Empty without contacts of which @p measure is known.
template <typename Measure>
std::optional<double> smallest(const SideAssessment& side, const Measure& measure) {
  std::optional<double> best;
  for (const Contact& contact : side.contacts) {
    const std::optional<double> value = measure(contact);
    best = value && (!best || *value < *best) ? value : best;
  }
  return best;
}

std::optional<double> largestIndentation(const SideAssessment& side) {
  const auto negative = smallest(side, [](const Contact& contact) -> std::optional<double> {
    const auto& depth = contact.deformity.indentation_mm;
    return depth ? std::optional<double>(-*depth) : std::nullopt;
  });
  return negative ? std::optional<double>(-*negative) : std::nullopt;
}

std::string unseenZones(const SideAssessment& side) {
  std::string zones;
  for (const ZoneFinding& zone : side.zones) {
    if (zone.status == ZoneStatus::not_assessable) {
      zones += (zones.empty() ? "" : ", ") + std::string(name(zone.zone));
    }
  }
  return zones;
}

page::CohortSide sideRow(const SideAssessment& side) {
  page::CohortSide row;
  row.side = side.side;
  row.finding = name(side.finding);
  row.nerve = name(side.nerve.status);
  row.contacts = side.contacts.size();
  row.touching =
      static_cast<std::size_t>(std::count_if(side.contacts.begin(), side.contacts.end(), touches));
  const Contact* contact = likeliest(side);
  row.probability = contact == nullptr ? std::nullopt : contact->contact_probability;
  row.distance_mm = smallest(side, [](const Contact& c) { return c.distance_mm; });
  row.indentation_mm = largestIndentation(side);
  row.zones_not_assessable = unseenZones(side);
  return row;
}

/// Of each side what shows its likeliest contact, then the side as a surgeon sees it.
std::vector<page::PagePicture> picturesOf(const Assessment& assessment, const fs::path& folder) {
  std::vector<page::PagePicture> pictures;
  const auto add = [&](const std::string& file, const std::string& title) {
    const fs::path path = folder / result::kPicturesFolder / file;
    if (fs::exists(path)) {
      pictures.push_back({file, title, path.string()});
    }
  };
  for (const SideAssessment& side : assessment.sides) {
    if (const Contact* contact = likeliest(side)) {
      add("contact_" + contact->id + "_slices.png", contact->id + " in slices");
    }
  }
  for (const SideAssessment& side : assessment.sides) {
    const std::string which(name(side.side));
    add("retrosigmoid_" + which + ".png", "retrosigmoid view, " + which);
  }
  return pictures;
}

std::optional<double> registrationError(const Assessment& assessment) {
  std::optional<double> largest;
  for (const Registration& registration : assessment.registrations) {
    if (registration.accepted && registration.error_mm) {
      largest = std::max(largest.value_or(0), *registration.error_mm);
    }
  }
  return largest;
}

void fillFrom(const Assessment& assessment, page::CohortRow& row, const DoubtOptions& options) {
  for (const SideAssessment& side : assessment.sides) {
    row.sides.push_back(sideRow(side));
    for (const result::ClinicalSide& told : result::clinicalTable(assessment)) {
      row.sides.back().told |= told.side == side.side && told.symptoms.value_or(false);
    }
  }
  row.registration_error_mm = registrationError(assessment);
  row.doubts = doubtsOf(assessment, options);
}

page::CohortRow rowOf(const StoredResult& stored, const StudyRow& study, const fs::path& results,
                      const DoubtOptions& options) {
  const fs::path folder = results / stored.job.folder;
  if (result::sha256OfFile(folder / result::kAssessmentFile) != stored.sha256) {
    throw Error(ErrorCode::input_unreadable,
                stored.job.folder + ": not the result that the catalogue knows",
                "Fold it in with 'neurovasc archive collect'.");
  }
  const Assessment assessment = readStoredAssessment(folder);
  page::CohortRow row;
  row.study = study.key;
  row.patient = study.patient_key;
  row.order = name(study.order);
  row.days_after_surgery = study.days_after_surgery;
  row.version = stored.job.version;
  row.result = stored.sha256;
  fillFrom(assessment, row, options);
  row.pictures = picturesOf(assessment, folder);
  return row;
}

/// A result that is not as collected is warned of, by its key.
std::optional<page::CohortRow> rowIfThere(const StoredResult& stored, const StudyRow& study,
                                          const fs::path& results, const DoubtOptions& options,
                                          const Progress& progress) {
  try {
    return rowOf(stored, study, results, options);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input_unreadable) {
      throw;
    }
    progress.warn("study " + study.key +
                  " is left out: its result in the folder is absent, "
                  "damaged or newer than the catalogue");
    return std::nullopt;
  }
}

std::vector<page::CohortRow> rowsOf(const Catalogue& catalogue, const fs::path& results,
                                    const DoubtOptions& options, ReportSummary& summary,
                                    const Progress& progress) {
  const std::vector<StoredResult> all = storedResults(catalogue);
  const auto judged = qcStates(catalogue);
  std::vector<page::CohortRow> rows;
  for (const StoredResult& stored : all) {
    progress.report("report",
                    static_cast<double>(summary.studies) / static_cast<double>(all.size()),
                    "reading results");
    const auto study = catalogue.study(stored.job.key);
    if (!study) {
      continue;
    }
    ++summary.studies;
    auto row = rowIfThere(stored, *study, results, options, progress);
    if (!row) {
      ++summary.not_there;
      continue;
    }
    if (const auto qc = judged.find(row->study); qc != judged.end()) {
      row->verdict = name(qc->second.verdict);
      row->readers = qc->second.readers;
      row->reason = qc->second.reason;
    }
    rows.push_back(std::move(*row));
  }
  return rows;
}

void keepMostDoubtful(std::vector<page::CohortRow>& rows, std::size_t most) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return a.doubt() > b.doubt(); });
  rows.resize(std::min(rows.size(), most));
}

}  // namespace

void validate(const ReportOptions& options) {
  validate(options.doubt);
  page::validate(options.page);
  if (options.most_studies == 0) {
    throw Error(ErrorCode::usage, "most_studies is 0");
  }
}

ReportSummary writeReport(const Catalogue& catalogue, const Plan& plan, const fs::path& results,
                          const fs::path& output, const ReportOptions& options, bool overwrite,
                          const Progress& progress) {
  validate(options);
  result::StagedFolder folder(output, overwrite);
  result::RunRecord record;
  record.command = "archive report";
  record.started = std::chrono::system_clock::now();
  record.versions["neurovasc"] = version();
  ReportSummary summary;
  const Flow flow = flowOf(catalogue, plan);
  page::CohortContent content;
  content.rows = rowsOf(catalogue, results, options.doubt, summary, progress);
  keepMostDoubtful(content.rows, options.most_studies);
  summary.shown = content.rows.size();
  content.flow_svg = flowSvg(flow);
  content.versions = record.versions;
  folder.write("index.html", page::cohortPage(std::move(content), options.page, progress));
  folder.write("flow.svg", flowSvg(flow));
  folder.write("flow.tsv", flowTsv(flow));
  record.outputs = folder.files();
  folder.write(result::kRunFile, result::toJson(record));
  folder.publish();
  return summary;
}

}  // namespace neurovasc::archive
