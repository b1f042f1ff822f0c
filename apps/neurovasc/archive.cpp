#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "archive_options.h"
#include "neurovasc/archive/index.h"
#include "neurovasc/archive/pacs_index.h"
#include "neurovasc/archive/surgery.h"
#include "neurovasc/archive/tables.h"
#include "pacs_options.h"
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

po::options_description pacsIndexOptions() {
  const archive::PacsIndexOptions defaults;
  po::options_description options = pacsOptions();
  options.add_options()("study-date", po::value<std::string>()->value_name("DATE"),
                        "the PACS's studies of 20250203, of 20240101-20241231, or since 20240101-; "
                        "asked day by day")(
      "patient-id", po::value<std::string>()->value_name("ID"), "of this patient alone")(
      "most-answers",
      po::value<std::size_t>()->default_value(defaults.most_answers)->value_name("N"),
      "a day with so many studies is asked for in parts, since the PACS may hold some back; not "
      "above its limit on matches");
  return options;
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
  return options.add(pacsIndexOptions());
}

/// What was looked at: files, a PACS or both.
struct Indexed {
  std::optional<archive::IndexSummary> files;
  std::optional<archive::PacsIndexSummary> pacs;
  archive::CatalogueTotals totals;
};

std::string indexText(const Indexed& indexed) {
  const archive::CatalogueTotals& totals = indexed.totals;
  std::string text;
  if (const auto& files = indexed.files) {
    text += fmt::format("{} files met, {} read, {} gone\n", files->files_met, files->files_read,
                        files->files_gone);
  }
  if (const auto& pacs = indexed.pacs) {
    text += fmt::format("{} studies met at the PACS, {} asked for their series, {} gone\n",
                        pacs->studies_met, pacs->studies_asked, pacs->studies_gone);
  }
  text += fmt::format(
      "{} studies of {} patients, {} series in {} files; {} files of other kinds, {} unreadable",
      totals.studies, totals.patients, totals.series, totals.files - totals.ignored, totals.ignored,
      totals.unreadable);
  text += totals.at_pacs == 0 ? "" : fmt::format("; {} studies are at a PACS", totals.at_pacs);
  return totals.gone == 0 ? text : text + fmt::format("; {} studies are gone", totals.gone);
}

std::string indexJson(const Indexed& indexed) {
  const archive::CatalogueTotals& totals = indexed.totals;
  const archive::IndexSummary files = indexed.files.value_or(archive::IndexSummary{});
  nlohmann::ordered_json json = {{"schema", "neurovasc.archive-index/1"},
                                 {"files_met", files.files_met},
                                 {"files_read", files.files_read},
                                 {"files_gone", files.files_gone},
                                 {"studies_changed", files.studies_changed},
                                 {"patients", totals.patients},
                                 {"studies", totals.studies},
                                 {"studies_at_pacs", totals.at_pacs},
                                 {"studies_gone", totals.gone},
                                 {"series", totals.series},
                                 {"files", totals.files},
                                 {"files_ignored", totals.ignored},
                                 {"files_unreadable", totals.unreadable}};
  if (const auto& pacs = indexed.pacs) {
    json["pacs"] = {{"studies_met", pacs->studies_met},
                    {"studies_asked", pacs->studies_asked},
                    {"studies_gone", pacs->studies_gone}};
  }
  return json.dump(2);
}

archive::PacsIndexOptions pacsIndexOptionsOf(const Arguments& arguments) {
  archive::PacsIndexOptions options;
  options.study_date = arguments.find<std::string>("study-date").value_or("");
  options.patient_id = arguments.find<std::string>("patient-id").value_or("");
  options.most_answers = arguments.get<std::size_t>("most-answers");
  archive::validate(options);
  return options;
}

void checkIndexArguments(const Arguments& arguments) {
  const bool has_pacs = arguments.has("pacs-config");
  if (!has_pacs && !arguments.has("root")) {
    throw Error(ErrorCode::usage, "nothing to index",
                "Name folders before --catalog, or a PACS with --pacs-config.");
  }
  for (const char* option : {"study-date", "patient-id", "most-answers"}) {
    if (!has_pacs && arguments.has(option)) {
      throw Error(ErrorCode::usage, fmt::format("--{} goes with --pacs-config", option),
                  "Say which PACS is meant.");
    }
  }
}

/// What can be refused is refused before anything is read.
Indexed indexAll(const Arguments& arguments, archive::Catalogue& catalogue,
                 const result::SiteKey& key, const std::optional<pacs::PacsConfig>& config,
                 const Progress& progress) {
  Indexed indexed;
  const auto of_pacs = config ? std::optional(pacsIndexOptionsOf(arguments))
                              : std::optional<archive::PacsIndexOptions>();
  if (const auto roots = arguments.find<std::vector<std::string>>("root")) {
    archive::IndexOptions options;
    options.threads = arguments.threads();
    indexed.files =
        archive::indexArchive(catalogue, {roots->begin(), roots->end()}, key, options, progress);
    indexed.totals = indexed.files->totals;
  }
  if (config) {
    indexed.pacs = archive::indexPacs(catalogue, *config, key, *of_pacs, progress);
    indexed.totals = indexed.pacs->totals;
  }
  return indexed;
}

int runIndex(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  checkIndexArguments(arguments);
  const auto config = arguments.has("pacs-config") ? std::optional(pacsConfig(arguments))
                                                   : std::optional<pacs::PacsConfig>();
  const std::string file = arguments.required("catalog");
  const result::SiteKey key = siteKey(arguments);
  archive::Catalogue catalogue(file, archive::Catalogue::Access::make);
  const Indexed indexed = indexAll(arguments, catalogue, key, config, terminal.progress(stop));
  if (const auto table = arguments.find<std::string>("clinical")) {
    terminal.note(
        fmt::format("{} surgery dates", archive::importSurgeries(catalogue, key, *table)));
  }
  if (const auto table = arguments.find<std::string>("pairs")) {
    terminal.note(fmt::format("{} pairs", archive::importPairs(catalogue, *table)));
  }
  terminal.result(arguments.json() ? indexJson(indexed) : indexText(indexed));
  return indexed.totals.unreadable == 0 ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
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
           "archive index [ROOT...] --catalog FILE [options]\n"
           "neurovasc archive index [ROOT...] --catalog FILE --pacs-config FILE --study-date DATE",
           "Note in a catalogue what studies there are, reading headers only and asking a PACS "
           "without fetching images; again and again, only of what has changed.",
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
