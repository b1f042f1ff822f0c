#include "neurovasc/pipeline/export.h"

#include <fmt/format.h>

#include "command.h"

namespace neurovasc::app {
namespace {

std::string kindsText() {
  std::string text = "what to write, separated by commas:";
  for (const auto& kind : pipeline::exportKinds()) {
    text += fmt::format("\n{} ({}{})", kind.name, kind.what,
                        kind.of_dates ? "; of a comparison as well" : "");
  }
  return text;
}

po::options_description exportOptions() {
  static const std::string kinds = kindsText();
  po::options_description options("Export");
  options.add_options()("result", po::value<std::string>()->value_name("RESULT"),
                        "result folder of analyze or compare; may stand without --result")(
      "date", po::value<std::vector<std::string>>()->value_name("PATH"),
      "after a comparison: the results or studies that were compared, in order of time; may stand "
      "without --date")("to", po::value<std::string>()->value_name("LIST"), kinds.c_str())(
      "output,o", po::value<std::string>()->value_name("DIR"), "folder to make")(
      "overwrite", flagValue(), "replace a folder that an export made")(
      "study", po::value<std::string>()->value_name("PATH"),
      "the DICOM study the result was made from, where the result keeps no headers of it")(
      "reader", po::value<std::string>()->value_name("NAME"),
      "with sr: the review of this reader alone, as named in review.json; else one report of each")(
      "deidentify", flagValue(),
      "DICOM objects name nobody (PS3.15 basic profile): other UIDs, dates moved, no reader's "
      "words")(
      "site-key", po::value<std::string>()->value_name("FILE"),
      "for --deidentify: the site's secret, made where absent; the same one gives the same names")(
      "organization", po::value<std::string>()->value_name("TEXT"),
      "with sr: the readers' institution; states that each answers for the report, which is then "
      "VERIFIED by the reader");
  return options;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  pipeline::ExportOptions options;
  options.kinds = splitList(arguments.required("to"), "to");
  options.study = arguments.find<std::string>("study").value_or("");
  options.reader = arguments.find<std::string>("reader").value_or("");
  options.deidentify = arguments.flag("deidentify");
  options.site_key = arguments.find<std::string>("site-key").value_or("");
  options.organization = arguments.find<std::string>("organization").value_or("");
  options.dates =
      arguments.find<std::vector<std::string>>("date").value_or(std::vector<std::string>{});
  options.overwrite = arguments.flag("overwrite");
  options.threads = arguments.threads();
  options.given_options = arguments.given();
  const std::string output = arguments.required("output");
  pipeline::exportResult(arguments.required("result"), output, options, terminal.progress(stop));
  terminal.note(fmt::format("written to {}", output));
  return 0;
}

}  // namespace

Command exportCommand() {
  return {
      {"export",
       "export RESULT --to LIST --output DIR [options], or export COMPARISON PRE POST [MORE...] "
       "--to LIST --output DIR [options]",
       "Write a result as DICOM objects and in other forms, for other programs.",
       exportOptions(),
       {"result", "date"},
       "date"},
      run};
}

}  // namespace neurovasc::app
