#include <fmt/format.h>

#include "archive_options.h"
#include "neurovasc/archive/qc.h"
#include "neurovasc/archive/report.h"
#include "text_file.h"

namespace neurovasc::app {
namespace {

po::options_description reportOptions() {
  const archive::ReportOptions defaults;
  po::options_description options = catalogueOptions();
  options.add_options()("results", po::value<std::string>()->value_name("OUT"),
                        "folder that 'archive run' filled")(
      "output,o", po::value<std::string>()->value_name("DIR"), "folder to make")(
      "most", po::value<std::size_t>()->default_value(defaults.most_studies)->value_name("N"),
      "show so many studies, the most doubtful ones")(
      "most-mb",
      po::value<std::size_t>()
          ->default_value(defaults.page.most_bytes / 1'000'000)
          ->value_name("MB"),
      "size of the page in MB, above which pictures are left out")("overwrite", flagValue(),
                                                                   "replace an existing report");
  return options.add(workOptions());
}

int runReport(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const archive::Catalogue catalogue(arguments.required("catalog"),
                                     archive::Catalogue::Access::read);
  archive::ReportOptions options;
  options.most_studies = arguments.get<std::size_t>("most");
  options.page.most_bytes = arguments.get<std::size_t>("most-mb") * 1'000'000;
  const std::string output = arguments.required("output");
  const archive::ReportSummary summary =
      archive::writeReport(catalogue, archive::makePlan(catalogue, workOptionsOf(arguments)),
                           arguments.required("results"), output, options,
                           arguments.flag("overwrite"), terminal.progress(stop));
  terminal.note(fmt::format("{} of {} studies with results are in {}/index.html", summary.shown,
                            summary.studies, output));
  return summary.not_there == 0 ? 0 : describe(ErrorCode::archive_incomplete).exit_code;
}

po::options_description qcOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("action", po::value<std::string>()->value_name("ACTION"), "import")(
      "table", po::value<std::string>()->value_name("TSV"),
      "qc.tsv, as the page of 'archive "
      "report' saves it")("reader", po::value<std::string>()->value_name("NAME"),
                          "who judged: a name or a sign, which stands in tables and on pages");
  return options;
}

int runQc(const Arguments& arguments, const Terminal& terminal, const StopToken&) {
  if (arguments.required("action") != "import") {
    throw Error(ErrorCode::usage, "archive qc can only import",
                "Say 'neurovasc archive qc import qc.tsv --catalog FILE --reader NAME'.");
  }
  const auto rows = archive::qcFromTsv(textOf(arguments.required("table")));
  archive::Catalogue catalogue(arguments.required("catalog"), archive::Catalogue::Access::write);
  const archive::QcSummary summary =
      archive::importQc(catalogue, rows, arguments.required("reader"));
  terminal.result(
      fmt::format("{} verdicts, {} of them new or changed, {} on results that were made anew since",
                  summary.rows, summary.changed, summary.outdated));
  return 0;
}

}  // namespace

Command archiveReportCommand() {
  return {{"archive report",
           "archive report --catalog FILE --results OUT --output DIR [options]",
           "Make a page of all results, the most doubtful first, on which to accept and reject "
           "them, and a diagram of what became of all studies.",
           reportOptions(),
           {}},
          runReport};
}

Command archiveQcCommand() {
  return {{"archive qc",
           "archive qc import qc.tsv --catalog FILE --reader NAME",
           "Take a reader's verdicts on results, which the next run and export obey.",
           qcOptions(),
           {"action", "table"}},
          runQc};
}

}  // namespace neurovasc::app
