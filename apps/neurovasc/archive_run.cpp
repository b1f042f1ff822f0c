#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "archive_options.h"
#include "neurovasc/archive/collect.h"
#include "neurovasc/archive/manifest.h"
#include "neurovasc/archive/run.h"
#include "neurovasc/pacs/config.h"

namespace neurovasc::app {
namespace {

po::options_description workerOptions() {
  po::options_description workers("Workers");
  workers.add_options()("workers", po::value<int>()->value_name("N"),
                        "studies at a time, with --threads each (1 by default); by default one for "
                        "each processor")("time-limit",
                                          po::value<double>()->default_value(1800)->value_name("S"),
                                          "seconds after which a study is given up")(
      "memory-limit", po::value<double>()->default_value(6144)->value_name("MIB"),
      "MiB above which a study is given up; 0: no limit")(
      "attempts", po::value<int>()->default_value(3)->value_name("N"),
      "for what may pass: full disks, a network, a worker killed from outside")(
      "backoff", po::value<double>()->default_value(5)->value_name("S"),
      "seconds before the second attempt, twice as long before each later one");
  return workers;
}

po::options_description runOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("manifest", po::value<std::string>()->value_name("FILE"),
                        "do the jobs of 'archive plan --manifest', without a catalogue")(
      "job", po::value<std::string>()->value_name("KEY"), "with --manifest: this one alone")(
      "output,o", po::value<std::string>()->value_name("OUT"),
      "folder of results, logs and outcomes; made, or gone on with")(
      "pacs-config", po::value<std::vector<std::string>>()->composing()->value_name("FILE"),
      "how the PACS is reached that studies are fetched from; once for each PACS")(
      "stale", flagValue(), "also what an older version or other options did");
  return options.add(workerOptions()).add(workOptions());
}

/// By the names under which a catalogue knows them.
std::map<std::string, std::filesystem::path> pacsConfigs(const Arguments& arguments) {
  std::map<std::string, std::filesystem::path> configs;
  for (const std::string& file : arguments.find<std::vector<std::string>>("pacs-config")
                                     .value_or(std::vector<std::string>{})) {
    configs[pacs::nodeName(pacs::readPacsConfig(file))] = std::filesystem::absolute(file);
  }
  return configs;
}

archive::RunOptions runOptionsOf(const Arguments& arguments) {
  archive::RunOptions options;
  options.program = std::filesystem::read_symlink("/proc/self/exe");
  const int processors = static_cast<int>(std::thread::hardware_concurrency());
  options.threads_per_worker = std::max(1, arguments.threads());
  options.workers =
      arguments.find<int>("workers").value_or(std::max(1, processors / options.threads_per_worker));
  options.time_limit_s = arguments.get<double>("time-limit");
  options.memory_limit_mib = arguments.get<double>("memory-limit");
  options.attempts = arguments.get<int>("attempts");
  options.backoff_s = arguments.get<double>("backoff");
  options.pacs_configs = pacsConfigs(arguments);
  archive::validate(options);
  return options;
}

std::string summaryText(const archive::RunSummary& summary, std::string_view what, bool json) {
  if (json) {
    return nlohmann::ordered_json{{"schema", "neurovasc.archive-run/1"},
                                  {"jobs", summary.jobs},
                                  {"done", summary.done},
                                  {"failed", summary.failed},
                                  {"already", summary.already},
                                  {"already_failed", summary.already_failed},
                                  {"stopped", summary.stopped}}
        .dump(2);
  }
  const std::size_t left = summary.jobs - summary.done - summary.failed - summary.already;
  return fmt::format("{} {}: {} done, {} failed, {} had ended before ({} as failed), {} left",
                     summary.jobs, what, summary.done, summary.failed, summary.already,
                     summary.already_failed, left);
}

/// Exit code of a run; says the totals.
int conclude(const archive::RunSummary& summary, bool is_complete, std::string_view what,
             const Arguments& arguments, const Terminal& terminal) {
  terminal.result(summaryText(summary, what, arguments.json()));
  if (summary.stopped) {
    throw Error(ErrorCode::cancelled, "stopped; what is done is kept",
                "Start the same command again to go on.");
  }
  return is_complete ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

int runFromManifest(const Arguments& arguments, const Terminal& terminal, const StopToken& stop,
                    bool retry) {
  if (arguments.flag("stale")) {
    throw Error(ErrorCode::usage, "--stale goes with --catalog: a manifest says what is to be done",
                "Give it to 'archive plan --manifest'.");
  }
  std::vector<archive::ManifestRow> rows =
      archive::readManifest(arguments.get<std::string>("manifest"));
  if (const auto job = arguments.find<std::string>("job")) {
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [&job](const auto& row) { return row.job != *job; }),
               rows.end());
    if (rows.empty()) {
      throw Error(ErrorCode::usage, fmt::format("--job: the manifest has no job '{}'", *job));
    }
  }
  archive::RunOptions options = runOptionsOf(arguments);
  options.retry_failed = retry;
  const archive::RunSummary summary =
      archive::runJobs(rows, arguments.required("output"), options, {}, terminal.progress(stop));
  return conclude(summary, summary.failed + summary.already_failed == 0, "jobs", arguments,
                  terminal);
}

int runFromCatalogue(const Arguments& arguments, const Terminal& terminal, const StopToken& stop,
                     bool retry) {
  archive::RunOptions options = runOptionsOf(arguments);
  options.retry_failed = retry;
  const archive::WorkOptions work = workOptionsOf(arguments);
  const std::filesystem::path output = arguments.required("output");
  archive::Catalogue catalogue(arguments.required("catalog"), archive::Catalogue::Access::write);
  if (std::filesystem::exists(output)) {
    // What a killed run had finished and could not write down.
    archive::collectResults(catalogue, output, terminal.progress(stop));
  }
  const auto jobs = archive::jobsOf(archive::makePlan(catalogue, work), catalogue, work,
                                    {arguments.flag("stale"), retry}, output / "lists");
  const auto collect = [&](const archive::JobRow& job) {
    archive::collectResult(catalogue, output, job.key);
  };
  const archive::RunSummary summary =
      archive::runJobs(jobs, output, options, collect, terminal.progress(stop));
  const archive::Plan plan = archive::makePlan(catalogue, work);
  terminal.note(totalsText(plan));
  const bool is_complete =
      plan.totals().at(archive::PlanState::failed) == 0 && plan.unreadable.empty();
  return conclude(summary, is_complete, "studies", arguments, terminal);
}

po::options_description comparisonOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("output,o", po::value<std::string>()->value_name("OUT"),
                        "folder that 'archive run' filled; comparisons/ is made in it")(
      "retry", flagValue(), "also what failed before")(
      "manifest", po::value<std::string>()->value_name("FILE"),
      "write the comparisons for workers that open no catalogue, and do none");
  return options.add(workerOptions()).add(workOptions());
}

int runComparisons(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const archive::WorkOptions work = workOptionsOf(arguments);
  const std::filesystem::path output = arguments.required("output");
  archive::Catalogue catalogue(arguments.required("catalog"), archive::Catalogue::Access::write);
  archive::collectResults(catalogue, output, terminal.progress(stop));
  const auto rows = archive::comparisonsOf(archive::makePlan(catalogue, work), catalogue, work);
  if (const auto file = arguments.find<std::string>("manifest")) {
    archive::writeManifest(*file, rows);
    terminal.note(fmt::format("{} comparisons written to {}", rows.size(), *file));
    return 0;
  }
  archive::RunOptions options = runOptionsOf(arguments);
  options.retry_failed = arguments.flag("retry");
  const auto collect = [&](const archive::JobRow& job) {
    archive::collectResult(catalogue, output, job.key);
  };
  const archive::RunSummary summary =
      archive::runJobs(rows, output, options, collect, terminal.progress(stop));
  return conclude(summary, summary.failed + summary.already_failed == 0, "comparisons", arguments,
                  terminal);
}

int runOrRetry(const Arguments& arguments, const Terminal& terminal, const StopToken& stop,
               bool retry) {
  if (arguments.has("manifest") == arguments.has("catalog")) {
    throw Error(ErrorCode::usage, "give either --catalog or --manifest");
  }
  return arguments.has("manifest") ? runFromManifest(arguments, terminal, stop, retry)
                                   : runFromCatalogue(arguments, terminal, stop, retry);
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  return runOrRetry(arguments, terminal, stop, false);
}

int retry(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  return runOrRetry(arguments, terminal, stop, true);
}

po::options_description collectOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("output,o", po::value<std::string>()->value_name("OUT"),
                        "folder that 'archive run' filled");
  return options;
}

int runCollect(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  archive::Catalogue catalogue(arguments.required("catalog"), archive::Catalogue::Access::write);
  const archive::CollectSummary summary =
      archive::collectResults(catalogue, arguments.required("output"), terminal.progress(stop));
  terminal.result(fmt::format("{} outcomes, {} of them new, {} unreadable", summary.met,
                              summary.updated, summary.unreadable));
  return summary.unreadable == 0 ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

}  // namespace

Command archiveRunCommand() {
  return {{"archive run",
           "archive run --catalog FILE --output OUT [options]\n"
           "neurovasc archive run --manifest FILE [--job KEY] --output OUT [options]",
           "Analyse what waits, each study in a process of its own. What is done is not done "
           "again; killed or stopped, it goes on from there.",
           runOptions(),
           {}},
          run};
}

Command archiveRetryCommand() {
  return {{"archive retry",
           "archive retry --catalog FILE --output OUT [options]\n"
           "neurovasc archive retry --manifest FILE [--job KEY] --output OUT [options]",
           "As run, with what failed before.",
           runOptions(),
           {}},
          retry};
}

Command archiveCompareCommand() {
  return {{"archive compare",
           "archive compare --catalog FILE --output OUT [options]",
           "Compare each patient's results with those of the study before, and the pairs made by "
           "hand. What is done is not done again.",
           comparisonOptions(),
           {}},
          runComparisons};
}

Command archiveCollectCommand() {
  return {{"archive collect",
           "archive collect --catalog FILE --output OUT",
           "Fold the results of workers into the catalogue; any number of times.",
           collectOptions(),
           {}},
          runCollect};
}

}  // namespace neurovasc::app
