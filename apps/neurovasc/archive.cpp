#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command.h"
#include "neurovasc/archive/catalogue.h"
#include "neurovasc/archive/index.h"

namespace neurovasc::app {
namespace {

po::options_description catalogueOptions() {
  po::options_description options("Catalogue");
  options.add_options()("catalog", po::value<std::string>()->value_name("FILE"),
                        "the catalogue: an SQLite file on a local disk");
  return options;
}

result::SiteKey siteKey(const Arguments& arguments) {
  return result::SiteKey::readOrMake(
      arguments.find<std::string>("site-key").value_or(arguments.required("catalog") + ".key"));
}

po::options_description indexOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("root", po::value<std::vector<std::string>>()->value_name("ROOT"),
                        "folders with DICOM files at any depth, zip and tar files among them; may "
                        "stand without --root")(
      "site-key", po::value<std::string>()->value_name("FILE"),
      "the key that hides who patients are; by default, and made if absent, beside the catalogue "
      "as FILE.key");
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
  terminal.result(arguments.json() ? indexJson(summary) : indexText(summary));
  return summary.totals.unreadable == 0 ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

}  // namespace

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

}  // namespace neurovasc::app
