#include "neurovasc/pipeline/compare.h"

#include <fmt/format.h>

#include "command.h"
#include "neurovasc/result/comparison_json.h"
#include "study_options.h"

namespace neurovasc::app {
namespace {

po::options_description compareOptions() {
  po::options_description options("Comparison");
  options.add_options()("date", po::value<std::vector<std::string>>()->value_name("PATH"),
                        "studies or results of analyze in order of time; may stand without --date")(
      "post-only", flagValue(), "one date after surgery, nothing to compare it with")(
      "output,o", po::value<std::string>()->value_name("OUT"), "result folder to make")(
      "overwrite", flagValue(), "replace an existing result folder")(
      "clinical", po::value<std::string>()->value_name("FILE"),
      "surgery, symptoms, EMG, treatments: JSON or YAML")(
      "surgery-date", po::value<std::string>()->value_name("D"), "day of surgery, as 2025-02-03")(
      "assumed-cure", po::value<double>()->default_value(0.9)->value_name("P"),
      "share of all operated patients that is free of spasm in the end, published 0.85 to 0.95")(
      "early-weeks", po::value<int>()->default_value(6)->value_name("N"),
      "so long after surgery blood, air and glue are possible and nothing near a pad is called "
      "clear")("same-patient", flagValue(),
               "the studies are of one patient, whatever their identifiers say")(
      "label", po::value<std::string>()->value_name("TEXT"),
      "printed on every report and picture; no patient data")(
      "without", po::value<std::string>()->value_name("LIST"),
      "leave out: pictures, page (report.html), pdf")(
      "export", po::value<std::string>()->value_name("LIST"),
      "write the comparison in other forms as well, into OUT/export: sr, sc, pdf")(
      "deidentify", flagValue(), "what --export writes names nobody")(
      "site-key", po::value<std::string>()->value_name("FILE"), "for --deidentify, as for export");
  return options;
}

void checkDates(const std::vector<std::string>& dates, bool post_only) {
  if (post_only && dates.size() != 1) {
    throw Error(ErrorCode::usage, "--post-only takes one study",
                "Leave it out to compare two or more.");
  }
  if (!post_only && dates.size() < 2) {
    throw Error(ErrorCode::usage, "two studies or more are compared",
                "Name the earlier one first; one after surgery alone takes --post-only.");
  }
}

pipeline::CompareRequest requestOf(const Arguments& arguments) {
  pipeline::CompareRequest request;
  request.dates =
      arguments.find<std::vector<std::string>>("date").value_or(std::vector<std::string>{});
  checkDates(request.dates, arguments.flag("post-only"));
  request.clinical_file = arguments.find<std::string>("clinical").value_or("");
  request.surgery_date = arguments.find<std::string>("surgery-date").value_or("");
  request.assumed_cure = arguments.get<double>("assumed-cure");
  request.early_weeks = arguments.get<int>("early-weeks");
  request.same_patient = arguments.flag("same-patient");
  request.label = arguments.find<std::string>("label").value_or("");
  if (arguments.has("without")) {
    leaveOut(arguments.get<std::string>("without"), request);
  }
  if (arguments.has("export")) {
    request.exports = splitList(arguments.get<std::string>("export"), "export");
  }
  request.deidentify = arguments.flag("deidentify");
  request.site_key = arguments.find<std::string>("site-key").value_or("");
  request.overwrite = arguments.flag("overwrite");
  request.threads = arguments.threads();
  request.given_options = arguments.given();
  return request;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const std::string output = arguments.required("output");
  const pipeline::CompareOutcome outcome =
      pipeline::compare(requestOf(arguments), output, terminal.progress(stop));
  terminal.result(arguments.json() ? result::toJson(outcome.comparison) : outcome.report);
  terminal.note(fmt::format("written to {}", output));
  return 0;
}

}  // namespace

Command compareCommand() {
  return {{"compare",
           "compare PRE POST [MORE...] --output OUT [options], or compare --post-only POST "
           "--output OUT",
           "Say what became of each contact between dates, before and after surgery.",
           compareOptions(),
           {"date"},
           "date"},
          run};
}

}  // namespace neurovasc::app
