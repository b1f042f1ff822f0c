#include "neurovasc/pipeline/analyze.h"

#include <fmt/format.h>

#include <algorithm>

#include "command.h"
#include "neurovasc/result/assessment_json.h"
#include "pacs_round.h"
#include "study_options.h"

namespace neurovasc::app {
namespace {

po::options_description analyzeOptions() {
  po::options_description options = studyOptions();
  po::options_description own("Analysis");
  own.add_options()("output,o", po::value<std::string>()->value_name("OUT"),
                    "result folder to make")("overwrite", flagValue(),
                                             "replace an existing result folder")(
      "sides", po::value<std::string>()->default_value("left,right")->value_name("LIST"),
      "sides to analyse")("landmarks", po::value<std::string>()->value_name("FILE"),
                          "root exit, detachment and porus by hand: Slicer markups or plain JSON")(
      "clinical", po::value<std::string>()->value_name("FILE"),
      "symptoms, EMG, treatments: JSON or YAML")(
      "label", po::value<std::string>()->value_name("TEXT"),
      "printed on every page and picture; no patient data")(
      "require", po::value<std::string>()->value_name("LIST"),
      "refuse to analyse without these: tof, ce_t1")(
      "without", po::value<std::string>()->value_name("LIST"),
      "leave out: pictures, page (report.html), pdf, source")(
      "export", po::value<std::string>()->value_name("LIST"),
      "write the result in other forms as well, into OUT/export: see 'neurovasc export --help'")(
      "deidentify", flagValue(), "what --export writes names nobody")(
      "site-key", po::value<std::string>()->value_name("FILE"), "for --deidentify, as for export");
  options.add(own);
  options.add(pacsRoundOptions());
  return options;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

void applyWithout(const std::string& text, pipeline::AnalyzeOptions& options) {
  const std::vector<std::string> words = splitList(text, "without");
  for (const auto& word : words) {
    if (word != "pictures" && word != "page" && word != "pdf" && word != "source") {
      throw Error(ErrorCode::usage,
                  fmt::format("--without: '{}' is none of pictures, page, pdf, source", word));
    }
  }
  options.pictures = !contains(words, "pictures");
  options.page = !contains(words, "page");
  options.pdf = !contains(words, "pdf");
  options.source_headers = !contains(words, "source");
}

pipeline::AnalyzeOptions optionsOf(const Arguments& arguments) {
  pipeline::AnalyzeOptions options;
  options.sides = parseSides(arguments.get<std::string>("sides"));
  options.landmarks_file = arguments.find<std::string>("landmarks").value_or("");
  options.clinical_file = arguments.find<std::string>("clinical").value_or("");
  options.label = arguments.find<std::string>("label").value_or("");
  if (arguments.has("require")) {
    options.required = parseRoles(arguments.get<std::string>("require"), "require");
  }
  if (arguments.has("without")) {
    applyWithout(arguments.get<std::string>("without"), options);
  }
  if (arguments.has("export")) {
    options.exports = splitList(arguments.get<std::string>("export"), "export");
  }
  options.deidentify = arguments.flag("deidentify");
  options.site_key = arguments.find<std::string>("site-key").value_or("");
  options.overwrite = arguments.flag("overwrite");
  options.threads = arguments.threads();
  options.given_options = arguments.given();
  return options;
}

pipeline::AnalyzeOutcome analyzed(const Arguments& arguments, const PacsRound& round,
                                  const std::string& output, const Progress& progress) {
  const pipeline::AnalyzeOptions options = optionsOf(arguments);
  pipeline::StudyInput input = studyInput(arguments);
  const std::string fetched = round.fetch(progress);
  input.study = fetched.empty() ? input.study : fetched;
  try {
    return pipeline::analyze(input, output, options, progress);
  } catch (const Error& error) {
    round.notify(error, progress);
    throw;
  }
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const std::string output = arguments.required("output");
  const Progress progress = terminal.progress(stop);
  const PacsRound round(arguments, output);
  const pipeline::AnalyzeOutcome outcome = analyzed(arguments, round, output, progress);
  terminal.result(arguments.json() ? result::toJson(outcome.assessment) : outcome.report);
  terminal.note(fmt::format("written to {}", output));
  const std::string sent = round.finish(outcome, progress);
  if (!sent.empty()) {
    terminal.note(sent);
  }
  return outcome.failure ? describe(*outcome.failure).exit_code : 0;
}

}  // namespace

Command analyzeCommand() {
  return {{"analyze",
           "analyze STUDY --output OUT [options]",
           "Find the facial nerves of a study and every vessel that touches or nears them.",
           analyzeOptions(),
           {"path"}},
          run};
}

}  // namespace neurovasc::app
