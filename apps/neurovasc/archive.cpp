#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "archive_options.h"
#include "neurovasc/archive/index.h"
#include "neurovasc/archive/surgery.h"
#include "neurovasc/archive/tables.h"
#include "study_options.h"

namespace neurovasc::app {
namespace {

result::SiteKey siteKey(const Arguments& arguments) {
  const std::string catalogue = arguments.required("catalog");
  const auto file = arguments.find<std::string>("site-key").value_or(catalogue + ".key");
  // With a new key a catalogue's patients would all come in a second time.
  return std::filesystem::exists(catalogue) ? result::SiteKey::read(file)
                                            : result::SiteKey::readOrMake(file);
}

po::options_description indexOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("root", po::value<std::vector<std::string>>()->value_name("ROOT"),
                        "folders with DICOM files at any depth, zip and tar files among them; may "
                        "stand without --root")(
      "site-key", po::value<std::string>()->value_name("FILE"),
      "the key that hides who patients are; by default, and made if absent, beside the catalogue "
      "as FILE.key")("clinical", po::value<std::string>()->value_name("TABLE"),
                     "surgery dates: tab-separated, participant_id and surgery_date")(
      "pairs", po::value<std::string>()->value_name("TABLE"),
      "pairs made by hand: tab-separated, pre and post, keys of studies");
  return options;
}

std::string indexText(const archive::IndexSummary& summary) {
  const archive::CatalogueTotals& totals = summary.totals;
  std::string text = fmt::format(
      "{} files met, {} read, {} gone\n"
      "{} studies of {} patients, {} series in {} files; {} files of other kinds, {} unreadable",
      summary.files_met, summary.files_read, summary.files_gone, totals.studies, totals.patients,
      totals.series, totals.files - totals.ignored, totals.ignored, totals.unreadable);
  return totals.gone == 0 ? text : text + fmt::format("; {} studies are gone", totals.gone);
}

std::string indexJson(const archive::IndexSummary& summary) {
  const archive::CatalogueTotals& totals = summary.totals;
  return nlohmann::ordered_json{{"schema", "neurovasc.archive-index/1"},
                                {"files_met", summary.files_met},
                                {"files_read", summary.files_read},
                                {"files_gone", summary.files_gone},
                                {"studies_changed", summary.studies_changed},
                                {"patients", totals.patients},
                                {"studies", totals.studies},
                                {"studies_gone", totals.gone},
                                {"series", totals.series},
                                {"files", totals.files},
                                {"files_ignored", totals.ignored},
                                {"files_unreadable", totals.unreadable}}
      .dump(2);
}

int runIndex(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const auto roots = arguments.find<std::vector<std::string>>("root");
  if (!roots) {
    throw Error(ErrorCode::usage, "no folder to index", "Name one or more before --catalog.");
  }
  const std::string file = arguments.required("catalog");
  const result::SiteKey key = siteKey(arguments);
  archive::Catalogue catalogue(file, archive::Catalogue::Access::make);
  archive::IndexOptions options;
  options.threads = arguments.threads();
  const archive::IndexSummary summary = archive::indexArchive(
      catalogue, {roots->begin(), roots->end()}, key, options, terminal.progress(stop));
  if (const auto table = arguments.find<std::string>("clinical")) {
    terminal.note(
        fmt::format("{} surgery dates", archive::importSurgeries(catalogue, key, *table)));
  }
  if (const auto table = arguments.find<std::string>("pairs")) {
    terminal.note(fmt::format("{} pairs", archive::importPairs(catalogue, *table)));
  }
  terminal.result(arguments.json() ? indexJson(summary) : indexText(summary));
  return summary.totals.unreadable == 0 ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

po::options_description planOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("manifest", po::value<std::string>()->value_name("FILE"),
                        "write the jobs for workers that open no catalogue; lists of files go into "
                        "FILE.files")("stale", flagValue(),
                                      "with the jobs that an older version or other options did")(
      "failed", flagValue(), "with the jobs that failed before");
  return options.add(workOptions());
}

int runPlan(const Arguments& arguments, const Terminal& terminal, const StopToken&) {
  const archive::Catalogue catalogue(arguments.required("catalog"),
                                     archive::Catalogue::Access::read);
  const archive::WorkOptions work = workOptionsOf(arguments);
  const archive::Plan plan = archive::makePlan(catalogue, work);
  terminal.result(arguments.json() ? archive::planJson(plan) : archive::planTsv(plan));
  terminal.note(totalsText(plan));
  if (const auto file = arguments.find<std::string>("manifest")) {
    const auto jobs =
        archive::jobsOf(plan, catalogue, work, {arguments.flag("stale"), arguments.flag("failed")},
                        *file + ".files");
    archive::writeManifest(*file, jobs);
    terminal.note(fmt::format("{} jobs written to {}", jobs.size(), *file));
  }
  return 0;
}

/// What `status` says of each study that needs attention. Paths may name patients.
std::string attentionText(const archive::Plan& plan, bool with_paths) {
  std::string text;
  for (const archive::PlannedStudy& planned : plan.studies) {
    if (planned.state == archive::PlanState::failed) {
      text += fmt::format("\n  {}  {}", planned.study.key, planned.reason);
    }
  }
  for (const archive::UnreadableRow& row : plan.unreadable) {
    text += fmt::format("\n  {}: {} unreadable, {}", with_paths ? row.folder : "a folder",
                        row.files, row.reason);
  }
  if (!with_paths && !plan.unreadable.empty()) {
    text += "\n  --paths names the folders; their names may tell who the patients are";
  }
  return text;
}

po::options_description statusOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("paths", flagValue(),
                        "name the folders of what cannot be read, on a terminal of your own: paths "
                        "may name patients");
  return options.add(workOptions());
}

int runStatus(const Arguments& arguments, const Terminal& terminal, const StopToken&) {
  const archive::Catalogue catalogue(arguments.required("catalog"),
                                     archive::Catalogue::Access::read);
  const std::string problem = catalogue.integrityProblem();
  if (!problem.empty()) {
    throw Error(ErrorCode::input_unreadable, "the catalogue is damaged: " + problem,
                "Index into a new one, and collect the results into it.");
  }
  const archive::Plan plan = archive::makePlan(catalogue, workOptionsOf(arguments));
  terminal.result(arguments.json()
                      ? archive::planJson(plan)
                      : totalsText(plan) + attentionText(plan, arguments.flag("paths")));
  const bool is_complete =
      plan.totals().at(archive::PlanState::failed) == 0 && plan.unreadable.empty();
  return is_complete ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

po::options_description tableOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("output,o", po::value<std::string>()->value_name("DIR"), "folder to make")(
      "accepted-only", flagValue(), "leave out results that no reader accepted")(
      "overwrite", flagValue(), "replace an existing folder of tables");
  return options.add(workOptions());
}

int runExport(const Arguments& arguments, const Terminal& terminal, const StopToken&) {
  const archive::Catalogue catalogue(arguments.required("catalog"),
                                     archive::Catalogue::Access::read);
  const archive::Plan plan = archive::makePlan(catalogue, workOptionsOf(arguments));
  const std::string output = arguments.required("output");
  archive::exportTables(catalogue, plan, output, arguments.flag("overwrite"),
                        arguments.flag("accepted-only") ? archive::TableContent::accepted
                                                        : archive::TableContent::all);
  terminal.note(fmt::format("written to {}", output));
  return 0;
}

}  // namespace

po::options_description catalogueOptions() {
  po::options_description options("Catalogue");
  options.add_options()("catalog", po::value<std::string>()->value_name("FILE"),
                        "the catalogue: an SQLite file on a local disk");
  return options;
}

po::options_description workOptions() {
  po::options_description options("Analysis");
  options.add_options()("sides",
                        po::value<std::string>()->default_value("left,right")->value_name("LIST"),
                        "sides to analyse")("require", po::value<std::string>()->value_name("LIST"),
                                            "leave out studies without these: tof, ce_t1")(
      "outputs", po::value<std::string>()->default_value("full")->value_name("KIND"),
      "full, or minimal: without pictures, page, PDF and headers");
  return options;
}

archive::WorkOptions workOptionsOf(const Arguments& arguments) {
  archive::WorkOptions options;
  options.sides = parseSides(arguments.get<std::string>("sides"));
  if (arguments.has("require")) {
    options.required = parseRoles(arguments.get<std::string>("require"), "require");
  }
  const auto outputs = arguments.get<std::string>("outputs");
  if (outputs != "full" && outputs != "minimal") {
    throw Error(ErrorCode::usage,
                fmt::format("--outputs: '{}' is neither full nor minimal", outputs));
  }
  options.minimal_outputs = outputs == "minimal";
  return options;
}

std::string totalsText(const archive::Plan& plan) {
  std::string text = fmt::format("{} studies: ", plan.studies.size());
  bool is_first = true;
  for (const auto& [state, count] : plan.totals()) {
    if (count > 0) {
      text += fmt::format("{}{} {}", is_first ? "" : ", ", count, archive::name(state));
      is_first = false;
    }
  }
  return plan.unreadable.empty()
             ? text
             : text + fmt::format("; {} folders hold what cannot be read", plan.unreadable.size());
}

Command archiveIndexCommand() {
  return {{"archive index",
           "archive index ROOT... --catalog FILE [options]",
           "Note in a catalogue what studies there are, reading headers only; again and again, "
           "only of what has changed.",
           indexOptions(),
           {"root"},
           "root"},
          runIndex};
}

Command archivePlanCommand() {
  return {{"archive plan",
           "archive plan --catalog FILE [options]",
           "Say which studies can be analysed and why the others cannot, as a table.",
           planOptions(),
           {}},
          runPlan};
}

Command archiveStatusCommand() {
  return {{"archive status",
           "archive status --catalog FILE [options]",
           "Say how far it is, and what failed or could not be read.",
           statusOptions(),
           {}},
          runStatus};
}

Command archiveExportCommand() {
  return {{"archive export",
           "archive export --catalog FILE --output DIR [options]",
           "Write tables of studies, sides and contacts, with a data dictionary.",
           tableOptions(),
           {}},
          runExport};
}

}  // namespace neurovasc::app
